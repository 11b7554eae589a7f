"""Reference: who "she" and "it" are, from what the same message said before."""

import re
from dataclasses import dataclass, field

from consolidation.english.anchors import is_dated
from consolidation.english.hypernyms import is_a
from consolidation.english.naming import definite, names_living
from consolidation.english.parsing import Sentence, Word
from consolidation.english.person import first_person
from consolidation.english.wordlist import words

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


_NEAR = 3
"""Sentences within which a thing can still be meant."""


@dataclass(slots=True)
class Mentions:
    """The things and groups that a message has mentioned so far, newest last."""

    _found: list[tuple[str, str, int]] = field(default_factory=list)
    """Phrase, kind (m, f, n, p, a, ?), number of the sentence."""
    _sentence: int = 0

    def resolved(self, sentence: Sentence) -> str | None:
        """The sentence with "it", "its", "they" as subject replaced; None when that is unclear.

        Who "he" and "she" are, `consolidation.english.antecedents` knows.
        """
        subject = sentence.root.child("nsubj", "nsubjpass")
        if subject is None:
            return sentence.text
        pronoun = subject if subject.tag == "PRP" else subject.child("poss")
        if pronoun is None or PRONOUNS.get(pronoun.lower) not in ("n", "p"):
            bare = subject.lower in ("this", "that", "these", "those") and not subject.children
            return None if bare or _object_is_open(sentence) else sentence.text
        if pronoun.lower == "it" and _is_impersonal(sentence):
            return sentence.text
        meant = self._meant(PRONOUNS[pronoun.lower])
        if meant is None or (pronoun.lower == "it" and _may_be_of_time(sentence, meant)):
            return None
        if pronoun.tag == "PRP$":
            meant += "'" if meant.endswith("s") else "'s"
        if pronoun is sentence.words[0]:
            meant = meant[:1].upper() + meant[1:]
        texts = [(meant if w is pronoun else w.text) + " " * w.space for w in sentence.words]
        return "".join(texts)

    def note(self, sentence: Sentence) -> None:
        """Take in what the sentence mentions."""
        self._sentence += 1
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
                    self._found.append((text.rstrip("."), gender_of(word), self._sentence))

    def _meant(self, wanted: str) -> str | None:
        """The one that can be meant; None where it might as well be another."""
        near = [one for one in self._found if one[2] > self._sentence - _NEAR]
        alike = [text for text, kind, _ in near if agrees(kind, wanted)]
        heads = {text.split()[-1].lower() for text in alike}
        return alike[-1] if len(heads) == 1 else None


def _object_is_open(sentence: Sentence) -> bool:
    """Whether "it" or "them" is acted on, and nothing in the sentence is meant by it."""
    single = several = False
    for word in sentence.words:
        if word.lower in ("it", "them") and word.dep in ("dobj", "pobj", "dative"):
            if not (several if word.lower == "them" else single):
                return True
        elif word.is_noun and word.dep in ("nsubj", "nsubjpass", "dobj", "conj", "attr"):
            plural = word.tag in ("NNS", "NNPS") or word.dep == "conj"
            several, single = several or plural, single or gender_of(word) in ("n", "a")
    return False


def _may_be_of_time(sentence: Sentence, meant: str) -> bool:
    """ "It is on Friday": of an event only; of anything else it may be said of nothing."""
    if not is_dated(sentence.text) or sentence.root.lemma not in ("be", "go"):
        return False
    return not is_a(meant.split()[-1], "event", "relative_event", "film")


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
    owned = [w for w in attribute.subtree() if w.i <= attribute.i] if attribute is not None else []
    return (
        sentence.root.lemma == "be"
        and attribute is not None
        and bool(re.search(r"(?i)(?:\b(?:my|our)\b|'s\b)", first_person(owned)))
    )


_EXPLETIVE = re.compile(
    r"^It (is|was|will be) ((?:my|our|\S+'s) .+?) ((?:on|at|in|next|tomorrow|today|this)\b.*)$",
    re.IGNORECASE,
)


def without_expletive(text: str) -> str:
    """ "It is my mum's birthday on Friday" -> "My mum's birthday is on Friday"."""
    found = _EXPLETIVE.match(text)
    if found is None or re.search(r"\b(?:who|that|which)\b", found[2]):
        return text
    noun = found[2][:1].upper() + found[2][1:]
    return f"{noun} {found[1].lower()} {found[3]}"
