"""Dreams: an episode's facts as many training views. Knows grammar and words, no model."""

import random
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from consolidation.brought_up import MENTION_KIND, brought_up
from consolidation.combining import Sourced, combined
from consolidation.english.amendments import Meant, message_meant
from consolidation.english.dating import Calendar
from consolidation.english.fuller import with_fuller_answers
from consolidation.english.in_turn import in_turn
from consolidation.english.keepsakes import FEWEST, keepsake, keepsake_views
from consolidation.english.light_names import Lightened
from consolidation.english.overtaken import Alike, overtaken
from consolidation.english.phrasings import (
    View,
    cues_of,
    held_by_probes,
    in_other_words,
    indirect,
    normalised,
    questions_of,
    rephrasings,
    reworded,
    terse,
    yes_or_no,
)
from consolidation.english.statements import Statement, read_statements
from consolidation.english.turns import Turn, turns_of
from consolidation.english.utterances import heard
from consolidation.english.variants import plain
from consolidation.untold import UNTOLD, UNTOLD_KIND, life_questions
from memory.episode import Episode
from memory.records import Dream, Probe

__all__ = [
    "MOST",
    "DreamWriter",
    "GrammarWriter",
    "ProbeWriter",
    "View",
    "normalised",
    "write_views",
]

T = TypeVar("T")

MOST = 80
"""Views of one statement."""

_TOLD_WHOLE = 14
"""Cues to a statement that is told whole and has no questions."""

_LATER = 8
"""So many questions in other words stand by themselves; further ones are led up to."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """An episode with what is needed to read it."""

    episode: Episode
    before: tuple[Episode, ...] = ()
    """The earlier episodes of the same conversation, oldest first."""
    gone: frozenset[str] = frozenset()
    """Its facts that no longer hold."""


class DreamWriter(Protocol):
    """Writes training views of an episode; none when it states nothing about its owner."""

    def write(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Collection[str] = ()
    ) -> list[Dream]:
        """`before` are the earlier episodes of the same conversation, oldest first; of the facts
        that are `gone` nothing is written."""

    def facts(self, episode: Episode, before: Sequence[Episode] = ()) -> list[str]:
        """The facts of an episode, each as one sentence to the owner."""

    def combine(self, told: Sequence[Remembered]) -> list[Dream]:
        """Dreams that need the facts of several episodes; they cite all that they draw on."""

    def doubt(self, known: Sequence[str]) -> list[Dream]:
        """Questions about the owner's life and about strangers which no text of `known` answers."""

    def overtaken(
        self, message: str, before: Sequence[str], earlier: Sequence[str], similar: Alike
    ) -> list[int]:
        """Indices of the earlier facts that hold no longer after a message. `before` are the
        earlier messages of its conversation; `similar` is the cosine of two texts."""


class ProbeWriter(Protocol):
    """Writes questions that tell whether an episode's facts are known."""

    def __call__(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Collection[str] = ()
    ) -> list[Probe]:
        """`before` are the earlier episodes of the same conversation, oldest first; of the facts
        that are `gone` nothing is asked."""


class GrammarWriter:
    """Writes dreams by parsing: the same text gives the same dreams."""

    def __init__(self) -> None:
        self._read: dict[Remembered, list[Statement]] = {}

    def write(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Collection[str] = ()
    ) -> list[Dream]:
        """A dream cites its episode, and those before it that it drew on."""
        calendar = calendar_of(episode, before)
        remembered = Remembered(episode, tuple(before), frozenset(gone))
        written = with_fuller_answers(
            [
                Dream(*view, _sources(statement, remembered))
                for statement, view in _viewed(self._statements(remembered))
                if not calendar.passes(view[0], statement.drawn_on)
            ]
        )
        if not episode.pinned or gone or len(written) >= FEWEST:
            return written
        kept = keepsake(heard(episode.user_text, turns_of(before), insist=True))
        views = keepsake_views(kept, local_time(episode))
        return [*written, *(Dream(*view, (episode.id,)) for view in views)]

    def facts(self, episode: Episode, before: Sequence[Episode] = ()) -> list[str]:
        """In the order of the text."""
        statements = self._statements(Remembered(episode, tuple(before)))
        return list(dict.fromkeys(one.fact for one in statements if not one.as_said))

    def combine(self, told: Sequence[Remembered]) -> list[Dream]:
        """Each kind in turn."""
        return combined(
            [
                Sourced(statement, _sources(statement, one))
                for one in told
                for statement in self._statements(one)
            ]
        )

    def doubt(self, known: Sequence[str]) -> list[Dream]:
        """In an order of chance."""
        return [Dream(one, UNTOLD, UNTOLD_KIND, ()) for one in life_questions(known)]

    def overtaken(
        self, message: str, before: Sequence[str], earlier: Sequence[str], similar: Alike
    ) -> list[int]:
        """The nearest one, where the message plainly changes something."""
        index = overtaken(message, before, earlier, similar)
        return [] if index is None else [index]

    def _statements(self, one: Remembered) -> list[Statement]:
        if one not in self._read:
            calendar = calendar_of(one.episode, one.before)
            self._read[one] = statements_of(one.episode, calendar, one.before, one.gone)
        return self._read[one]


