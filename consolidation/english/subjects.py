"""Subjects: who or what a parsed sentence is about, also where the parse is poor."""

from consolidation.english.content import plain_word
from consolidation.english.hypernyms import classes_of, is_a, is_person_noun
from consolidation.english.parsing import Sentence, Word

OWNER = "you"


def verb_and_subject(sentence: Sentence, core: list[Word]) -> tuple[Word | None, list[Word]]:
    """The main verb and the words of its subject; where the parse has none, what is before it."""
    root = sentence.root
    subject = root.child("nsubj", "nsubjpass", "csubj", "expl")
    if root.is_verb and subject is not None and subject.i < root.i:
        names = [w for w in root.children if w.dep == "advmod" and w.is_proper and w.i < root.i]
        return root, [*subject.subtree(), *names]
    at = next(
        (k for k, w in enumerate(core) if k > 0 and w.is_verb and w.dep not in ("amod", "acl")),
        None,
    )
    if at is None:
        return None, core
    verb = next((w for w in core[at:] if w.is_verb and w.dep not in ("aux", "auxpass")), core[at])
    return verb, core[:at]


def head_of(below: list[Word]) -> Word | None:
    """The noun, name or pronoun that a subject is about."""
    inside = set(below)
    tops = [w for w in below if w.parent not in inside]
    nouns = [w for w in tops if w.is_noun or w.tag == "PRP"] or [w for w in below if w.is_noun]
    if len(nouns) > 1 and not any(w.tag == "PRP" for w in nouns):
        # A parse without a subject: the first noun phrase before the verb.
        nouns = nouns[
            : next((k for k in range(1, len(nouns)) if nouns[k].i > nouns[k - 1].i + 1), None)
        ]
    # "All four of you": the quantity stands above the people.
    if not nouns and below:
        nouns = [w for w in below if w.tag == "PRP"] or tops
    return nouns[-1] if nouns else None


def is_name(word: Word) -> bool:
    """Whether the word is a name; also one that opens the sentence and is no noun we know."""
    if word.is_proper:
        return True
    alone = not any(child.i < word.i for child in word.children)
    odd = word.i == 0 and word.tag in ("NN", "JJ", "RB", "UH", "FW")
    # "Sofia" is a city too, but what opens a sentence alone names someone.
    return odd and alone and not classes_of(word.lower) - {"city", "country"}


def is_capital(word: Word) -> bool:
    """Whether a noun inside the sentence is written as a name, whatever the parser says."""
    return word.i > 0 and word.tag[:2] in ("NN", "JJ") and word.text[:1].isupper()


def named_with(head: Word | None) -> list[Word]:
    """The head with its compounds, titles and names in apposition or beside it."""
    if head is None:
        return []
    near = [head]
    for child in head.children:
        if child.dep in ("compound", "appos", "nmod", "flat", "advmod") and child.is_noun:
            near += [child, *(w for w in child.children if w.dep == "compound")]
    return near


def possessors_of(head: Word | None) -> list[str]:
    """Whose the head is: "your", "Ira's", "of the choir"."""
    found: list[str] = []
    if head is None:
        return found
    for child in head.children:
        if child.dep == "poss":
            found.append(OWNER if child.lower in ("your", "my", "our") else plain_word(child))
        if child.dep == "prep" and child.lower == "of":
            noun = child.child("pobj")
            if noun is not None and noun.is_noun:
                found.append(plain_word(noun))
    return found


def is_living(head: Word) -> bool:
    """Whether the head is a person or an animal that people keep."""
    if head.tag == "PRP":
        return True
    # "Uncle Kamau" is a person, a "physio appointment" is not.
    titled = head.is_proper or head.child("appos") is not None
    near = named_with(head) if titled else [head]
    if any(is_person_noun(w.lower) or is_a(w.lower, "pet", "dog", "cat") for w in near):
        return True
    return is_name(head) and head.child("poss", "det") is None
