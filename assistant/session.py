"""A session: the short-term history of one conversation. Stores nothing."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.repeats import without_repeats
from memory.episode import Episode
from memory.sessions import Voice
from models.base import Message

_LOOKED_BACK = 50


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was said and answered; `episode_id` is None where it is stored nowhere."""

    user_text: str
    assistant_text: str
    episode_id: int | None = None


class Session:
    """The exchanges of one conversation, oldest first, and how it is answered."""

    def __init__(
        self, session_id: str, exchanges: Iterable[Exchange] = (), voice: Voice | None = None
    ) -> None:
        self.session_id = session_id
        self.voice = voice or Voice()
        self._exchanges = list(exchanges)

    @classmethod
    def new(cls, voice: Voice | None = None) -> "Session":
        """An empty session with an id of its own."""
        return cls(uuid.uuid4().hex, voice=voice)

    @classmethod
    def resumed(
        cls, session_id: str, episodes: Sequence[Episode], voice: Voice, most_characters: int
    ) -> "Session":
        """A stored conversation, taken up again: its latest exchanges, as many as have room.

        What is in quarantine is in no prompt.
        """
        exchanges: list[Exchange] = []
        for episode in reversed([e for e in episodes if e.state != "quarantined"]):
            most_characters -= len(episode.user_text) + len(episode.assistant_text)
            if exchanges and most_characters < 0:
                break
            exchanges.append(Exchange(episode.user_text, episode.assistant_text, episode.id))
        return cls(session_id, reversed(exchanges), voice)

    @property
    def exchanges(self) -> Sequence[Exchange]:
        return tuple(self._exchanges)

    def latest(self, count: int) -> Sequence[Message]:
        """The messages of the latest `count` exchanges as they stand before the next; -1 for all.

        What a reply only repeats is left out, and an exchange of whose reply nothing is left.
        """
        recent = self._exchanges if count < 0 else self._exchanges[-max(count, _LOOKED_BACK) :]
        replies = without_repeats([one.assistant_text for one in recent])
        begin = max(0, len(recent) - count) if count >= 0 else 0
        return tuple(
            message
            for one, reply in list(zip(recent, replies, strict=True))[begin:]
            if reply or not one.assistant_text
            for message in (Message("user", one.user_text), Message("assistant", reply))
        )

    @property
    def recent(self) -> Sequence[Exchange]:
        """The exchanges in which it is looked for what a reply repeats."""
        return self._exchanges[-_LOOKED_BACK:]

    def add(self, user_text: str, assistant_text: str, episode_id: int | None = None) -> None:
        """Append an exchange."""
        self._exchanges.append(Exchange(user_text, assistant_text, episode_id))

    def drop_oldest(self) -> bool:
        """Forget the oldest exchange, to make room; False when there is none."""
        if not self._exchanges:
            return False
        del self._exchanges[0]
        return True

    def before(self, episode_id: int) -> "Session":
        """The conversation as it was before an exchange."""
        ids = [one.episode_id for one in self._exchanges]
        # One that was dropped to make room came before all that are left.
        kept = self._exchanges[: ids.index(episode_id)] if episode_id in ids else []
        return Session(self.session_id, kept, self.voice)

    def without_latest(self, count: int) -> "Session":
        """The conversation without its latest exchanges."""
        kept = self._exchanges[: max(0, len(self._exchanges) - count)]
        return Session(self.session_id, kept, self.voice)

    def through(self, episode_id: int, new_id: str) -> "Session":
        """Another conversation that begins as this one did, up to and with an exchange."""
        ids = [one.episode_id for one in self._exchanges]
        end = ids.index(episode_id) + 1 if episode_id in ids else 0
        return Session(new_id, self._exchanges[:end], self.voice)