def _sources(statement: Statement, one: Remembered) -> tuple[int, ...]:
    back = {*statement.drawn_on, *meant_by(one.episode, one.before).drawn_on}
    return (one.episode.id, *(one.before[-place].id for place in sorted(back)))


def statements_of(
    episode: Episode,
    calendar: Calendar,
    before: Sequence[Episode] = (),
    gone: Container[str] = (),
) -> list[Statement]:
    """An episode's statements, dated, without those that are gone; all of a pinned one."""
    return read_statements(
        meant_by(episode, before).text,
        turns_of(before),
        calendar=calendar,
        gone=gone,
        insist=episode.pinned,
    )


def calendar_of(episode: Episode, before: Sequence[Episode]) -> Calendar:
    """The dates that an episode names."""
    earlier = [(one.user_text, local_time(one)) for one in before]
    return Calendar(meant_by(episode, before).text, local_time(episode), earlier)


def meant_by(episode: Episode, before: Sequence[Episode]) -> Meant:
    """What the owner wrote, its short corrections told in full."""
    return message_meant(episode.user_text, [one.user_text for one in before])


def local_time(episode: Episode) -> datetime:
    """When an episode was told, by the clock of the machine."""
    return episode.created_at.astimezone()


def write_views(text: str, before: Sequence[Turn] = (), *, insist: bool = False) -> list[View]:
    """Prompt, answer and kind for every view of the facts in `text`; prompts are distinct."""
    return [view for _, view in _viewed(read_statements(text, before, insist=insist))]


_PAUSE = 3
"""A name given in passing is asked for once in so many turns: it is not what was told."""


def _is_naming(statement: Statement) -> bool:
    clause = statement.clause
    return clause is not None and clause.lemma in ("call", "name") and clause.passive


def _thinned(row: Sequence[T]) -> list[T | None]:
    spread: list[T | None] = []
    for item in row:
        spread += [item, *[None] * (_PAUSE - 1)]
    return spread


def _viewed(statements: Sequence[Statement]) -> list[tuple[Statement, View]]:
    """Every statement's views; those of statements with one answer take turns."""
    answered: dict[str, list[Statement]] = {}
    for statement in statements:
        answered.setdefault(statement.text, []).append(statement)
    taken: set[str] = set()
    found: list[tuple[Statement, View]] = []
    for members in answered.values():
        rows: list[list[tuple[Statement, View] | None]] = []
        for statement in members:
            row = [(statement, view) for view in _chosen(statement, taken, statements)]
            taken |= {normalised(view[0]) for _, view in row}
            aside = len(members) > 1 and _is_naming(statement)
            rows.append(_thinned(row) if aside else list(row))
        found += in_turn(rows)
    return found


def _chosen(
    statement: Statement, taken_before: Container[str], told_with: Sequence[Statement]
) -> list[View]:
    """At most `MOST` views, every kind in its share, in an order seeded by the text.

    The first of them are what a night trains: plain questions, short names, other words in turn.
    """
    chance = random.Random(statement.text)
    others = in_other_words(statement, told_with)
    questions, other_words = questions_of(statement, chance), rephrasings(statement, others, chance)
    short, led_up = reworded(statement), indirect(statement, others[_LATER:], chance)
    cues, few_words = cues_of(statement, chance), terse(statement)
    mentions = brought_up(statement, random.Random(statement.text))
    told = (view for view in cues_of(statement, chance) if view[2] == "restatement")
    wanted = (
        (4, questions),
        (1, few_words),
        (2, short),
        (9, mentions),
        (6, other_words),
        (4, questions),
        (1, few_words),
        (2, short),
        (9, mentions),
        (6, other_words),
        (2, short),
        (1, led_up),
        (1, told),
        (2, cues),
        (1, led_up),
        (2, cues),
        (1, led_up),
        (7 if statement.clause is not None else _TOLD_WHOLE, cues),
        (1, yes_or_no(statement)),
        (8, questions),
        (6, led_up),
    )
    sources = [one.source for one in told_with if one is not statement]
    clause = plain(statement.clause) if statement.clause else None
    lightened, brought = Lightened(clause, sources), Lightened(clause, sources)
    shortens = statement.clause is not None and lightened.has_names
    held = held_by_probes(plain(statement.clause)) if statement.clause and shortens else set()
    chosen: dict[str, View] = {}
    for share, source in wanted:
        taken = 0
        while taken < share and len(chosen) < MOST and (view := next(source, None)) is not None:
            names = brought if view[2] == MENTION_KIND else lightened
            for prompt in names.said(view[0]):
                key = normalised(prompt)
                if key and key not in chosen and key not in taken_before and key not in held:
                    chosen[key] = (prompt, *view[1:])
                    taken += 1
                    break
    return list(chosen.values())
