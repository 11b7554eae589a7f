"""Propositions: a sentence taken apart into simple sentences, still in the owner's words."""

import re

from consolidation.english.elision import made_whole
from consolidation.english.hypernyms import is_place_noun
from consolidation.english.inflection import base_form
from consolidation.english.mood import bare, subject_of
from consolidation.english.naming import definite
from consolidation.english.parsing import Sentence, Word, parse, parse_simple, repaired
from consolidation.english.person import first_person, full_form
from consolidation.english.sureness import is_joined_wrongly, is_sure

_JOINTS = re.compile(
    r"(?:\s*[,;]|\s+[–—-])?\s+(?:and|but|so|plus|whereas)\s+(?=(?:I|I'm|I've|we|my|our|she|he|it|"
    r"they|her|his|their|the|there)\b)"
    r"|\s*[,;]\s+(?=(?:I|I'm|I've|we|my|our|she|he|it|they)\b)|\s*;\s+|\s+[–—-]\s+(?=(?:I|we|my|"
    r"our|she|he|it|they)\b)"
)
_AND = re.compile(r"(?:\s*[,;]|\s+[–—-])?\s+(?:and|but|so|though|although|only)\s+")
_PURPOSE = re.compile(r"(?i)(?:I|we|he|she|it|they) (?:don't|doesn't|can|can't|won't|could|will)\b")
""" "so I don't forget": what somebody wants, and not what is."""
_BORN = re.compile(r"^(.+ (?:was|were)) born and (raised|bred|brought up) (.+)$")
_LINKS = ("IN", "WRB", "WP", "WDT")


def propositions(sentence: Sentence) -> list[str]:
    """Simple first-person sentences, in the order of the text, each stating one fact."""
    found: list[str] = []
    if re.match(r"(?i)so (?:that )?", sentence.text) and _PURPOSE.match(
        re.sub(r"(?i)^so (?:that )?", "", sentence.text)
    ):
        return []
    both = _BORN.match(sentence.text)
    if both is not None:
        return [f"{both[1]} born {both[3]}", f"{both[1]} {both[2]} {both[3]}"]
    for text in joint_clauses(sentence.text):
        for part in parse(text):
            found += _propositions(repaired(part))
    return list(dict.fromkeys(found))


def joint_clauses(text: str) -> list[str]:
    """The text split where "and my …", ", she …" opens a clause and both sides stand alone."""
    for joint in _JOINTS.finditer(text):
        left, right = text[: joint.start()].rstrip(" ,;"), text[joint.end() :]
        right = right[:1].upper() + right[1:]
        if re.search(r"\bso\b", joint[0]) and _PURPOSE.match(right):
            continue
        if _stands(left + ".") and _stands(right) and not _is_apposition(right):
            return [*joint_clauses(left + "."), *joint_clauses(right)]
    return [text]


def _is_apposition(text: str) -> bool:
    """ "Our beagle, stays with mum": a comma parts no subject from its verb; a name came before."""
    sentence = parse_simple(text)
    subject = subject_of(sentence.root) if sentence is not None else None
    if sentence is None or subject is None:
        return False
    verbs = [w.i for w in (sentence.root, *sentence.root.children) if w.i > subject.i and w.is_verb]
    between = [w.tag for w in sentence.words if subject.i < w.i < min(verbs, default=0)]
    return between == [","]


def first_half(sentence: Sentence) -> str:
    """What stands in front of an "and" or "but" whose other half is no plain clause; or ""."""
    text = sentence.text
    for joint in _AND.finditer(text):
        left = text[: joint.start()] + "."
        half = parse_simple(left) if _stands(left) else None
        if half is not None and subject_of(half.root) is not None and is_sure(half):
            return _simple(half.root, bare(list(half.words)))
    return ""


def _stands(text: str) -> bool:
    """Whether the text is a finite clause with a subject and opens as a main clause does."""
    sentence = parse_simple(text)
    if sentence is None or len(parse(text)) != 1:
        return False
    root, first = sentence.root, sentence.words[0]
    subject = subject_of(root)
    if subject is None:
        return made_whole(sentence) not in (None, "") and root.is_verb
    opens = first.tag in _LINKS and first.dep in ("mark", "advmod", "nsubj", "dobj")
    open_clause = opens and not any(w.tag == "," for w in sentence.words)
    finite = root.tag in ("VBD", "VBZ", "VBP") or root.child("aux", "auxpass") is not None
    finite = finite or full_form(root) == base_form(root.text)
    return (
        root.is_verb
        and finite
        and not is_joined_wrongly(subject, root.child("aux", "auxpass") or root)
        and not open_clause
        and first.lower not in ("because", "if", "although")
    )


