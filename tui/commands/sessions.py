"""`reverie sessions`: the conversations. Loads no model."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.clock import utc_now
from assistant.settings import Settings
from consolidation import forgetting
from memory.database import Connections
from memory.sessions import SessionStore, SessionSummary
from memory.steering import Steering
from memory.store import EpisodeStore
from tui.outcome import Outcome
from tui.session_text import as_document, as_markdown, exported, form_of, write_private

_ID_LETTERS = 8


class UnknownSession(LookupError):
    """No conversation, or more than one, has an id that begins so."""


def list_sessions(settings: Settings, query: str, limit: int) -> Outcome:
    """The conversations, newest first."""
    with _sessions(settings) as sessions:
        found = sessions.listed(query, limit)
    lines = [
        f"{one.id[:_ID_LETTERS]}  {one.last_at.astimezone():%Y-%m-%d %H:%M}  "
        f"{one.exchanges:>4}  {one.title}"
        for one in found
    ]
    empty = f"No conversation has {query!r} in it." if query else "No conversation yet."
    heading = f"{'id':<{_ID_LETTERS}}  {'last':<16}  said  title"
    return Outcome(
        [_document(one) for one in found], "\n".join([heading, *lines] if lines else [empty])
    )


def show(settings: Settings, letters: str) -> Outcome:
    """One conversation, whole."""
    with _sessions(settings) as sessions:
        one = _known(sessions, letters)
        history = sessions.history(one.id)
    return Outcome(as_document(one, history), as_markdown(one, history))


def rename(settings: Settings, letters: str, title: str) -> Outcome:
    """Give a title; an empty one leaves it to the first message."""
    with _sessions(settings) as sessions:
        one = _known(sessions, letters)
        sessions.rename(one.id, title)
        renamed = _known(sessions, one.id)
    return Outcome(_document(renamed), f"It is called “{renamed.title}”.")


def forget(settings: Settings, letters: str) -> Outcome:
    """Remove a conversation with every episode of it."""
    with _sessions(settings) as sessions:
        one = _known(sessions, letters)
        ids = sessions.ids(one.id)
    with Connections(settings.database_file) as connections:
        forgetting.forget(settings, Steering(connections, utc_now), ids)
    said = f"“{one.title}” is forgotten: {len(ids)} episodes; `reverie memory undo` within a day "
    return Outcome(
        {"forgotten": ids},
        said + "takes it back. What a night taught, the weights keep until `reverie sleep --deep`.",
    )


def export(settings: Settings, letters: str, out: Path) -> Outcome:
    """Write a conversation into a new file, as Markdown or, by its name, JSON."""
    with _sessions(settings) as sessions:
        one = _known(sessions, letters)
        history = sessions.history(one.id)
    form, _ = form_of(str(out))
    write_private(out.expanduser(), exported(one, history, form))
    return Outcome({"file": str(out), "exchanges": len(history)}, f"Written to {out}.")


def _known(sessions: SessionStore, letters: str) -> SessionSummary:
    found = sessions.starting_with(letters)
    if len(found) != 1:
        problem = "no conversation has" if not found else "more than one conversation has"
        raise UnknownSession(
            f"{problem} an id that begins with {letters!r}; see `reverie sessions list`"
        )
    return found[0]


def _document(one: SessionSummary) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "exchanges": one.exchanges,
        "last_at": one.last_at.isoformat(),
        "forked_from": one.forked_from,
    }


@contextmanager
def _sessions(settings: Settings) -> Iterator[SessionStore]:
    with Connections(settings.database_file) as connections:
        yield SessionStore(connections, EpisodeStore(connections))
