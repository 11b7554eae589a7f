"""What happened, told in the past tense. Workers post these; screens decide what follows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from textual.message import Message

from memory.episode import Episode
from memory.past import Past
from memory.records import Decision, NightReport
from tui.permission import Permission
from tui.reading_process import Reading

if TYPE_CHECKING:
    from assistant.tools.base import ToolRun
    from assistant.turn import TurnResult
    from memory.notebook import Reminder
    from models.registry import ModelVersion


class ModelWoke(Message, bubble=False):
    """The model is loaded and can answer."""

    def __init__(self, version: str) -> None:
        super().__init__()
        self.version = version


class ModelGaveWay(Message, bubble=False):
    """A live version failed, and one before it took over."""

    def __init__(self, told: str) -> None:
        super().__init__()
        self.told = told


class ModelFailed(Message, bubble=False):
    """The model could not be loaded or changed."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class PieceArrived(Message, bubble=False):
    """A piece of the reply of a turn."""

    def __init__(self, turn: int, piece: str) -> None:
        super().__init__()
        self.turn = turn
        self.piece = piece


class TurnEnded(Message, bubble=False):
    """A turn is over; its episode is stored unless it was private."""

    def __init__(self, turn: int, result: "TurnResult") -> None:
        super().__init__()
        self.turn = turn
        self.result = result


class TurnFailed(Message, bubble=False):
    """A turn ended with an error; what was said until then stays on screen."""

    def __init__(self, turn: int, error: Exception) -> None:
        super().__init__()
        self.turn = turn
        self.error = error


class WriteProposed(Message, bubble=False):
    """A tool of a turn is about to write, and waits for its owner's word."""

    def __init__(self, turn: int, permission: Permission) -> None:
        super().__init__()
        self.turn = turn
        self.permission = permission


class RunProposed(Message, bubble=False):
    """A tool of a server that was called by name waits for its owner's word."""

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission


class ToolAnswered(Message, bubble=False):
    """A tool that was called by name gave something."""

    def __init__(self, line: str, run: "ToolRun") -> None:
        super().__init__()
        self.line = line
        self.run = run


class ToolDeclined(Message, bubble=False):
    """A tool that was called by name could not do it."""

    def __init__(self, line: str, reason: str) -> None:
        super().__init__()
        self.line = line
        self.reason = reason


class ReminderRang(Message, bubble=False):
    """The moment of a reminder came; `late` when it is past, for the app was closed."""

    def __init__(self, reminder: "Reminder", *, late: bool) -> None:
        super().__init__()
        self.reminder = reminder
        self.late = late


class RolledBack(Message, bubble=False):
    """The version before is live again."""

    def __init__(self, version: str) -> None:
        super().__init__()
        self.version = version


class VersionsSeen(Message, bubble=False):
    """The versions of the live model's base were read, oldest first."""

    def __init__(self, versions: "Sequence[ModelVersion]", live: str) -> None:
        super().__init__()
        self.versions = versions
        self.live = live


class VersionChosen(Message, bubble=False):
    """The owner made a version the live one."""

    def __init__(self, version: str) -> None:
        super().__init__()
        self.version = version


class HomeSeen(Message, bubble=False):
    """How the home folder stands, for the status line."""

    def __init__(self, waiting: int, next_sleep: datetime | None, version: str) -> None:
        super().__init__()
        self.waiting = waiting
        self.next_sleep = next_sleep
        self.version = version


class NightSeen(Message, bubble=False):
    """A night is running, whoever started it."""

    def __init__(self, report: NightReport) -> None:
        super().__init__()
        self.report = report


class NightEnded(Message, bubble=False):
    """A night is over."""

    def __init__(self, report: NightReport) -> None:
        super().__init__()
        self.report = report


class NightNotStarted(Message, bubble=False):
    """A night's process ended and left no record."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class HomeUnreadable(Message, bubble=False):
    """The stores could not be read; the next look may succeed."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class NightAsked(Message):
    """The owner asked for a night now."""


class PlaceChosen(Message):
    """The owner chose where to go: a screen, some with a search; or to sleep."""

    def __init__(self, place: str, query: str = "") -> None:
        super().__init__()
        self.place = place
        self.query = query


class SessionChosen(Message):
    """The owner wants to go on with an earlier conversation."""

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self.session_id = session_id


class NightFellDue(Message, bubble=False):
    """The schedule started a night; `missed` when its moment is long past."""

    def __init__(self, sleep_date: date, *, missed: bool) -> None:
        super().__init__()
        self.sleep_date = sleep_date
        self.missed = missed


class NightSkipped(Message, bubble=False):
    """A night is due and waits; the schedule looks again every minute."""

    def __init__(self, sleep_date: date, reason: str) -> None:
        super().__init__()
        self.sleep_date = sleep_date
        self.reason = reason


class TurnStored(Message):
    """A turn is over, and the home folder may hold one more episode."""


class EpisodesFound(Message, bubble=False):
    """A look into the store, for a query and from a place on, is done."""

    def __init__(
        self,
        query: str,
        offset: int,
        episodes: Sequence[Episode],
        decisions: Mapping[int, Decision],
        *,
        has_more: bool = False,
    ) -> None:
        super().__init__()
        self.query = query
        self.offset = offset
        self.episodes = episodes
        self.decisions = decisions
        self.has_more = has_more


class EpisodeChanged(Message, bubble=False):
    """An episode has a new state."""

    def __init__(self, episode: Episode) -> None:
        super().__init__()
        self.episode = episode


class EpisodesForgotten(Message, bubble=False):
    """Episodes are gone."""

    def __init__(self, ids: Sequence[int]) -> None:
        super().__init__()
        self.ids = ids


class ChangeUndone(Message, bubble=False):
    """The last change was taken back, or there was none."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class EpisodeRead(Message, bubble=False):
    """What nights did with an episode was read, or how it is understood."""

    def __init__(self, episode_id: int, found: Past | Reading | str) -> None:
        super().__init__()
        self.episode_id = episode_id
        self.found = found
