"""Signals: what is found in a waiting episode that speaks for or against learning it."""

from collections.abc import Sequence

from consolidation.corrections import read_correction
from consolidation.ledger import Ledger
from consolidation.remembering import asks_to_remember
from consolidation.striking import Sifted
from consolidation.turns import turns_of
from consolidation.utterances import heard, silent_kind
from consolidation.views import answered
from memory.episode import Episode
from memory.records import Signals


def signals_of(
    episode: Episode,
    before: Sequence[Episode],
    possible: Sifted,
    ledger: Ledger,
    *,
    retold: bool,
) -> Signals:
    """What was found in an episode of which dreams are `possible`, after those `before` it."""
    dreams = possible.kept
    said_before = [one.user_text for one in before]
    replaced = {r.episode_id for r in ledger.replaced if r.by_episode_id == episode.id}
    return Signals(
        kind="fact" if dreams else _kind(episode, before, ledger, possible),
        facts=len({answered(one) for one in dreams if replaced.isdisjoint(one.episode_ids)}),
        dreams=len(dreams),
        wished=asks_to_remember(episode.user_text),
        corrects=tuple(sorted(replaced)),
        changing=read_correction(episode.user_text, said_before).strong,
        retold=retold,
        pinned=episode.pinned,
    )


def _kind(episode: Episode, before: Sequence[Episode], ledger: Ledger, possible: Sifted) -> str:
    if possible.struck:
        return "struck"
    if possible.dropped:
        return "dropped"
    if ledger.gone(episode.id):
        return "changed"
    turns = turns_of(before)
    told = any(one.is_fact for one in heard(episode.user_text, turns, insist=episode.pinned))
    return "vague" if told else silent_kind(episode.user_text, turns, insist=episode.pinned)
