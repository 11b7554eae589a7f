"""Exchanges as they are read from files, before anything is stored. Pure; knows no format."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

from memory.episode import NoveltyScore, Origin
from memory.text import clean_text

_LONGEST_NAME = 120
_MILLISECONDS = 1e11
"""As seconds, this would be the year 5138."""


class Unreadable(ValueError):
    """A conversation, or a file, that is not what it should be; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    text: str
    at: datetime | None
    name: str
    """What names it in its conversation."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What somebody said elsewhere, and what was answered."""

    source: str
    session_id: str
    created_at: datetime
    user_text: str
    assistant_text: str
    answered_by: str
    origin: Origin = "import"
    novelty: NoveltyScore | None = None
    """As it was when it was exported; None where it was never scored."""
    muted: bool = False
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that is not brought in, and why."""

    what: str
    reason: str

    def __str__(self) -> str:
        return f"{self.what}: {self.reason}"


def short_hash(*parts: str) -> str:
    """A name for texts, the same every time."""
    return sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def source_name(*parts: str) -> str:
    """One name of several parts, of bounded length."""
    name = clean_text(":".join(parts))
    return name if len(name) <= _LONGEST_NAME else f"{parts[0]}:{short_hash(*parts)}"


def paired(
    turns: Iterable[Turn], *, kind: str, conversation: str, answered_by: str, began: datetime
) -> list[Exchange]:
    """Each message of the user with the answers up to the next one.

    A message without a time has that of the one before it, the first one that of the conversation.
    """
    found: list[Exchange] = []
    asked: Turn | None = None
    answers: list[str] = []
    at = began
    session_id = f"{kind}-{short_hash(conversation)[:16]}"

    def close() -> None:
        if asked is not None and asked.text.strip():
            source = source_name(kind, conversation, asked.name)
            reply = "\n\n".join(answers).strip()
            said = asked.text.strip()
            found.append(Exchange(source, session_id, at, said, reply, answered_by))

    for turn in turns:
        if turn.role == "user":
            close()
            asked, answers, at = turn, [], turn.at or at
        elif turn.text.strip():
            answers.append(turn.text.strip())
    close()
    return found


def moment(value: object) -> datetime | None:
    """A time as exports write it: seconds or milliseconds since 1970, or ISO text; None for none.

    Raises `Unreadable` on what is no time.
    """
    if value is None or value == "":
        return None
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / (1000 if value > _MILLISECONDS else 1), UTC)
        if isinstance(value, str):
            read = datetime.fromisoformat(value)
            return read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Unreadable(f"{str(value)[:40]!r} is no time") from error
    raise Unreadable(f"{str(value)[:40]!r} is no time")
