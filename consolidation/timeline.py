"""The versions of the weights in time: whose child each is, how its night went. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consolidation.blind import Tally, tally
from consolidation.retention import Share, share_of
from memory.history import NightOutline
from memory.votes import Vote
from models.registry import ModelVersion

_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Entry:
    """One version, and how the night that made it was tested; nothing asked of a base."""

    version: ModelVersion
    live: bool
    on_trial: bool
    """Live, and yet to load and answer for the first time."""
    deep: bool
    learned: Share
    retained: Share
    general: Share
    votes: Tally
    """Blind ones, against its parent."""

    @property
    def state(self) -> str:
        """Such as "live"; empty for one that is kept."""
        if self.version.removed_at is not None:
            return "removed"
        if self.on_trial:
            return "on trial"
        return "live" if self.live else ""


def timeline(
    versions: Iterable[ModelVersion],
    champion: str,
    nights: Sequence[NightOutline],
    votes: Sequence[Vote] = (),
    *,
    on_trial: bool,
) -> list[Entry]:
    """An entry for each version, in the order given."""
    by_number = {night.id: night for night in nights}
    entries = []
    for version in versions:
        night = by_number.get(version.night_id) if version.night_id is not None else None
        live = version.name == champion
        entries.append(
            Entry(
                version,
                live,
                live and on_trial,
                bool(night and night.deep),
                share_of(night, "new"),
                share_of(night, "old"),
                share_of(night, "general"),
                tally(votes, version.name, version.parent or version.name),
            )
        )
    return entries


def share_words(share: Share) -> str:
    """Such as "11/12"."""
    return f"{share.right}/{share.asked}" if share.asked else _NOTHING


def entry_words(entry: Entry) -> str:
    """One version in a few sentences."""
    version = entry.version
    size = f"{version.gguf_size_bytes / 1e6:.0f} MB"
    if version.parent is None:
        return f"{version.name}: the frozen base, {size}. Every version is made from it."
    night = "A deep sleep trained it afresh" if entry.deep else f"It goes on from {version.parent}"
    words = [f"{version.name}, {size}.", f"{night} (night {version.night_id})."]
    tested = [
        f"{share.right} of {share.asked} {what}"
        for share, what in (
            (entry.learned, "new facts"),
            (entry.retained, "older facts"),
            (entry.general, "general questions"),
        )
        if share.asked
    ]
    if tested:
        words.append(f"Right when it was tested: {', '.join(tested)}.")
    if entry.votes.words:
        words.append(f"In your blind votes against {version.parent}: {entry.votes.words}.")
    if version.removed_at is not None:
        words.append("Its files were removed to save room: it cannot be made live again.")
    if entry.on_trial:
        words.append("It has yet to answer for the first time.")
    return " ".join(words)
