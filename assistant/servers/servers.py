"""All servers of the settings. None is started before one of its tools is asked for."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from assistant.servers.offer import Offer
from assistant.servers.server import ServerFailed, ToolServer
from assistant.servers.tool import ServedTool
from assistant.settings import ServerSettings
from assistant.tools.base import ToolRefused

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Served:
    """What one server offers, or why it does not."""

    server: str
    tools: tuple[ServedTool, ...] = ()
    unusable: tuple[Offer, ...] = ()
    problem: str = ""


class Servers:
    """Finds tools by their full names. Any thread may ask."""

    def __init__(self, settings: Mapping[str, ServerSettings]) -> None:
        self._servers = {name: ToolServer(name, one) for name, one in settings.items()}

    @property
    def names(self) -> Sequence[str]:
        return tuple(self._servers)

    def has(self, name: str) -> bool:
        """Whether a tool of this name would be a server's."""
        return name.partition(".")[0] in self._servers and "." in name

    def tool(self, name: str) -> ServedTool:
        """The tool `server.tool`; starts the server. Raises `ToolRefused`."""
        server, _, wanted = name.partition(".")
        offers = self._servers[server].offers()
        for offer in offers:
            if offer.name == wanted and not offer.unusable:
                return ServedTool(self._servers[server], offer)
            if offer.name == wanted:
                raise ToolRefused(f"{name} cannot be used: {offer.unusable}")
        known = ", ".join(offer.name for offer in offers if not offer.unusable) or "no tools"
        raise ToolRefused(f"the server {server} has no tool {wanted!r}; it has {known}")

    def served(self) -> tuple[Served, ...]:
        """What each server offers; starts them all."""
        return tuple(self._of_each(self._served))

    def close(self) -> None:
        """End them."""
        self._of_each(ToolServer.close)

    def _of_each(self, deed: Callable[[ToolServer], Result]) -> list[Result]:
        """All at once, for each may take seconds."""
        if not self._servers:
            return []
        with ThreadPoolExecutor(len(self._servers)) as pool:
            return list(pool.map(deed, self._servers.values()))

    def _served(self, server: ToolServer) -> Served:
        try:
            offers = server.offers()
        except ServerFailed as failure:
            return Served(server.name, problem=str(failure))
        tools = tuple(ServedTool(server, one) for one in offers if not one.unusable)
        return Served(server.name, tools, tuple(one for one in offers if one.unusable))
