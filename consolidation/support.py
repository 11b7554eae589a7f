"""Support: whether a dream's answer says no more than its sources do. Pure.

A dream is never trained on trust: what the answer names, counts, dates and denies must stand in
what the owner wrote, or in the question that a short answer replies to.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import combinations

from consolidation.changed_views import CHANGE_KIND
from consolidation.english.dates import resolve_dates
from consolidation.english.support_words import Spoken, forms, spoken
from memory.records import Dream

_OPENING = re.compile(r"^(?:(?:No|Yes), that changed:|That changed:|Yes,|No,|You told me:)\s*")
_ASKED = re.compile(r"\bYou asked (?:for this: )?")
_WISHED = re.compile(r"\b(never|always|do not|don't) want (?:to be )?")
_DECLINES = re.compile(r"(?i)^\W*(?:no|nope|naw|nah|never|not)\b")
_OWNERS = {"my": "your", "our": "your", "i": "you", "we": "you", "me": "you", "us": "you"}
_YEAR = re.compile(r"\d{4}")
_NEAR = 5
"""So many words that say something may stand between two that belong together."""


@dataclass(frozen=True, slots=True)
class Source:
    """What an episode says: the owner's text, what it replies to, and when it was said."""

    text: str
    asked: str = ""
    """The question of the assistant that the text replies to."""
    at: datetime | None = None
    """Local time; None where dates cannot be resolved."""


def unsupported(dream: Dream, sources: Sequence[Source]) -> str:
    """Why an answer is not supported by its sources, in plain words; "" where it is."""
    return _unsupported(_told(dream), tuple(sources), dream.kind == CHANGE_KIND)


def strange_names(dream: Dream, sources: Sequence[Source]) -> list[str]:
    """The names in an answer that none of its sources says."""
    known = _known(tuple(sources))
    return [word.text for word in spoken(_told(dream)) if word.is_name and _unheard(word, known)]


def _told(dream: Dream) -> str:
    """The answer without what only says how it was told: "That changed:", "You asked"."""
    return _WISHED.sub(r"\1 ", _ASKED.sub("You ", _OPENING.sub("", dream.answer)))


@lru_cache(maxsize=2048)
def _unsupported(answer: str, sources: tuple[Source, ...], changed: bool) -> str:
    known = _known(sources)
    said = spoken(answer)
    telling = [word for word in said if word.says]
    reasons = (
        *(_unheard(word, known) for word in telling),
        # what changed is denied by what was told later, not in its words
        *(_turned_round(word, known) for word in telling if not (changed and word.denied)),
        *(_other_date(run, known) for run in _date_runs(said)),
        *(_of_another(place, telling, known) for place in range(len(telling))),
        *_exchanged(said, known),
    )
    return next((reason for reason in reasons if reason), "")


def _unheard(word: Spoken, known: "_Known") -> str:
    missing = forms(word.lower).isdisjoint(known.said)
    return f"says '{word.text}', which none of its sources says" if missing else ""


def _turned_round(word: Spoken, known: "_Known") -> str:
    """Why a word is affirmed or denied other than its sources do it."""
    meant = forms(word.lower)
    if word.denied and meant.isdisjoint(known.denied):
        return f"denies '{word.text}', which its sources affirm"
    if not word.denied and not meant.isdisjoint(known.denied) and meant.isdisjoint(known.affirmed):
        return f"affirms '{word.text}', which its sources deny"
    return ""


def _other_date(run: list[Spoken], known: "_Known") -> str:
    """Why a date of several words is none of its sources'."""
    clock = _YEAR.fullmatch(run[-1].lower) is None  # "Thursday 8 January, 9.30"
    for said in (run, run[:-1]) if clock else (run,):
        if any(all(not forms(w.lower).isdisjoint(date) for w in said) for date in known.dates):
            return ""
    return f"says '{' '.join(word.text for word in run)}', a date that none of its sources names"


def _of_another(place: int, telling: Sequence[Spoken], known: "_Known") -> str:
    """Why a number is told of another thing than in the sources."""
    word = telling[place]
    if not word.is_number:
        return ""
    beside = [
        forms(other.lower)
        for other in telling[max(place - 1, 0) : place + 2]
        if other is not word and other.sentence == word.sentence and not other.is_dating
    ]
    near = known.near.get(word.lower)
    if near is None or not beside or any(not one.isdisjoint(near) for one in beside):
        return ""
    return f"says '{word.text}' of something else than its sources do"


