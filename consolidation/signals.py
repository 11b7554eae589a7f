"""Signals: what is found in a waiting episode that speaks for or against learning it."""

from collections.abc import Sequence

from consolidation.english.answers import asked_last
from consolidation.english.corrections import read_correction
from consolidation.english.remembering import asks_to_remember
from consolidation.english.turns import turns_of
from consolidation.english.utterances import heard, silent_kind
from consolidation.ledger import Ledger
from consolidation.striking import Sifted
from consolidation.views import answered
from memory.episode import Episode
from memory.records import Signals

_SHORT = 6
"""Words of an answer that says nothing without its question: "In Leith, with Tom."."""


def signals_of(
    episode: Episode,
    before: Sequence[Episode],
    possible: Sifted,
    ledger: Ledger,
    *,
    retold: bool,
    unlikely: bool = False,
    withheld: str = "",
) -> Signals:
    """What was found in an episode of which dreams are `possible`, after those `before` it.

    `unlikely` is one that the likeness to what states a fact speaks against; `withheld` says
    which secrets were left out of it.
    """
    dreams = possible.kept
    said_before = [one.user_text for one in before]
    replaced = {r.episode_id for r in ledger.replaced if r.by_episode_id == episode.id}
    return Signals(
        kind="fact" if dreams else _kind(episode, before, ledger, possible, unlikely=unlikely),
        facts=len({answered(one) for one in dreams if replaced.isdisjoint(one.episode_ids)}),
        dreams=len(dreams),
        wished=asks_to_remember(episode.user_text),
        corrects=tuple(sorted(replaced)),
        changing=read_correction(episode.user_text, said_before).strong,
        retold=retold,
        pinned=episode.pinned,
        withheld=withheld,
    )


def is_heeded(episode: Episode, before: Sequence[Episode]) -> bool:
    """Whether it says by itself that it counts: a pin, a wish, a correction, a short answer."""
    said_before = [one.user_text for one in before]
    short = len(episode.user_text.split()) <= _SHORT
    answers = short and bool(before) and bool(asked_last(before[-1].assistant_text))
    return (
        episode.pinned
        or answers
        or asks_to_remember(episode.user_text)
        or read_correction(episode.user_text, said_before).strong
    )


def _kind(
    episode: Episode,
    before: Sequence[Episode],
    ledger: Ledger,
    possible: Sifted,
    *,
    unlikely: bool,
) -> str:
    if possible.struck:
        return "struck"
    if possible.dropped:
        return "dropped"
    if ledger.gone(episode.id):
        return "changed"
    turns = turns_of(before)
    told = any(one.is_fact for one in heard(episode.user_text, turns, insist=episode.pinned))
    if told and unlikely:
        return "unlikely"
    return "vague" if told else silent_kind(episode.user_text, turns, insist=episode.pinned)
