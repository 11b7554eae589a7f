"""A question that a thread waits for: whether its owner agrees."""

import threading
from collections.abc import Callable

_LOOK_S = 0.05


class Permission:
    """What a tool would write or do, and the owner's answer, which it waits for."""

    def __init__(self, intent: str) -> None:
        self.intent = intent
        self._agreed = False
        self._answered = threading.Event()

    def answer(self, agrees: bool) -> None:
        """What the owner said."""
        self._agreed = agrees
        self._answered.set()

    def wait(self, stopped: Callable[[], bool]) -> bool:
        """Whether it may be written; not if the turn is stopped meanwhile."""
        while not self._answered.wait(_LOOK_S):
            if stopped():
                return False
        return self._agreed