def _exchanged(said: Sequence[Spoken], known: "_Known") -> Iterator[str]:
    """Names that have changed places: each stands where a source has the other."""
    named = [(place, word) for place, word in enumerate(said) if word.is_name]
    sides = ((_before(said), known.before), (_before(said[::-1])[::-1], known.after))
    for (place, one), (other_place, other) in combinations(named, 2):
        for beside, heard in sides:
            own, others = heard.get(one.lower, set()), heard.get(other.lower, set())
            here, there = beside[place], beside[other_place]
            if here in others - own and there in own - others:
                yield f"says '{one.text}' where its sources say '{other.text}'"
        turned = (other.lower, one.lower) in known.orders
        turned = turned and one.sentence == other.sentence
        turned = turned and (one.lower, other.lower) not in known.orders
        if turned and sides[0][0][other_place] not in known.before.get(other.lower, ()):
            yield f"says '{one.text}' where its sources say '{other.text}'"


def _before(said: Sequence[Spoken]) -> list[str]:
    """The word before each word of a sentence, in the owner's person."""
    pairs = zip((None, *said), said, strict=False)
    return [
        _OWNERS.get(one.lower, one.lower) if one and one.sentence == other.sentence else ""
        for one, other in pairs
    ]


def _date_runs(said: Iterable[Spoken]) -> Iterator[list[Spoken]]:
    """Neighbouring words that tell a date together: "Tuesday 24 November 2026"."""
    run: list[Spoken] = []
    for word in (*said, None):
        if word is not None and word.is_dating and (not run or run[-1].sentence == word.sentence):
            run.append(word)
            continue
        if len(run) > 1 and not all(one.is_number for one in run):
            yield run
        run = [word] if word is not None and word.is_dating else []


@dataclass(frozen=True, slots=True)
class _Known:
    """What the sources of a dream say, in forms of words."""

    said: frozenset[str]
    affirmed: frozenset[str]
    denied: frozenset[str]
    dates: tuple[frozenset[str], ...]
    """Of each date, the words that say it."""
    near: dict[str, set[str]]
    """Of each number, what is said around it."""
    before: dict[str, set[str]]
    """Of each word, which words it stands behind."""
    after: dict[str, set[str]]
    orders: frozenset[tuple[str, str]]
    """Capitalised words of one sentence, in their order."""


@lru_cache(maxsize=256)
def _known(sources: tuple[Source, ...]) -> _Known:
    said: set[str] = set()
    affirmed: set[str] = set()
    denied: set[str] = set()
    dates: list[frozenset[str]] = []
    near: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    orders: set[tuple[str, str]] = set()
    for source in sources:
        told, asked = spoken(source.text), spoken(source.asked)
        for word in told:
            said |= forms(word.lower)
            (denied if word.denied else affirmed).update(forms(word.lower))
        questioned = _all_forms(asked)
        said |= questioned
        affirmed |= questioned
        if _DECLINES.match(source.text):
            denied |= questioned
        dates += [_all_forms(run) for run in _date_runs(told)]
        for dated in resolve_dates(source.text, source.at) if source.at is not None else ():
            in_full = _all_forms((*spoken(dated.spoken), *spoken(dated.said)))
            dates.append(in_full)
            said |= in_full
            over = any(w.denied and w.is_dating and w.lower in in_full for w in told)
            (denied if over else affirmed).update(in_full)
        telling = [word for word in (*asked, *told) if word.says]
        for place, word in enumerate(telling):
            if word.is_number:
                around = telling[max(place - _NEAR, 0) : place + _NEAR + 1]
                near.setdefault(word.lower, set()).update(_all_forms(around))
        sides = zip(told, _before(told), _before(told[::-1])[::-1], strict=True)
        for word, left, right in sides:
            before.setdefault(word.lower, set()).add(left)
            after.setdefault(word.lower, set()).add(right)
        named = [word for word in told if word.is_name]
        orders |= {
            (one.lower, other.lower)
            for one, other in combinations(named, 2)
            if one.sentence == other.sentence
        }
    return _Known(
        frozenset(said),
        frozenset(affirmed),
        frozenset(denied),
        tuple(dates),
        near,
        before,
        after,
        frozenset(orders),
    )


def _all_forms(words: Iterable[Spoken]) -> frozenset[str]:
    return frozenset(form for word in words for form in forms(word.lower))
