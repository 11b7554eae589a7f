"""`reverie memory`: review and steer what is remembered. Loads no chat model."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from assistant.settings import Settings
from consolidation.plain_words import decision_words, insisted_words, withheld_words
from memory.database import Connections
from memory.episode import Episode, EpisodeState
from memory.nights import NightStore
from memory.recall import Recall
from memory.records import Decision
from memory.store import EpisodeStore
from tui.cli import Outcome
from tui.commands.choices import choice_document


class UnknownEpisode(LookupError):
    """No episode has that number."""


def list_episodes(settings: Settings, limit: int, state: EpisodeState | None) -> Outcome:
    """The newest episodes."""
    with _store(settings) as store:
        return _listing(store.newest(limit, state=state), "Nothing is remembered yet.")


def search(settings: Settings, query: str, limit: int) -> Outcome:
    """Episodes whose words match, best first."""
    with _store(settings) as store:
        found = Recall(store).find(query, (), limit)
        return _listing([r.episode for r in found], f"Nothing is remembered about {query!r}.")


def show(settings: Settings, episode_id: int) -> Outcome:
    """One episode with the parts of its novelty, the last choice, and how it is read now."""
    with Connections(settings.database_file) as connections:
        store, nights = EpisodeStore(connections), NightStore(connections)
        episode = _existing(store, episode_id)
        before = store.before(episode)
        decision = nights.last_decisions([episode_id]).get(episode_id)
        replaced = [one for one in nights.replaced() if one.episode_id == episode_id]
    # Only here, for it loads the parser.
    from consolidation.understanding import understood

    reading = understood(episode, before, {one.fact for one in replaced})
    novelty = episode.novelty
    state = f"{episode.state}, pinned" if episode.pinned else episode.state
    lines = [
        f"Episode {episode.id}, {state}, {_local(episode)}, model {episode.model_version}",
        f"Novelty {novelty.score:.2f} (distance to the nearest memories "
        f"{novelty.embedding_novelty:.2f}, surprisal {novelty.surprisal_bits:.1f} bits a token)",
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


def set_muted(settings: Settings, episode_id: int, *, muted: bool) -> Outcome:
    """Keep an episode from training, or let it be trained again."""
    with _store(settings) as store:
        _existing(store, episode_id)
        store.set_state([episode_id], "muted" if muted else "waiting")
        episode = _existing(store, episode_id)
    said = "is kept, and never trained" if muted else "waits for the next night"
    return Outcome(as_document(episode), f"Episode {episode_id} {said}.")


def set_pinned(settings: Settings, episode_id: int, *, pinned: bool) -> Outcome:
    """Insist that an episode is trained, or leave it to the night again."""
    with _store(settings) as store:
        _existing(store, episode_id)
        store.set_pinned([episode_id], pinned)
        episode = _existing(store, episode_id)
    said = "is no longer pinned: the night decides"
    if pinned and episode.state == "learned":
        said = "is pinned; the weights know it already"
    elif pinned:
        said = "is pinned: the next night takes it, whatever it is"
    text = f"Episode {episode_id} {said}."
    secret = secret_in(episode) if pinned else ""
    if secret:
        text += f" {insisted_words(secret)}"
    return Outcome(as_document(episode) | {"secret": secret}, text)


def secret_in(episode: Episode) -> str:
    """What looks like a secret in what its owner wrote: "a card number"; empty for nothing."""
    from consolidation.confidential import in_words, secrets_in

    found = secrets_in(episode.user_text)
    return in_words(found) if found else ""


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
        "pinned": episode.pinned,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "night_id": decision.night_id,
        "taken": decision.taken,
        **choice_document(decision.choice),
    }


def _listing(episodes: Sequence[Episode], empty: str) -> Outcome:
    lines = [
        f"{episode.id:>5}  {_local(episode)}  {episode.novelty.score:.2f}  {episode.state:<7}  "
        f"{_short(f'[pinned] {episode.user_text}' if episode.pinned else episode.user_text)}"
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
