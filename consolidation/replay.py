"""Replay: which views of earlier nights a night repeats, and which of their probes. Pure."""

import random
import re
from collections.abc import Sequence

from consolidation.english.fuller import NAME_QUESTIONS, name_alone, spoken_words
from consolidation.english.in_turn import in_turn
from memory.records import Dream, Probe

_OPENING = re.compile(r"^(?:Yes|No), (?:that changed: )?|^That changed: ")


def replay_of(
    learned: Sequence[int],
    dreams: Sequence[Dream],
    most: int | None,
    *,
    seed: int,
    tonight: Sequence[Dream] = (),
) -> list[Dream]:
    """Up to `most` earlier dreams of learned episodes; all of them where `most` is None.

    Statements take turns, each in ever other views: what is repeated in a few fixed words is
    kept in those words and forgotten in others (LOG.md). A dream of several episodes counts for
    the first. What is left of a statement as a name ("Your flatmate is called Ngozi.") gives few
    where another, of `tonight` too, tells of her: it would answer whatever is asked.
    """
    answers = {_OPENING.sub("", dream.answer) for dream in (*dreams, *tonight)}
    tellings = [spoken_words(answer) for answer in answers if not name_alone(answer)]
    draw = random.Random(seed)
    by_statement: dict[tuple[int, str], list[Dream]] = {}
    known = set(learned)
    for dream in dreams:
        if dream.episode_ids and dream.episode_ids[0] in known:
            told = _OPENING.sub("", dream.answer).lower()
            by_statement.setdefault((dream.episode_ids[0], told), []).append(dream)
    statements = list(by_statement.values())
    draw.shuffle(statements)
    for views in statements:
        draw.shuffle(views)
        names = {name_alone(dream.answer) for dream in views} - {""}
        if any(spoken_words(name) in telling for name in names for telling in tellings):
            del views[NAME_QUESTIONS:]
    return list(in_turn(statements))[:most]


def asked_again(probes: Sequence[Probe], most: int, *, seed: int) -> list[Probe]:
    """Up to `most` of the older probes, another choice with each seed.

    Every episode is asked for once before any is asked for twice: what is tested is how much is
    kept of everything, and a night must not cost more for all that was ever told.
    """
    draw = random.Random(seed)
    by_episode: dict[tuple[int, ...], list[Probe]] = {}
    for probe in probes:
        by_episode.setdefault(probe.episode_ids, []).append(probe)
    every = list(by_episode.values())
    draw.shuffle(every)
    for of_one in every:
        draw.shuffle(of_one)
    return list(in_turn(every))[:most]
