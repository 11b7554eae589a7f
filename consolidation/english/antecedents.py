"""Antecedents: the people and pets of a conversation, and whom alone a pronoun can mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from consolidation.english.anchors import is_dated
from consolidation.english.hypernyms import classes_of
from consolidation.english.inflection import is_listed
from consolidation.english.parsing import Word
from consolidation.english.person import full_form
from consolidation.english.reference import PRONOUNS, agrees, gender_of

_PLACES = ("GPE", "LOC", "FAC", "DATE", "TIME", "NORP", "LANGUAGE", "MONEY", "CARDINAL", "ORDINAL")
_NAMED_AT = ("nsubj", "nsubjpass", "dobj", "dative", "appos", "conj", "poss", "attr", "oprd")
_RECENT = 5
"""A person mentioned so many sentences ago can still be meant."""


@dataclass(slots=True)
class Antecedents:
    """Who was mentioned, in which sentence, and by which pronouns they go."""

    _people: list[tuple[str, str, int]] = field(default_factory=list)
    """Phrase, kind, number of the sentence; newest last."""
    _sentence: int = 0
    _start: int = 0

    def begin(self) -> None:
        """A new message starts: who is named in it is nearer than who was named before."""
        self._start = self._sentence

    def filled(self, spoken: Sequence[Word], *, lone: bool = False) -> tuple[str, bool]:
        """The sentence with its pronouns replaced, and whether one still points elsewhere.

        With `lone`, the only person of a message is meant though nothing tells the gender, and
        "it" and "they" do not count.
        """
        local: list[tuple[str, Word]] = []
        texts: list[str] = []
        open_end = False
        for word in spoken:
            text = word.text
            wanted = PRONOUNS.get(word.lower) if word.tag in ("PRP", "PRP$") else None
            if wanted in ("m", "f"):
                inside = [w for kind, w in local if agrees(kind, wanted)]
                if not any(_may_mean(word, other) for other in inside):
                    meant = self._only(wanted, lone, besides=inside)
                    local.append((wanted, word))
                    open_end = open_end or meant is None
                    text = _in_place(meant, word) if meant is not None else text
            elif wanted is not None and not lone:
                early = word in spoken[:3] and word.dep in ("nsubj", "nsubjpass")
                central = early or word.dep == "dobj"
                open_end = open_end or (
                    central and not {"n", "a", "p"} & {kind for kind, _ in local}
                )
            elif word.is_noun:
                pobj = word.dep == "pobj" and len(local) > 0
                if not (pobj and gender_of(word) == "n"):
                    local.append((_kind(word, anywhere=True), word))
            elif _looks_named(word):
                local.append(("?", word))
            texts.append(text + " " * word.space)
        whole = "".join(texts).strip()
        return whole[:1].upper() + whole[1:], open_end

    def agreeing(self, spoken: Sequence[Word]) -> bool:
        """Whether somebody here can be meant by the "he" or "she" of a sentence."""
        told = {PRONOUNS.get(w.lower) for w in spoken if w.tag in ("PRP", "PRP$")} & {"m", "f"}
        return not told or any(agrees(kind, w) for _, kind, _ in self._people for w in told if w)

    def note(self, spoken: Sequence[Word]) -> None:
        """Take in whom a sentence mentions, and the gender that its pronouns tell."""
        self._sentence += 1
        told = {PRONOUNS.get(w.lower) for w in spoken if w.tag in ("PRP", "PRP$")}
        people = [(w, _kind(w)) for w in spoken if w.is_noun and _heads(w)]
        people += [(w, "?") for w in spoken if _looks_named(w)]
        unsure = [w for w, kind in people if kind == "?"]
        sexes = [kind for kind in ("m", "f") if kind in told]
        for word, kind in people:
            if kind not in ("m", "f", "?", "a"):
                continue
            if kind == "a" and not word.is_proper and word.child("det", "poss", "nummod") is None:
                continue  # "he hates fish"
            settled = kind == "?" and len(unsure) == 1 and len(sexes) == 1
            settled = settled and not any(k == sexes[0] for _, k in people)
            phrase = _phrase(word)
            earlier = next((k for p, k, _ in self._people if p == phrase and k != "?"), kind)
            kind = sexes[0] if settled else earlier if kind == "?" else kind
            self._people.append((phrase, kind, self._sentence))

    def _only(self, wanted: str, lone: bool, besides: Sequence[Word]) -> str | None:
        """The one person of late who is known to go by this; None where it might be another."""
        recent = [one for one in self._people if one[2] > self._sentence - _RECENT]
        fitting = [one for one in recent if one[1] in (wanted, "?", "a")]
        others = {word.lower for word in besides}
        fitting = [one for one in fitting if one[0].split()[-1].lower() not in others]
        heads = {phrase.split()[-1].lower() for phrase, _, _ in fitting}
        told = any(kind == wanted for _, kind, _ in fitting)
        near = lone and all(number > self._start for _, _, number in fitting)
        if any(name.split()[0].lower() in PRONOUNS for name, _, _ in fitting):
            return None
        if len(heads) != 1 or not (told or near):
            return None
        names = [phrase for phrase, _, _ in fitting]
        return max(names, key=lambda name: name[:1].isupper())


def _may_mean(pronoun: Word, other: Word) -> bool:
    """Whether an earlier word of the sentence can be meant: not the subject of the same verb.

    In "Tom is driving him", "him" is not Tom.
    """
    if pronoun.tag != "PRP" or pronoun.dep not in ("dobj", "dative", "pobj"):
        return True
    verb = pronoun.parent
    while verb is not None and not verb.is_verb:
        verb = verb.parent
    top: Word | None = other
    while top is not None and top.dep in ("appos", "compound", "conj", "poss"):
        top = top.parent
    return top is None or top.parent is not verb or top.dep not in ("nsubj", "nsubjpass")


def _in_place(name: str, pronoun: Word) -> str:
    if pronoun.tag == "PRP$" or (pronoun.lower == "his" and pronoun.children == []):
        return name + ("'" if name.endswith("s") else "'s")
    return name


def _kind(word: Word, *, anywhere: bool = False) -> str:
    kind = gender_of(word)
    if kind == "n" and word.is_proper and (anywhere or word.dep in _NAMED_AT):
        named = anywhere or word.entity not in _PLACES
        return "?" if named and not is_dated(word.text) and not classes_of(word.lower) else kind
    return kind


def _looks_named(word: Word) -> bool:
    """A rare name that the parser took for something else."""
    capital = word.text[:1].isupper() and word.text.isalpha() and len(word.text) > 2
    return capital and word.tag in ("UH", "FW", "JJ", "RB", "VB") and not is_listed(word.lower)


def _heads(word: Word) -> bool:
    return word.dep not in ("compound", "nmod") and word.lower not in ("i",)


def _phrase(word: Word) -> str:
    """ "my sister", or the name alone where there is one."""
    name = word.child("appos")
    if name is not None and name.is_proper and not word.is_proper:
        word = name
    below = [w for w in word.subtree() if w.i <= word.i]
    kept = [
        w
        for w in below
        if w is word
        or (w.parent is word and w.dep in ("poss", "det", "amod", "compound", "case"))
        or (w.parent is not None and w.parent.dep == "poss" and w.parent.parent is word)
    ]
    if word.is_proper:
        kept = [w for w in kept if w.is_proper]
    text = " ".join(full_form(w) for w in kept).replace(" 's", "'s")
    return text if word.is_proper else text[:1].lower() + text[1:]
