"""What the nights did with one episode, and whether the weights knew it when last asked. Reads."""

from dataclasses import dataclass

from memory.database import Connections
from memory.records import Dream, Probe
from memory.reports import DREAMS, PROBES, dream_of, result_of

_OF_EPISODE = """{} WHERE id IN (SELECT {}_id FROM {}_source WHERE episode_id = ?)
    AND night_id IN (SELECT id FROM night WHERE status = 'promoted') ORDER BY id"""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question about an episode, and how the weights answered it when last asked."""

    probe: Probe
    answer: str
    right: bool
    night_id: int


@dataclass(frozen=True, slots=True)
class Past:
    """One episode in the promoted nights, oldest first."""

    nights: tuple[int, ...]
    """Those that trained it."""
    dreams: tuple[Dream, ...]
    """Each once."""
    answered: tuple[Answered, ...]
    """The last answer to each question."""


def past_of(connections: Connections, episode_id: int) -> Past:
    """What promoted nights did with an episode. Raises `DatabaseUnusable`."""
    with connections.reading() as db:
        dreams = list(db.query(_OF_EPISODE.format(DREAMS, "dream", "dream"), [episode_id]))
        probes = list(db.query(_OF_EPISODE.format(PROBES, "probe", "probe"), [episode_id]))
    distinct = {dream.key: dream for dream in map(dream_of, dreams)}
    answered: dict[str, Answered] = {}
    for row in probes:
        found = result_of(row)
        last = Answered(found.probe, found.after_answer, found.after_right, row["night_id"])
        answered[found.probe.question] = last
    nights = dict.fromkeys(row["night_id"] for row in dreams)
    return Past(tuple(nights), tuple(distinct.values()), tuple(answered.values()))
