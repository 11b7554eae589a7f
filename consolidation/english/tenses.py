"""Tenses: whether what a text says at a place in it lies behind or ahead. Knows no calendar."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from consolidation.english.calendar_words import MONTHS, WEEKDAYS
from consolidation.english.parsing import Sentence, Word, parse
from consolidation.english.wordlist import words

Tense = Literal["past", "perfect", "present", "future", "none"]

_ARRANGING = frozenset(
    words(
        "move push shift postpone reschedule change delay defer bring put set fix schedule book "
        "rebook arrange rearrange plan reserve promise invite order announce extend cancel swap "
        "switch"
    )
)
_INTENDING = frozenset(
    words("want promise agree plan decide intend arrange offer ask invite tell expect hope book")
)
_TAKING = frozenset(words("get give take sign apply rent hire grant enter commit volunteer choose"))
_ENROLLING = frozenset(words("sign enrol enroll register enter book reserve rsvp"))
"""What one signed up for, and booked, is to come."""
_PARTED = re.compile(r"[,:(–—]\s*(?:on\s+)?$|\bfor\b.*$")
""" "Signed up for the marathon, 19 April", not "I signed up on 3 April"."""
_ARRIVING = re.compile(
    r"\b(?:due|expected|booked in|scheduled)(?:\s+back\s+\S+(?:\s+\S+){0,2})?\s+$", re.I
)
_FUTURATE = frozenset(
    words(
        "start begin leave arrive depart come go fly travel move open close end finish return "
        "run last due expire"
    )
)
"""Verbs whose bare participle tells of what is planned: "a job, starting Monday"."""
_UNMARKED = frozenset(words("hurt cut hit quit cost bet split burst shut let beat spread read put"))
"""Verbs that do not show their past tense."""
_AHEAD = frozenset(words("for to until till til 'til"))
_HABIT = frozenset(
    words(
        "always usually normally often generally sometimes typically mostly every each weekly "
        "monthly yearly annually never regularly"
    )
)
_ANNUAL = frozenset(words("birthday bday birthdays anniversary birth name-day nameday"))
_BARE_NAMES = re.compile(
    r"\b(?:" + "|".join({*WEEKDAYS, *MONTHS} - {"May", "March"}) + r")\b", re.IGNORECASE
)


_FULL_STOP = re.compile(r"(?<=[a-z]{3})[.!?]\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class Tenses:
    """The words of a text by their places, for asking what happens when."""

    text: str
    _starts: list[int]
    _words: list[Word]
    _sentences: list[Sentence]

    @classmethod
    def of(cls, text: str) -> Tenses:
        """Parse the text, with names of days and months in capitals, as the parser knows them."""
        plain = _BARE_NAMES.sub(lambda name: name[0].capitalize(), text.replace("’", "'"))
        plain = re.sub(r"\bi\b", "I", plain)
        starts: list[int] = []
        found: list[Word] = []
        sentences: list[Sentence] = []
        cursor = 0
        for sentence in parse(plain):
            for word in sentence.words:
                cursor = plain.find(word.text, cursor)
                starts.append(cursor)
                found.append(word)
                sentences.append(sentence)
                cursor += len(word.text)
        return cls(text, starts, found, sentences)

    def word_at(self, place: int) -> Word | None:
        """The word that covers a place in the text, or the last before it."""
        index = bisect_right(self._starts, place) - 1
        return self._words[index] if index >= 0 else None

    def word_from(self, place: int) -> Word | None:
        """The first word that begins at a place or after it."""
        index = bisect_right(self._starts, place - 1)
        return self._words[index] if index < len(self._words) else None

    def same_sentence(self, one: int, other: int) -> bool:
        """Whether two places lie in one sentence."""
        found = [bisect_right(self._starts, place) - 1 for place in (one, other)]
        return min(found) >= 0 and self._sentences[found[0]] is self._sentences[found[1]]

    def at(self, place: int, prep: str = "") -> Tense:
        """The tense of the clause at this place; "past" only where the date itself lies behind.

        A present perfect of arranging names what is to come ("she has asked for it in July");
        of anything else, it is a past that was told in the grammar of another language.
        """
        verb, below = self.verb_at(place)
        if re.search(r"\bborn\s+(?:\w+\s+)?$", self.text[:place], re.IGNORECASE):
            return "past"
        if _ARRIVING.search(self.text[:place]):
            return "past" if re.search(r"\b(?:was|were)\s+\w+\s+$", self.text[:place]) else "future"
        if verb is None:
            return "none"
        tense = tense_of(verb)
        enrolled = tense == "past" and verb.lemma.lower() in _ENROLLING and not verb.child("aux")
        if enrolled and _PARTED.search(self.text[:place]):
            return "future"
        if prep in ("starting", "as of"):
            return "future"
        if tense == "perfect":
            planned = verb.lemma in _ARRANGING | _INTENDING | _TAKING
            planned = planned or (below is not None and below.dep in ("dobj", "nsubj", "nsubjpass"))
            return "perfect" if planned or prep in _AHEAD else "past"
        if tense != "past":
            return tense
        arranged = verb.lemma.lower() in _ARRANGING
        subject = below is not None and below.dep in ("nsubj", "nsubjpass")
        if prep == "for" or (arranged and (prep in _AHEAD or subject)):
            return "future"
        return "past"

    def is_habit(self, place: int) -> bool:
        """Whether the clause tells what happens again and again: "we always go in August"."""
        verb, _ = self.verb_at(place)
        if verb is None or tense_of(verb) not in ("present", "none"):
            return False
        return any(word.lower in _HABIT for word in verb.children)

    def is_denied(self, place: int) -> bool:
        """Whether the clause says that it is not so: "I shall not remain until the 23rd"."""
        verb, _ = self.verb_at(place)
        return verb is not None and verb.child("neg") is not None

    def is_annual(self, place: int) -> bool:
        """Whether a day of every year is told: "my birthday is 3 May", "I was born on 3 May"."""
        verb, _ = self.verb_at(place)
        if verb is None:
            word = self.word_at(place)
            return word is not None and word.parent is not None and word.parent.lower in _ANNUAL
        if verb.lower == "born":
            return True
        said = verb.child("nsubj", "attr")
        return verb.lemma in ("be", "'s") and any(
            word.lower in _ANNUAL
            for word in verb.children
            if word.dep in ("nsubj", "attr") and said is not None
        )

    def verb_at(self, place: int) -> tuple[Word | None, Word | None]:
        """The verb that governs a place, and the word below it on the way there."""
        word = self.word_from(place)
        if word is None:
            return None, None
        below: Word | None = None
        climbing: Word | None = word
        while climbing is not None:
            verbal = climbing.is_verb and climbing.dep not in ("amod", "compound")
            if verbal and climbing is not word and self._is_parted(climbing, place):
                return None, None
            if verbal and climbing is not word:
                return climbing, below
            below, climbing = climbing, climbing.parent
        return self._nearest_verb(place), None

    def _is_parted(self, verb: Word, place: int) -> bool:
        """Whether a full stop, which the parser overread, stands between a verb and a place."""
        index = next((i for i, word in enumerate(self._words) if word is verb), None)
        if index is None:
            return False
        first, last = sorted((self._starts[index], place))
        return _FULL_STOP.search(self.text, first, last) is not None

    def _nearest_verb(self, place: int) -> Word | None:
        """For text that the parser could not join: the verb before in its sentence, or after."""
        index = max(bisect_right(self._starts, place) - 1, 0)
        sentence = self._sentences[index]
        verbs = [word for word in sentence.words if word.is_verb and word.dep != "amod"]
        verbs = [word for word in verbs if not self._is_parted(word, place)]
        before = [word for word in verbs if word.i < self._words[index].i]
        return before[-1] if before else verbs[0] if verbs else None


def tense_of(verb: Word) -> Tense:
    """The tense of a verb with its auxiliaries, or of the clause above an infinitive."""
    helpers = [word for word in verb.children if word.dep in ("aux", "auxpass") and word.i < verb.i]
    forms = {word.lower for word in helpers}
    perfect = any(word.lemma.lower() in ("have", "'ve") for word in helpers)
    if verb.tag == "MD" or any(word.tag == "MD" for word in helpers):
        would = forms & {"would", "'d", "could", "should", "might"}
        return "past" if perfect and would else "future"
    if verb.tag == "VBG" and forms == {"were"} and verb.child("nsubj") is None:
        return "future"  # "we're", without its apostrophe
    if any(word.tag == "VBD" or word.lower in ("was", "were", "had", "did") for word in helpers):
        return "past"
    if perfect:
        return "perfect"
    if helpers and "to" not in forms:
        return "future" if verb.tag == "VBG" else "present"
    if verb.tag == "VBD":
        return "past"
    if verb.tag in ("VBN", "VBG", "VB"):
        return _of_dependent(verb, forms)
    subject = verb.child("nsubj")
    unmarked = subject is not None and verb.lower in _UNMARKED
    return "past" if unmarked else "present"


def _of_dependent(verb: Word, forms: set[str]) -> Tense:
    above = verb.parent
    while above is not None and not above.is_verb:
        above = above.parent
    if verb.tag == "VBN" and verb.dep in ("ROOT", "conj", "parataxis") and not forms:
        # A note without its subject: "started Monday" lies behind, "closed Monday" need not.
        return "none" if verb.lemma in _ARRANGING or verb.lemma in ("close", "shut") else "past"
    if above is None:
        return "present" if verb.tag == "VB" else "none"
    if verb.tag == "VBG" and verb.lemma in _FUTURATE and verb.dep not in ("xcomp", "pcomp"):
        return "none"
    if verb.tag == "VB" and "to" in forms and above.lemma in _INTENDING:
        return "future"
    if verb.tag == "VB" and "to" in forms and above.lower == "going":
        return "future"
    if verb.tag == "VB" and not forms and verb.dep in ("ROOT", "conj", "parataxis"):
        return "present"
    return tense_of(above)
