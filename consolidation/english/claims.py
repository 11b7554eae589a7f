"""Claims: a statement taken apart for comparison: who, does what, with which values."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from consolidation.english.content import content, content_of, plain_word, timed_words
from consolidation.english.corrections import adds, taken_back
from consolidation.english.inflection import base_form
from consolidation.english.moments import Moment, read_moments
from consolidation.english.parsing import Sentence, Word, parse, repaired
from consolidation.english.person import full_form
from consolidation.english.senses import NUMBERS, sense_of
from consolidation.english.subjects import (
    OWNER,
    head_of,
    is_capital,
    is_living,
    is_name,
    named_with,
    possessors_of,
    verb_and_subject,
)
from consolidation.english.wordlist import words

_AHEAD = frozenset(words("will shall would plan want hope intend must should"))
_CONTRAST = re.compile(
    r",?\s*\b(?:instead of|rather than|in place of|(?:and|but) not|(?:and|but) no longer)\s+"
    r"[^,.;]*|,\s*not\s+[^,.;]*",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:now|instead|no longer|any ?more|moved|changed|postponed|brought forward|"
    r"rescheduled|shifted|slipped|rebooked|renamed|after all|pushed|"
    r"delayed|reduced|from now on|taken over|takes over|switched|"
    r"replac\w+)\b",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(r"\s+no longer\s+", re.IGNORECASE)
_DENIED = re.compile(
    r"n't\b|\b(?:(?<!or )not|never|no longer|no more|cannot|unable)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one statement says. Words are lower case and without inflection."""

    text: str
    owner: bool
    """The owner is the subject, alone or with others."""
    subject: frozenset[str]
    """Content words and names of the subject."""
    names: frozenset[str]
    """Of `subject`, the names of its head: "your brother Dwayne" -> {"dwayne"}."""
    head: str
    """The noun or name that the subject is about."""
    possessors: frozenset[str]
    """Whose the subject is: {"you"}, {"ira"}."""
    person: bool
    senses: frozenset[str]
    """What is done, of the main verb and those below and beside it."""
    main: str
    """The sense of the main verb."""
    objects: tuple[frozenset[str], ...]
    """Noun phrases behind the verb, each with all words below its head."""
    heads: tuple[str, ...]
    """Of `objects`, the nouns on top."""
    rest: frozenset[str]
    """Content words behind the subject, without times and verbs."""
    proper: frozenset[str]
    """Of all words, the names."""
    moments: tuple[Moment, ...]
    amounts: tuple[tuple[str, float], ...]
    """Unit and number."""
    denied: bool
    past: bool
    """It tells an event that is over: simple past."""
    so_far: bool
    """It tells what has come together until now: present perfect."""
    ahead: bool
    """It tells a plan or something under way: future or progressive."""
    changed: bool
    """Its own words say that it is new: "now", "has been moved"."""
    adding: bool
    """ "also", "another"."""
    dropped: frozenset[str]
    """Words of what it names as no longer so: "instead of Dwayne"."""
    dropped_moments: tuple[Moment, ...]

    @property
    def words(self) -> frozenset[str]:
        return self.subject | self.rest


