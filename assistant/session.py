"""A session: the short-term history of one conversation. Stores nothing."""

import uuid
from collections.abc import Sequence

from models.base import Message


class Session:
    """The exchanges of one conversation, oldest first."""

    def __init__(self, session_id: str) -> None:
        self.session_id = session_id
        self._messages: list[Message] = []

    @classmethod
    def new(cls) -> "Session":
        """An empty session with an id of its own."""
        return cls(uuid.uuid4().hex)

    @property
    def messages(self) -> Sequence[Message]:
        return tuple(self._messages)

    def add(self, user_text: str, assistant_text: str) -> None:
        """Append an exchange."""
        self._messages += [Message("user", user_text), Message("assistant", assistant_text)]

    def drop_oldest(self) -> bool:
        """Forget the oldest exchange, to make room; False when there is none."""
        if not self._messages:
            return False
        del self._messages[:2]
        return True
