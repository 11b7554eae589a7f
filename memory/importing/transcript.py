"""Plain texts: conversations with names before what was said, and notes. Pure.

A text in which both sides are named is a conversation ("You: …", "## Assistant"). Every other text
is notes: each paragraph is what its owner said, and nobody answered.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Literal

from memory.importing.exchange import Exchange, Turn, paired, short_hash

_USERS = "you|user|human|me|owner"
_ASSISTANTS = "assistant|ai|bot|model|chatgpt|gpt|claude|gemini|copilot|llama|mistral|reverie"
_NAME = rf"(?P<name>{_USERS}|{_ASSISTANTS})"
_SPOKEN = re.compile(
    rf"(?:#{{1,6}} +)?[*_]{{0,3}}{_NAME}[*_]{{0,3}}(?: \([^()\n]{{1,80}}\))?[*_]{{0,3}} ?:"
    r"[*_]{0,3}(?P<said>.*)",
    re.IGNORECASE,
)
_HEADED = re.compile(rf"(?:#{{1,6}} +[*_]{{0,3}}|[*_]{{2,3}}){_NAME}[*_]{{0,3}}\s*", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_NO_WORDS = re.compile(r"#{1,6} .*|[-*_=~`]{3,}.*|[\W_]*")
_LIST_MARK = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")


def read_text(text: str, name: str, seen_at: datetime) -> list[Exchange]:
    """The exchanges of a file of that name, all of the moment `seen_at`."""
    turns = list(_turns(text))
    if {turn.role for turn in turns} == {"user", "assistant"}:
        kind, answered_by = "transcript", "a transcript"
    else:
        kind, answered_by = "notes", "notes"
        turns = [Turn("user", one, None, "") for one in _paragraphs(text)]
    told = paired(turns, kind=kind, conversation=name, answered_by=answered_by, began=seen_at)
    return [_named(one, kind, nth) for one, nth in _counted(told)]


def _turns(text: str) -> Iterator[Turn]:
    role: Literal["user", "assistant"] | None = None
    lines: list[str] = []
    for line in text.split("\n"):
        found = _SPOKEN.fullmatch(line.strip()) or _HEADED.fullmatch(line.strip())
        if found is None:
            lines.append(line)
            continue
        if role is not None:
            yield Turn(role, "\n".join(lines), None, "")
        role = "user" if re.fullmatch(_USERS, found["name"], re.IGNORECASE) else "assistant"
        lines = [found.groupdict().get("said") or ""]
    if role is not None:
        yield Turn(role, "\n".join(lines), None, "")


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs with words in them; headings, rules and the marks of lists are left out."""
    for paragraph in _PARAGRAPHS.split(text):
        lines = [line for line in paragraph.split("\n") if not _NO_WORDS.fullmatch(line.strip())]
        said = "\n".join(_LIST_MARK.sub("", line).strip() for line in lines)
        if said:
            yield said


def _counted(told: list[Exchange]) -> Iterator[tuple[Exchange, int]]:
    seen: Counter[tuple[str, str]] = Counter()
    for one in told:
        said = one.user_text, one.assistant_text
        yield one, seen[said]
        seen[said] += 1


def _named(one: Exchange, kind: str, nth: int) -> Exchange:
    """Named by what was said, so that a file that grew, or moved, brings only what is new."""
    source = f"{kind}:{short_hash(one.user_text, one.assistant_text)}:{nth}"
    return replace(one, source=source, origin="file")
