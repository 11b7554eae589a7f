"""Episodes as Markdown, to be read by their owner. Pure.

JSON, which `memory import` reads back without loss, is `memory.importing.own`.
"""

from collections.abc import Sequence
from itertools import groupby

from memory.episode import Episode


def as_markdown(episodes: Sequence[Episode]) -> str:
    """Episodes, oldest first, under a heading for each session. Times are local."""
    parts = ["# What Reverie remembers", f"{len(episodes)} episodes."]
    if len(episodes) == 1:
        parts[1] = "1 episode."
    for _, session in groupby(episodes, key=lambda one: one.session_id):
        said = list(session)
        parts.append(f"## {said[0].created_at.astimezone():%A %d %B %Y, %H:%M}")
        for one in said:
            marks = [f"episode {one.id}", one.state]
            marks += ["pinned"] if one.pinned else []
            marks += [f"from {one.origin}"] if one.origin != "chat" else []
            parts.append(f"**You** ({', '.join(marks)}):")
            parts.append(one.user_text)
            if one.assistant_text:
                parts += ["**Reverie**:", one.assistant_text]
    return "\n\n".join(parts) + "\n"
