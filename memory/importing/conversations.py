"""Conversations of other assistants: ChatGPT's, Claude's and Open WebUI's exports. Pure.

Each reader takes one conversation as JSON has it, and gives the exchanges on the branch that its
owner sees. What is hidden, and what systems and tools say, is left out; of messages in several
parts the text is taken.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from memory.importing.exchange import Exchange, Turn, Unreadable, moment, paired

Item = Mapping[str, Any]
_SPEAKERS: dict[str, Literal["user", "assistant"]] = {
    "user": "user",
    "human": "user",
    "assistant": "assistant",
}
_TEXT_KINDS = ("text", "multimodal_text")


def read_conversation(item: object, seen_at: datetime) -> list[Exchange]:
    """The exchanges of one conversation; `seen_at` is its time where it tells none.

    Raises `Unreadable` on what is no conversation that is known here.
    """
    if isinstance(item, Mapping):
        for mark, read in _READERS.items():
            if mark in item:
                try:
                    return read(item, seen_at)
                except (KeyError, TypeError, AttributeError, IndexError) as error:
                    raise Unreadable("it is not laid out as such exports are") from error
    raise Unreadable("it is no conversation of ChatGPT, Claude or Open WebUI")


def title_of(item: object) -> str:
    """What a conversation is called; empty where it has no title."""
    if not isinstance(item, Mapping):
        return ""
    title = item.get("title") or item.get("name") or ""
    return title if isinstance(title, str) else ""


def _chatgpt(item: Item, seen_at: datetime) -> list[Exchange]:
    nodes: Mapping[str, Item] = item["mapping"]
    turns = []
    for key in _branch(nodes, item.get("current_node") or _newest_leaf(nodes), "parent"):
        message = nodes[key].get("message")
        role = _SPEAKERS.get(message["author"]["role"]) if message else None
        if not message or role is None or not _is_shown(message):
            continue
        at = moment(message.get("create_time"))
        turns.append(Turn(role, _parts_text(message["content"]), at, message.get("id") or key))
    return paired(
        turns,
        kind="chatgpt",
        conversation=_name(item, "conversation_id", "id"),
        answered_by="ChatGPT",
        began=moment(item.get("create_time")) or seen_at,
    )


def _is_shown(message: Item) -> bool:
    metadata = message.get("metadata") or {}
    hidden = metadata.get("is_visually_hidden_from_conversation") or metadata.get(
        "is_user_system_message"
    )
    to_a_tool = message.get("recipient") not in (None, "all")
    return not hidden and not to_a_tool and message["content"]["content_type"] in _TEXT_KINDS


def _parts_text(content: Item) -> str:
    return _joined(content.get("parts") or [content.get("text")])


def _newest_leaf(nodes: Mapping[str, Item]) -> str:
    leaves = [key for key, node in nodes.items() if not node.get("children")]
    if not leaves:
        raise Unreadable("it has no last message")
    return max(leaves, key=lambda key: (nodes[key].get("message") or {}).get("create_time") or 0)


def _claude(item: Item, seen_at: datetime) -> list[Exchange]:
    turns = []
    for place, message in enumerate(item["chat_messages"]):
        role = _SPEAKERS.get(message["sender"])
        if role is not None:
            text = _joined(message.get("content") or []) or message.get("text") or ""
            name = str(message.get("uuid") or place)
            turns.append(Turn(role, text, moment(message.get("created_at")), name))
    return paired(
        turns,
        kind="claude",
        conversation=_name(item, "uuid"),
        answered_by="Claude",
        began=moment(item.get("created_at")) or seen_at,
    )


def _open_webui(item: Item, seen_at: datetime) -> list[Exchange]:
    chat = item["chat"]
    nodes: Mapping[str, Item] = chat["history"]["messages"]
    last = chat["history"].get("currentId")
    turns, answered_by = [], ""
    for key in _branch(nodes, last, "parentId") if last else []:
        message = nodes[key]
        role = _SPEAKERS.get(message["role"])
        if role is not None:
            content = message.get("content") or ""
            text = content if isinstance(content, str) else _joined(content)
            turns.append(Turn(role, text, moment(message.get("timestamp")), key))
            answered_by = str(message.get("model") or answered_by)
    return paired(
        turns,
        kind="open-webui",
        conversation=_name(item, "id"),
        answered_by=answered_by or "Open WebUI",
        began=moment(item.get("created_at")) or seen_at,
    )


_READERS: dict[str, Callable[[Item, datetime], list[Exchange]]] = {
    "mapping": _chatgpt,
    "chat_messages": _claude,
    "chat": _open_webui,
}


def _branch(nodes: Mapping[str, Item], last: str, parent: str) -> list[str]:
    """The keys from the first message to the last one."""
    found: dict[str, None] = {}
    key: str | None = last
    while key is not None and key in nodes:
        if key in found:
            raise Unreadable("its messages follow each other in a circle")
        found[key] = None
        key = nodes[key].get(parent)
    if not found:
        raise Unreadable("its last message is missing")
    return list(found)[::-1]


def _joined(parts: list[Any]) -> str:
    return "\n\n".join(text for text in _texts(parts) if text.strip())


def _texts(parts: list[Any]) -> Iterator[str]:
    """Texts, and what was said aloud; pictures, files and calls of tools are passed over."""
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Mapping):
            kind = part.get("type") or part.get("content_type")
            text = part.get("text")
            if kind in ("text", "audio_transcription") and isinstance(text, str):
                yield text


def _name(item: Item, *keys: str) -> str:
    for key in keys:
        if item.get(key):
            return str(item[key])
    raise Unreadable("it has no id")