def _propositions(sentence: Sentence) -> list[str]:
    whole = made_whole(sentence)
    if whole is not None:
        return [whole] if whole else []
    heads = _clause_heads(sentence.root)
    found: list[str] = []
    for head in heads:
        below = {
            word
            for other in heads
            if other is not head and other in head.subtree()
            for word in other.subtree()
        }
        facts, words = _asides([word for word in head.subtree() if word not in below])
        text = _simple(head, bare(words))
        found += [text] if text else []
        found += facts
    return found


def _clause_heads(root: Word) -> list[Word]:
    heads = [root]
    for head in heads:
        heads += [child for child in head.children if _stands_alone(child, head)]
    return sorted(heads, key=lambda head: head.i)


def _stands_alone(clause: Word, above: Word) -> bool:
    """Whether a lower clause states a fact of its own."""
    if not clause.is_verb or clause.child("mark") is not None:
        return False
    subject = subject_of(clause)
    if clause.dep == "conj":
        helper = clause.child("aux")
        finite = helper is not None and helper.tag in ("MD", "VBD")
        alike = clause.tag in ("VBD", "VBZ", "VBP") or clause.tag == above.tag or finite
        sharer = subject_of(_top(above))
        shared = sharer is not None and above.lower != "born" and not _is_parted(sharer, clause)
        return shared and (subject is not None or alike)
    if clause.dep in ("ccomp", "parataxis") and subject is not None and clause.tag != "VBG":
        marks = [child for child in above.children if child.dep == "punct"]
        return subject_of(above) is not None and any(clause.i < mark.i < above.i for mark in marks)
    return False


def _is_parted(subject: Word, verb: Word) -> bool:
    """ "A family matter: Ada has lost it and gets a new one": what stands before a colon names."""
    top = verb
    while top.parent is not None:
        top = top.parent
    return any(word.text == ":" and subject.i < word.i < verb.i for word in top.subtree())


def _top(word: Word) -> Word:
    while word.dep == "conj" and word.parent is not None and subject_of(word) is None:
        word = word.parent
    return word


def _simple(head: Word, words: list[Word]) -> str:
    """The clause as a sentence, with the subject and helpers that it shares with the one above."""
    if not words:
        return ""
    text = first_person(words)
    if subject_of(head) is None and head.dep == "conj":
        top = _top(head)
        subject = subject_of(top)
        if subject is None:
            return ""
        shared = list(subject.subtree())
        if head.tag in ("VB", "VBN", "VBG") and head.child("aux") is None:
            shared += [
                word
                for word in top.children
                if word.dep in ("aux", "auxpass", "neg") and word.i < top.i
            ]
        _, shared = _asides(sorted(set(shared), key=lambda word: word.i))
        text = f"{first_person(bare(shared))} {text}"
    return text[:1].upper() + text[1:] + "." * (not text.endswith("."))


def _asides(words: list[Word]) -> tuple[list[str], list[Word]]:
    """Facts in commas ("my sister, who lives in Porto, …") and the words left without them."""
    facts: list[str] = []
    for word in list(words):
        noun = word.parent
        if word.dep != "relcl" or noun is None or word not in words or not word.is_verb:
            continue
        relative = word.subtree()
        pronoun = relative[0]
        before = next((w for w in reversed(words) if w.i < pronoun.i), None)
        if pronoun.lower not in ("who", "which") or before is None or before.tag != ",":
            continue
        words = [w for w in words if w not in relative and w is not before]
        after = next((w for w in words if w.i > relative[-1].i), None)
        if after is not None and after.tag == ",":
            words.remove(after)
        if pronoun.dep in ("nsubj", "nsubjpass"):
            noun = _meant_by(pronoun, noun, before)
            phrase = _noun_phrase(noun, pronoun) if noun is not None else ""
            facts += [f"{phrase} {first_person(bare(relative[1:]))}."] if phrase else []
    return facts, words


def _meant_by(pronoun: Word, noun: Word, comma: Word) -> Word | None:
    """What "who" or "which" stands for: with "who" a person, above a place named behind it.

    "Lata in Pune, who …" is Lata; "…, which spoils the evening" may mean the whole sentence.
    """
    if pronoun.lower == "which":
        return noun if noun.subtree()[0].i <= comma.i - 1 == noun.i else None
    while is_place_noun(noun.text) or noun.entity in ("GPE", "LOC", "DATE") or noun.dep == "pobj":
        above = noun.parent.parent if noun.dep == "pobj" and noun.parent is not None else None
        if above is None or not above.is_noun:
            return noun if noun.dep == "pobj" and noun.entity not in ("GPE", "LOC") else None
        noun = above
    return noun


def _noun_phrase(noun: Word, pronoun: Word) -> str:
    below = [w for w in noun.subtree() if w.i < pronoun.i]
    return definite(first_person(bare(below)))
