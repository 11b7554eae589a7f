"""`reverie memory`: review and steer what is remembered. Loads no chat model."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from assistant.settings import Settings
from memory.database import Connections
from memory.episode import Episode, EpisodeState
from memory.recall import Recall
from memory.store import EpisodeStore
from tui.cli import Outcome


class UnknownEpisode(LookupError):
    """No episode has that number."""


def list_episodes(settings: Settings, limit: int, state: EpisodeState | None) -> Outcome:
    """The newest episodes."""
    with _store(settings) as store:
        return _listing(store.newest(limit, state=state), "Nothing is remembered yet.")


def search(settings: Settings, query: str, limit: int) -> Outcome:
    """Episodes whose words match, best first."""
    with _store(settings) as store:
        found = Recall(store).find(query, None, limit)
        return _listing([r.episode for r in found], f"Nothing is remembered about {query!r}.")


def show(settings: Settings, episode_id: int) -> Outcome:
    """One episode with the parts of its novelty."""
    with _store(settings) as store:
        episode = _existing(store, episode_id)
    novelty = episode.novelty
    lines = [
        f"Episode {episode.id}, {episode.state}, {_local(episode)}, model {episode.model_version}",
        f"Novelty {novelty.score:.2f} (distance to the nearest memories "
        f"{novelty.embedding_novelty:.2f}, surprisal {novelty.surprisal_bits:.1f} bits a token)",
        "",
        f"You:     {episode.user_text}",
        f"Reverie: {episode.assistant_text}",
    ]
    return Outcome(as_document(episode), "\n".join(lines))


def set_muted(settings: Settings, episode_id: int, *, muted: bool) -> Outcome:
    """Keep an episode from training, or let it be trained again."""
    with _store(settings) as store:
        _existing(store, episode_id)
        store.set_state([episode_id], "muted" if muted else "waiting")
        episode = _existing(store, episode_id)
    said = "is kept, and never trained" if muted else "waits for the next night"
    return Outcome(as_document(episode), f"Episode {episode_id} {said}.")


def forget(settings: Settings, episode_id: int) -> Outcome:
    """Remove an episode and everything made from it."""
    with _store(settings) as store:
        was_learned = _existing(store, episode_id).state == "learned"
        store.forget(episode_id)
    text = f"Episode {episode_id} is forgotten."
    if was_learned:
        text += " The weights still know it, until `reverie sleep --deep` trains without it."
    return Outcome({"forgotten": episode_id, "weights_know": was_learned}, text)


def as_document(episode: Episode) -> dict[str, Any]:
    """An episode as JSON has it."""
    return {
        "id": episode.id,
        "session_id": episode.session_id,
        "created_at": episode.created_at.isoformat(),
        "user_text": episode.user_text,
        "assistant_text": episode.assistant_text,
        "model_version": episode.model_version,
        "novelty": round(episode.novelty.score, 4),
        "embedding_novelty": round(episode.novelty.embedding_novelty, 4),
        "surprisal_bits": round(episode.novelty.surprisal_bits, 4),
        "state": episode.state,
    }


def _listing(episodes: Sequence[Episode], empty: str) -> Outcome:
    lines = [
        f"{episode.id:>5}  {_local(episode)}  {episode.novelty.score:.2f}  {episode.state:<7}  "
        f"{_short(episode.user_text)}"
        for episode in episodes
    ]
    heading = f"{'id':>5}  {'time':<16}  new   {'state':<7}  you said"
    text = "\n".join([heading, *lines]) if lines else empty
    return Outcome([as_document(episode) for episode in episodes], text)


def _existing(store: EpisodeStore, episode_id: int) -> Episode:
    episode = store.get(episode_id)
    if episode is None:
        raise UnknownEpisode(f"there is no episode {episode_id}; see `reverie memory list`")
    return episode


def _local(episode: Episode) -> str:
    return f"{episode.created_at.astimezone():%Y-%m-%d %H:%M}"


def _short(text: str, width: int = 72) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"


@contextmanager
def _store(settings: Settings) -> Iterator[EpisodeStore]:
    with Connections(settings.database_file) as connections:
        yield EpisodeStore(connections)
