"""What is said of a change that was taken back, in the app and on the command line. Pure."""

from collections.abc import Sequence

from memory.episode import Episode
from memory.steering import Undone


def undone_words(undone: Undone, episodes: Sequence[Episode]) -> str:
    """One sentence; `episodes` are those of it that are stored now."""
    ids = undone.episode_ids
    who = f"Episode {ids[0]}" if len(ids) == 1 else f"{len(ids)} episodes"
    are = "is" if len(ids) == 1 else "are"
    match undone.what:
        case "import":
            return f"The import is undone: {who} of it {are} gone for good."
        case "forget":
            return f"{who} {are} remembered again."
        case "edit":
            return f"{who} has its old words again."
        case "approve":
            return f"{who} {are} quarantined again."
    states = {one.state + (", pinned" if one.pinned else "") for one in episodes}
    return f"The last {undone.what} is undone: {who} {are} {' or '.join(sorted(states))} again."
