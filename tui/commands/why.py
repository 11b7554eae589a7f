"""`reverie memory why`: what a reply rests on."""

from typing import Any

from assistant.settings import Settings
from consolidation.why import Why, nights_words, recalled_words, related_words, why
from memory.database import Connections
from memory.history import History
from memory.store import EpisodeStore
from memory.text import excerpt
from tui.commands.memory import UnknownEpisode
from tui.outcome import Outcome


def explain(settings: Settings, episode_id: int | None) -> Outcome:
    """What was recalled for a reply, the last where none is named, and which nights are near."""
    with Connections(settings.database_file) as connections:
        store = EpisodeStore(connections)
        if episode_id is None:
            newest = store.newest(1)
            if not newest:
                raise UnknownEpisode("nothing is remembered yet; say something first")
            episode_id = newest[0].id
        found = why(store, History(connections), episode_id)
    return Outcome(_document(found), "\n".join(_lines(found)))


def _lines(found: Why) -> list[str]:
    return [
        f"You:     {found.episode.user_text}",
        f"Reverie: {found.episode.assistant_text}",
        "",
        recalled_words(found),
        *(
            f"  {one.score:.4f}  {one.episode.id:>5}  {excerpt(one.episode.user_text, 72)}"
            for one in found.recalled
        ),
        "",
        *(
            f"  {one.cosine:.2f}  {one.episode.id:>5}  {excerpt(one.episode.user_text, 72)}  "
            f"({nights_words(one.nights)})"
            for one in found.related
        ),
        related_words(found),
    ]


def _document(found: Why) -> dict[str, Any]:
    """`related` is a correlation; `recalled` is what happened."""
    return {
        "episode_id": found.episode.id,
        "model_version": found.episode.model_version,
        "recalled": [
            {
                "episode_id": one.episode.id,
                "user_text": one.episode.user_text,
                "score": round(one.score, 6),
            }
            for one in found.recalled
        ],
        "related": [
            {
                "episode_id": one.episode.id,
                "user_text": one.episode.user_text,
                "cosine": round(one.cosine, 4),
                "nights": list(one.nights),
            }
            for one in found.related
        ],
    }
