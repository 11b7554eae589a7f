"""A tool of a server, as one of ours: typed as texts, asked about, its words quoted."""

from assistant.servers.offer import Offer, as_text
from assistant.servers.server import ToolServer
from assistant.servers.typed import typed_arguments
from assistant.tools.base import Arguments, ToolCall, ToolRefused, ToolResult
from assistant.tools.quoting import shown
from memory.text import clean_text, excerpt
from models.base import JsonSchema

_ASKED_CHARACTERS, _LEAST_CHARACTERS = 600, 40
"""Of all arguments, and of each: a long one must not hide the others, nor the question itself."""
_REFUSAL_CHARACTERS = 300


class ServedTool:
    """Runs a server's tool. The server's name stands before its own: `files.read_file`."""

    def __init__(self, server: ToolServer, offer: Offer) -> None:
        self._server = server
        self._offer = offer
        self.name = f"{server.name}.{offer.name}"

    @property
    def does(self) -> str:
        return self._offer.says

    @property
    def schema(self) -> JsonSchema:
        return self._offer.schema

    @property
    def writes(self) -> bool:
        """A server's word that it only reads counts where its owner has said so."""
        return self._server.settings.writes or not self._offer.reads_only

    def call_of(self, line: str) -> ToolCall:
        """The call of a typed line. Raises `ToolRefused`."""
        return ToolCall(self.name, typed_arguments(self._offer.arguments, line))

    def intent(self, arguments: Arguments) -> str:
        """All that the server would be given: each argument on a line, its beginning if long."""
        values = self._offer.values(arguments)
        room = max(_LEAST_CHARACTERS, _ASKED_CHARACTERS // (len(values) or 1))
        lines = [f"{name}: {_asked(as_text(value), room)}" for name, value in values.items()]
        return "\n".join([f"Run {self.name}", *lines])

    def run(self, arguments: Arguments) -> ToolResult:
        said = self._server.call(self._offer.name, self._offer.values(arguments))
        text = clean_text(said.text).strip()
        if said.failed:
            words = excerpt(text, _REFUSAL_CHARACTERS) or "nothing"
            raise ToolRefused(f"{self.name} did not do it; the server says: “{words}”")
        if not text:
            return ToolResult(f"{self.name} is done, and says nothing.")
        told = f"{self.name} says:\n\n{shown(text)}"
        return ToolResult("", quoted=told, kept=f"I showed you what {self.name} says.")


def _asked(value: str, room: int) -> str:
    value = clean_text(value).replace("\n", " ⏎ ")
    left = len(value) - room
    return value if left <= 0 else f"{value[:room]}… ({left} more characters)"
