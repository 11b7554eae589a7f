"""The longer texts of the memory screen. Pure."""

from collections.abc import Sequence

from memory.episode import Episode

PLACEHOLDER = "Search · state:learned is:pinned person:Anna place:Oban since:2026-03-01 until:…"
READING = "Reading it… this takes a few seconds."
KEPT_BY_WEIGHTS = "No later night repeats it. The weights keep it until a deep sleep."
_CONSEQUENCE = (
    "This removes the exchange, its place in the search, and every dream and probe made from it. "
    "Undo (u) brings it back for 24 hours, or until the next night; then nothing of it is left."
    "\n\n"
)
_STILL_IN_WEIGHTS = (
    "A night taught it to the model: the weights keep it until a deep sleep trains them anew."
)
QUARANTINED = "It is quarantined, and used for nothing: approve it first (a)."
NOTHING_TO_UNDO = "There is nothing to undo: a change can be undone until the next night."
_NOT_IN_WEIGHTS = "No promoted night has taught it to the model."


def forget_question(chosen: Sequence[Episode]) -> tuple[str, str]:
    """The question before forgetting, and what it means."""
    what = f"these {len(chosen)} episodes" if len(chosen) > 1 else f"episode {chosen[0].id}"
    learned = any(episode.state == "learned" for episode in chosen)
    return f"Forget {what}?", _CONSEQUENCE + (_STILL_IN_WEIGHTS if learned else _NOT_IN_WEIGHTS)


def forgotten_words(ids: Sequence[int]) -> str:
    """After it."""
    what = f"{len(ids)} episodes are" if len(ids) > 1 else f"Episode {ids[0]} is"
    return f"{what} forgotten. Press u to undo."
