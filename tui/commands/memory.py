"""`reverie memory list`, `search` and `show`: review what is remembered. Loads no model."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.clock import utc_now
from assistant.settings import Settings
from consolidation.forgetting import forget_overdue
from consolidation.plain_words import decision_words, surprisal_words, withheld_words
from memory.browse import Browser, Order, Sieve, sieve_of
from memory.database import Connections
from memory.episode import Episode, EpisodeState
from memory.nights import NightStore
from memory.recall import Recall
from memory.records import Decision
from memory.steering import Steering
from memory.store import EpisodeStore
from memory.text import excerpt
from tui.commands.choices import choice_document
from tui.outcome import Outcome

_LOOKED_AT = 500
"""So many of what words and meaning find go through the filters."""


class UnknownEpisode(LookupError):
    """No episode has that number."""


def list_episodes(
    settings: Settings, limit: int, state: EpisodeState | None, order: Order
) -> Outcome:
    """Episodes in an order, the newest first where none is named."""
    with opened(settings) as (store, browser, _):
        ids = browser.ids(Sieve(state=state), order, limit)
        return _listing(store.by_ids(ids), "Nothing is remembered yet.")


def search(settings: Settings, query: str, limit: int, *, meaning: bool) -> Outcome:
    """Episodes whose words match, best first, and with `meaning` those near in meaning.

    Without words, all that the filters let through. Raises `FilterUnread`.
    """
    sieve = sieve_of(query)
    with opened(settings) as (store, browser, _):
        if sieve.words:
            recall = Recall(store)
            near = recall.near(_meaning(settings, sieve.words)) if meaning else ()
            most = limit if sieve.is_plain else _LOOKED_AT
            recalled = recall.find(sieve.words, near, most, quarantined=True)
            found = [one.episode for one in recalled]
            through = set(browser.ids(sieve, "newest", most, among=[e.id for e in found]))
            episodes = [episode for episode in found if episode.id in through][:limit]
        else:
            episodes = store.by_ids(browser.ids(sieve, "newest", limit))
        return _listing(episodes, f"Nothing is remembered about {query!r}.")


def _meaning(settings: Settings, words: str) -> NDArray[np.float32]:
    """What a text means; its process is started for it, which takes seconds."""
    from models.embed import EmbedderProcess

    embedder = EmbedderProcess(settings.embedder_source, settings.embedder_log_file)
    try:
        meant: NDArray[np.float32] = embedder.embed([words])[0]
        return meant
    finally:
        embedder.close()


def show(settings: Settings, episode_id: int) -> Outcome:
    """One episode with the parts of its novelty, the last choice, and how it is read now."""
    with Connections(settings.database_file) as connections:
        store, nights = EpisodeStore(connections), NightStore(connections)
        episode = existing(store, episode_id)
        before = store.before(episode)
        decision = nights.last_decisions([episode_id]).get(episode_id)
        replaced = [one for one in nights.replaced() if one.episode_id == episode_id]
    # Only here, for it loads the parser.
    from consolidation.understanding import understood

    reading = understood(episode, before, {one.fact for one in replaced})
    novelty = episode.novelty
    state = f"{episode.state}, pinned" if episode.pinned else episode.state
    lines = [
        f"Episode {episode.id}, {state}, {_local(episode)}, {_whence(episode)}",
        f"Novelty {novelty.score:.2f} (distance to the nearest memories "
        f"{novelty.embedding_novelty:.2f}, "
        f"{surprisal_words(novelty.surprisal_bits, ' a token')})",
        decision_words(decision),
        "",
        f"You:     {episode.user_text}",
        f"Reverie: {episode.assistant_text}",
        "",
        "How it is read now:",
        *(f"  {one.kind:<12}  {one.text}  ({one.reason})" for one in reading.utterances),
        *(
            [f"  kept out of every night: {withheld_words(reading.withheld)}"]
            * bool(reading.withheld)
        ),
        "",
        "What a night would teach of it:" if reading.facts else "A night finds no fact in it.",
        *(f"  {fact}" for fact in reading.facts),
        *(f"  no longer: {one.fact} Now: {one.by_fact}" for one in replaced),
    ]
    document = as_document(episode) | {
        "last_choice": _decision(decision) if decision else None,
        "utterances": [
            {"text": one.text, "kind": one.kind, "reason": one.reason, "told": one.is_fact}
            for one in reading.utterances
        ],
        "facts": list(reading.facts),
        "withheld": reading.withheld,
        "replaced": [asdict(one) for one in replaced],
    }
    return Outcome(document, "\n".join(lines))


def as_document(episode: Episode) -> dict[str, Any]:
    """An episode as JSON has it."""
    bits = episode.novelty.surprisal_bits
    return {
        "id": episode.id,
        "session_id": episode.session_id,
        "created_at": episode.created_at.isoformat(),
        "user_text": episode.user_text,
        "assistant_text": episode.assistant_text,
        "model_version": episode.model_version,
        "novelty": round(episode.novelty.score, 4),
        "embedding_novelty": round(episode.novelty.embedding_novelty, 4),
        "surprisal_bits": round(bits, 4) if bits is not None else None,
        "state": episode.state,
        "pinned": episode.pinned,
        "origin": episode.origin,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "night_id": decision.night_id,
        "taken": decision.taken,
        **choice_document(decision.choice),
    }


def _listing(episodes: Sequence[Episode], empty: str) -> Outcome:
    lines = [
        f"{episode.id:>5}  {_local(episode)}  {episode.novelty.score:.2f}  {episode.state:<11}  "
        f"{excerpt(f'[pinned] {episode.user_text}' if episode.pinned else episode.user_text, 72)}"
        for episode in episodes
    ]
    heading = f"{'id':>5}  {'time':<16}  new   {'state':<11}  you said"
    text = "\n".join([heading, *lines]) if lines else empty
    return Outcome([as_document(episode) for episode in episodes], text)


def existing(store: EpisodeStore, episode_id: int) -> Episode:
    """The episode of that number. Raises `UnknownEpisode`."""
    episode = store.get(episode_id)
    if episode is None:
        raise UnknownEpisode(f"there is no episode {episode_id}; see `reverie memory list`")
    return episode


def _whence(episode: Episode) -> str:
    if episode.origin == "chat":
        return f"model {episode.model_version}"
    return f"{episode.origin} from {episode.model_version}"


def _local(episode: Episode) -> str:
    return f"{episode.created_at.astimezone():%Y-%m-%d %H:%M}"


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[EpisodeStore, Browser, Steering]]:
    """What is remembered and what steers it; changes of more than a day ago become final."""
    with Connections(settings.database_file) as connections:
        store = EpisodeStore(connections)
        forget_overdue(settings, store, utc_now())
        yield store, Browser(connections), Steering(connections, utc_now)
