"""A conversation as a file for people (Markdown) or programs (JSON)."""

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from memory.episode import Episode
from memory.sessions import SessionSummary

FORMATS = {"md": ".md", "json": ".json"}
_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
_NAME_CHARACTERS = 40


def as_markdown(session: SessionSummary, history: Sequence[Episode]) -> str:
    """Readable as it is; what was said stands unchanged, quoted where the owner said it."""
    lines = [f"# {session.title}", ""]
    for episode in history:
        moment = f"{episode.created_at.astimezone():%Y-%m-%d %H:%M}"
        lines += [f"**You** · {moment}", ""]
        lines += [f"> {line}".rstrip() for line in episode.user_text.splitlines()]
        lines += ["", f"**Reverie** · {episode.model_version}", ""]
        lines += [episode.assistant_text or "(stopped before it answered)", ""]
    return "\n".join(lines)


def as_document(session: SessionSummary, history: Sequence[Episode]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "id": session.id,
        "title": session.title,
        "forked_from": session.forked_from,
        "exchanges": [
            {
                "episode_id": episode.id,
                "created_at": episode.created_at.isoformat(),
                "user_text": episode.user_text,
                "assistant_text": episode.assistant_text,
                "model_version": episode.model_version,
                "state": episode.state,
            }
            for episode in history
        ],
    }


def exported(session: SessionSummary, history: Sequence[Episode], form: str) -> str:
    """The text of a file in one of `FORMATS`."""
    if form == "json":
        return json.dumps(as_document(session, history), ensure_ascii=False, indent=2) + "\n"
    return as_markdown(session, history)


def form_of(argument: str) -> tuple[str, str]:
    """What followed `/export`: a form, and a file or nothing. A file's ending is a form, too."""
    first, _, rest = argument.strip().partition(" ")
    if first in FORMATS:
        return first, rest.strip()
    return ("json" if argument.strip().endswith(".json") else "md"), argument.strip()


def default_file(home: Path, session: SessionSummary, form: str) -> Path:
    """A name of its own in the folder for exports: the title, and the day."""
    title = re.sub(r"[^\w]+", "-", session.title.casefold()).strip("-")[:_NAME_CHARACTERS]
    name = f"{title or 'conversation'}-{session.last_at.astimezone():%Y-%m-%d}"
    folder, end = home / "exports", FORMATS[form]
    file, number = folder / f"{name}{end}", 2
    while file.exists():
        file, number = folder / f"{name}-{number}{end}", number + 1
    return file


def write_private(file: Path, text: str) -> None:
    """A new file that its owner alone can read. Raises `OSError`, also where there is one."""
    file.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