@lru_cache(maxsize=8192)
def read_claim(text: str) -> Claim:
    """The claim of a statement; parsed once and remembered."""
    kept = _CONTRAST.sub("", text).strip()
    contrasts = " ".join(match[0] for match in _CONTRAST.finditer(text))
    back = " ".join((contrasts, *_sources(kept)))
    # The parser takes the verb behind "no longer" for a noun ("no longer park").
    sentence = _sentence(_NO_LONGER.sub(" ", kept, count=1))
    stopped = _NO_LONGER.search(kept.partition(" because ")[0]) is not None
    aside = _aside(sentence)
    core = [word for word in sentence.words if word not in aside]
    verb, subject = verb_and_subject(sentence, core)
    below = [word for word in subject if word not in aside]
    head = head_of(below)
    inner = set(below)
    behind = [word for word in core if word not in inner]
    said = "".join(word.text + " " * word.space for word in core)
    timed = timed_words(said)
    rest = [w for w in behind if not w.is_verb and plain_word(w) not in timed]
    objects = [
        w
        for w in rest
        if w.is_noun and w.dep in ("dobj", "attr", "pobj", "oprd", "dative", "conj", "nsubj")
    ]
    verbs = [word for word in behind if word.is_verb and word.dep not in ("aux", "auxpass", "amod")]
    main = sense_of(full_form(verb), _particle(verb)) if verb is not None else ""
    dropped = content(back)
    denied = bool(_DENIED.search(said)) or stopped
    moments = read_moments(said)
    if denied and moments and all(moment.role == "until" for moment in moments):
        # "You do not have to be back until the 11th" tells when you are back.
        moments, denied = tuple(replace(moment, role="on") for moment in moments), False
    return Claim(
        text,
        any(word.lower == OWNER for word in below if word.dep != "pobj"),
        frozenset(content_of(below)),
        frozenset(plain_word(w) for w in named_with(head) if is_name(w))
        if head is not None
        else frozenset(),
        plain_word(head) if head is not None else "",
        frozenset(possessors_of(head)),
        head is not None and is_living(head),
        frozenset(sense_of(full_form(v), _particle(v)) for v in verbs) | {main},
        main,
        tuple(frozenset(content_of(w.subtree())) - timed for w in objects),
        tuple(plain_word(w) for w in objects),
        frozenset(content_of(rest)) - dropped,
        frozenset(plain_word(w) for w in core if w.is_proper or is_capital(w)) - timed,
        moments,
        _amounts(sentence, timed),
        denied,
        verb is not None and verb.tag == "VBD" and not _helpers(verb),
        verb is not None and verb.tag == "VBN" and bool({"have", "has"} & set(_helpers(verb))),
        _is_ahead(verb),
        bool(_CHANGE.search(said)) or stopped or bool(contrasts),
        adds(said),
        dropped,
        read_moments(back),
    )


def _sources(text: str) -> list[str]:
    """What the statement itself leaves behind: "moving from X to Y", "no longer X"."""
    return [
        found
        for found in taken_back(text)
        if re.search(rf"from (?:\w+ )??{re.escape(found)}", text) is not None
    ]


def _sentence(text: str) -> Sentence:
    found = parse(text) or parse("Nothing.")
    return repaired(found[0])


def _aside(sentence: Sentence) -> set[Word]:
    """Words of clauses that only explain: "because …", ", who sat next to you"."""
    found: set[Word] = set()
    for word in sentence.words:
        mark = word.child("mark", "advmod")
        opens = mark is not None and (mark.dep == "mark" or mark.tag == "WRB")
        reason = word.dep == "advcl" and opens and mark is not None and mark.lower != "if"
        because = word.dep == "prep" and word.lower == "because"
        if (word.dep == "relcl" and _is_real_relative(word)) or reason or because:
            found.update(word.subtree())
    left = [word for word in sentence.words if word not in found]
    # Where the parser hung the main verb below the relative clause, nothing is aside.
    return found if any(word.is_verb for word in left) else set()


def _is_real_relative(verb: Word) -> bool:
    return any(w.tag in ("WP", "WDT", "WP$", "WRB") for w in verb.subtree())


def _particle(verb: Word) -> str:
    found = next(
        (
            w
            for w in verb.children
            if w.i > verb.i and (w.tag == "RP" or (w.tag == "RB" and w.i <= verb.i + 2))
        ),
        None,
    )
    return found.lower if found is not None else ""


def _helpers(verb: Word) -> list[str]:
    return [full_form(w).lower() for w in verb.children if w.dep in ("aux", "auxpass")]


def _is_ahead(verb: Word | None) -> bool:
    if verb is None:
        return False
    helpers = _helpers(verb)
    progressive = verb.tag == "VBG" and not {"was", "were"} & set(helpers)
    return progressive or bool(_AHEAD & {*helpers, base_form(full_form(verb)), verb.lower})


def _amounts(sentence: Sentence, timed: set[str]) -> tuple[tuple[str, float], ...]:
    """Counted nouns with their numbers; the dates and clock times are not among them."""
    found: dict[str, float] = {}
    for word in sentence.words:
        number = _number(word)
        noun = word.parent
        if number is None or noun is None or plain_word(word) in timed:
            continue
        while noun.dep == "quantmod" and noun.parent is not None:
            noun = noun.parent
        if noun.is_noun or noun.tag.startswith("JJ"):
            found[plain_word(noun)] = number
    return tuple(found.items())


def _number(word: Word) -> float | None:
    if word.tag != "CD" and word.lower not in NUMBERS:
        return None
    text = NUMBERS.get(word.lower, word.lower).replace(",", "")
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else None
