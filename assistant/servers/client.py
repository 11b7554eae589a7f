"""The client's end of MCP, on the pipes of a process. The only import of `mcp`.

A server can ask nothing of us: no sampling, no questions to the owner, no folders. Its schemas of
results are not looked at, since a pattern in one can keep a regular expression busy for ever.
"""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Self

from mcp import Client, MCPError, types
from mcp.client.stdio import get_default_environment
from mcp.shared.message import SessionMessage
from mcp.types.jsonrpc import jsonrpc_message_adapter

from assistant.servers.offer import Offer, as_text, offered
from assistant.servers.process import Flooded, ServerProcess

_MOST_TOOLS = 200
_MOST_PAGES = 20


@dataclass(frozen=True, slots=True)
class Said:
    """What a tool of a server gave: somebody else's words."""

    text: str
    failed: bool


class Connection:
    """A server that has introduced itself."""

    def __init__(self, client: Client, process: ServerProcess) -> None:
        self._client = client
        self._process = process

    async def offers(self) -> tuple[Offer, ...]:
        """Its tools, the first few hundred."""
        found: list[Offer] = []
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            params = types.PaginatedRequestParams(cursor=cursor)
            page = await self._client.session.list_tools(params=params)
            found += [_offer(tool) for tool in page.tools[:_MOST_TOOLS]]
            cursor = page.next_cursor
            if not cursor or len(found) >= _MOST_TOOLS:
                break
        by_name = {offer.name: offer for offer in found[:_MOST_TOOLS]}
        return tuple(by_name.values())

    async def call(self, name: str, arguments: Mapping[str, Any]) -> Said:
        """Run a tool of its."""
        self._process.expect()
        request = types.CallToolRequest(
            params=types.CallToolRequestParams(name=name, arguments=dict(arguments))
        )
        try:
            result = await self._client.session.send_request(request, types.CallToolResult)
        except MCPError as refusal:
            if refusal.code == types.CONNECTION_CLOSED:
                raise
            return Said(str(refusal), failed=True)
        texts = [_text_of(block) for block in result.content]
        if not texts and result.structured_content is not None:
            texts = [as_text(result.structured_content)]
        return Said("\n".join(texts), result.is_error)


@asynccontextmanager
async def connected(process: ServerProcess) -> AsyncIterator[Connection]:
    """Shake hands with a server."""
    log = logging.getLogger("mcp")
    if not log.handlers:  # else it writes on the terminal
        log.addHandler(logging.NullHandler())
    async with Client(_Pipes(process)) as client:
        yield Connection(client, process)


def environment() -> dict[str, str]:
    """What a server is told of ours: where programs and the owner's home are, and no secrets."""
    return dict(get_default_environment())


class _Stream:
    """What both streams of a transport are. The process is ended by who started it."""

    def __init__(self, process: ServerProcess) -> None:
        self._process = process

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def aclose(self) -> None:
        return None


class _Heard(_Stream):
    """Messages of the server. What is none is left out, and remembered for the reason."""

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage:
        while True:
            try:
                line = await self._process.line()
            except Flooded:
                raise StopAsyncIteration from None
            if not line:
                raise StopAsyncIteration
            try:
                return SessionMessage(jsonrpc_message_adapter.validate_json(line, by_name=False))
            except ValueError:
                self._process.blame(line)

    async def receive(self) -> SessionMessage:
        try:
            return await self.__anext__()
        except StopAsyncIteration:
            raise EOFError from None


class _Spoken(_Stream):
    """Messages to the server."""

    async def send(self, message: SessionMessage) -> None:
        said = message.message.model_dump_json(by_alias=True, exclude_unset=True)
        with suppress(ConnectionError):  # it is gone, as the other stream will tell
            await self._process.send(said.encode() + b"\n")


class _Pipes:
    """The transport."""

    def __init__(self, process: ServerProcess) -> None:
        self._streams = _Heard(process), _Spoken(process)

    async def __aenter__(self) -> tuple[_Heard, _Spoken]:
        return self._streams

    async def __aexit__(self, *_: object) -> None:
        return None


def _offer(tool: types.Tool) -> Offer:
    claims = tool.annotations is not None and tool.annotations.read_only_hint is True
    return offered(tool.name, tool.description or "", tool.input_schema, reads_only=claims)


def _text_of(block: Any) -> str:
    match block:
        case types.TextContent():
            return str(block.text)
        case types.EmbeddedResource(resource=types.TextResourceContents() as resource):
            return str(resource.text)
        case types.ResourceLink():
            return f"({block.uri})"
    return f"(what is no text is not shown: {block.type})"
