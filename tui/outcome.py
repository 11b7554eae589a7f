"""What a command has to say, and the exit codes. Knows no command."""

from typing import Any

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


class Outcome:
    """What a command has to say: one JSON document, or the same in lines for people."""

    def __init__(self, document: Any, text: str, *, code: int = DONE) -> None:
        self.document = document
        self.text = text
        self.code = code
