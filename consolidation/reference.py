"""Reference: who "she" and "it" are, from what the same message said before."""

import re
from dataclasses import dataclass, field

from consolidation.hypernyms import is_a
from consolidation.naming import definite, names_living
from consolidation.parsing import Sentence, Word
from consolidation.person import first_person
from consolidation.wordlist import words

_MALE = frozenset(
    words(
        "father dad papa brother son husband boyfriend uncle nephew grandfather grandad "
        "granddad grandpa grandson man guy boy stepfather stepdad stepbrother godfather "
        "godson father-in-law brother-in-law son-in-law groom widower landlord actor waiter "
        "mr"
    )
)
_FEMALE = frozenset(
    words(
        "mother mum mom mam mama sister daughter wife girlfriend aunt auntie niece "
        "grandmother grandma gran granny nan nana granddaughter woman lady girl stepmother "
        "stepmum stepsister godmother goddaughter mother-in-law sister-in-law daughter-in-law "
        "bride widow landlady actress waitress mrs ms miss"
    )
)
PRONOUNS = {
    "he": "m",
    "his": "m",
    "him": "m",
    "she": "f",
    "her": "f",
    "it": "n",
    "its": "n",
    "they": "p",
    "their": "p",
    "them": "p",
}


@dataclass(slots=True)
class Mentions:
    """What a message has mentioned so far, newest last: the phrase, and m, f, n, p, a or ?."""

    _found: list[tuple[str, str]] = field(default_factory=list)

    def resolved(self, sentence: Sentence) -> str | None:
        """The sentence with its subject pronoun replaced; None when nobody is meant by it."""
        first = sentence.words[0]
        subject = next(
            (
                w
                for w in sentence.words
                if w.dep in ("nsubj", "nsubjpass") and w.parent is sentence.root
            ),
            None,
        )
        if subject is None:
            return sentence.text
        if subject.lower in ("i", "we"):
            return self._with_objects(sentence)
        pronoun = subject if subject.tag == "PRP" else subject.child("poss")
        if pronoun is None or pronoun.lower not in PRONOUNS:
            return (
                None
                if subject.lower in ("this", "that", "these", "those") and not subject.children
                else sentence.text
            )
        if pronoun.lower == "it" and _is_impersonal(sentence):
            return sentence.text
        meant = self._meant(PRONOUNS[pronoun.lower])
        if meant is None:
            return None
        if pronoun.tag == "PRP$":
            meant += "'" if meant.endswith("s") else "'s"
        if pronoun is first:
            meant = meant[:1].upper() + meant[1:]
        texts = [(meant if w is pronoun else w.text) + " " * w.space for w in sentence.words]
        return "".join(texts)

    def _with_objects(self, sentence: Sentence) -> str | None:
        """The owner's own sentence with "her", "him" replaced; None when nobody is meant."""
        texts = []
        known = False
        for word in sentence.words:
            known = known or word.is_noun
            told = word.tag == "PRP" and word.dep in ("dobj", "pobj", "dative")
            meant: str | None = word.text
            if told and not known and word.lower in ("him", "her"):
                meant = self._meant(PRONOUNS[word.lower])
                if meant is None:
                    return None
            texts.append(f"{meant}" + " " * word.space)
        return "".join(texts)

    def note(self, sentence: Sentence) -> None:
        """Take in what the sentence mentions."""
        own = sentence.root.lemma in ("have", "get", "own", "buy", "adopt", "drive", "keep")
        for word in sentence.words:
            if (
                word.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "poss")
                and word.is_noun
            ):
                phrase = [
                    w for w in word.subtree() if w.i <= word.i or (w.dep == "appos" and w.is_proper)
                ]
                phrase = [
                    w
                    for w in phrase
                    if w.dep not in ("relcl", "acl", "prep", "punct", "cc") or w.i < word.i
                ]
                text = definite(first_person(phrase))
                if own and text.startswith("The ") and phrase[0].lower in ("a", "an"):
                    text = f"My {text[4:]}"
                known = phrase[0].tag in ("PRP$", "DT") or (
                    word.is_proper and word.entity == "PERSON"
                )
                if known:
                    text = (
                        text
                        if word.is_proper and phrase[0] is word
                        else text[:1].lower() + text[1:]
                    )
                    self._found.append((text, gender_of(word)))

    def _meant(self, wanted: str) -> str | None:
        """The one who can be meant; None where it might as well be another."""
        exact = [text for text, kind in self._found if kind == wanted]
        if exact:
            return exact[-1]
        alike = [text for text, kind in self._found if agrees(kind, wanted)]
        heads = {text.split()[-1].lower() for text in alike}
        return alike[-1] if len(heads) == 1 else None


def agrees(kind: str, wanted: str) -> bool:
    """Whether what is of one kind can be meant by a pronoun of another."""
    return (
        kind == wanted
        or (kind in ("?", "a") and wanted in ("m", "f"))
        or (kind == "a" and wanted == "n")
    )


def gender_of(word: Word) -> str:
    """m, f, p (several), a (an animal), ? (a person of unknown gender) or n (a thing)."""
    if word.tag in ("NNS", "NNPS"):
        return "p"
    lower = word.lower
    title = word.children[0].lower.rstrip(".") if word.children else ""
    for noun in (lower, title, *[w.lower for w in word.children if w.dep in ("compound", "appos")]):
        if noun in _MALE:
            return "m"
        if noun in _FEMALE:
            return "f"
    if is_a(lower, "pet", "dog", "cat"):
        return "a"
    return "?" if names_living(word) or word.entity == "PERSON" else "n"


def _is_impersonal(sentence: Sentence) -> bool:
    """ "It is my mum's birthday on Friday" speaks of no "it"."""
    attribute = sentence.root.child("attr")
    return (
        sentence.root.lemma == "be"
        and attribute is not None
        and bool(re.search(r"(?i)\b(?:my|our|'s)\b", first_person(attribute.subtree())))
    )
