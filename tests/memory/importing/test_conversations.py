"""Exports of other assistants are read along the branch that their owner saw."""

from datetime import UTC, datetime
from typing import Any

import pytest

from memory.importing.conversations import read_conversation
from memory.importing.exchange import Unreadable

SEEN_AT = datetime(2025, 1, 1, tzinfo=UTC)


def node(key: str, parent: str | None, role: str, *parts: Any, **more: Any) -> dict[str, Any]:
    """One node of ChatGPT's tree."""
    message = {
        "id": f"m-{key}",
        "author": {"role": role},
        "create_time": 1700000000.5,
        "content": {"content_type": more.pop("content_type", "text"), "parts": list(parts)},
        "metadata": {},
        "recipient": "all",
    } | more
    return {"id": key, "message": message, "parent": parent, "children": []}


def chatgpt(*nodes: dict[str, Any], last: str | None = None) -> dict[str, Any]:
    mapping = {"root": {"id": "root", "message": None, "parent": None, "children": ["a"]}}
    mapping |= {one["id"]: one for one in nodes}
    return {
        "title": "Trip",
        "create_time": 1699999999.0,
        "mapping": mapping,
        "current_node": last or nodes[-1]["id"],
        "conversation_id": "conv-1",
    }


def said(item: Any) -> list[tuple[str, str]]:
    return [(one.user_text, one.assistant_text) for one in read_conversation(item, SEEN_AT)]


def test_each_message_of_the_owner_has_the_answers_that_follow() -> None:
    item = chatgpt(
        node("a", "root", "user", "My dog is Rex."),
        node("b", "a", "assistant", "A fine name."),
        node("c", "b", "assistant", "Tell me more."),
        node("d", "c", "user", "He is three."),
    )
    first, second = read_conversation(item, SEEN_AT)
    assert (first.user_text, first.assistant_text) == (
        "My dog is Rex.",
        "A fine name.\n\nTell me more.",
    )
    assert (second.user_text, second.assistant_text) == ("He is three.", "")
    assert first.created_at == datetime(2023, 11, 14, 22, 13, 20, 500000, tzinfo=UTC)
    assert first.source == "chatgpt:conv-1:m-a"
    assert first.session_id == second.session_id
    assert (first.origin, first.answered_by) == ("import", "ChatGPT")


def test_only_the_branch_of_the_last_message_is_read() -> None:
    item = chatgpt(
        node("a", "root", "user", "My dog is Rex."),
        node("old", "a", "assistant", "An answer that was made again."),
        node("b", "a", "assistant", "A fine name."),
    )
    assert said(item) == [("My dog is Rex.", "A fine name.")]


def test_hidden_messages_systems_and_tools_are_left_out() -> None:
    hidden = {"metadata": {"is_visually_hidden_from_conversation": True}}
    item = chatgpt(
        node("s", "root", "system", "You are helpful."),
        node("h", "s", "user", "About me: …", **hidden),
        node("p", "h", "user", "profile", content_type="user_editable_context"),
        node("a", "p", "user", "What is the weather?"),
        node("call", "a", "assistant", '{"q": "weather"}', recipient="web"),
        node("t", "call", "tool", "Rain."),
        node("think", "t", "assistant", "hm", content_type="thoughts"),
        node("b", "think", "assistant", "It rains."),
    )
    assert said(item) == [("What is the weather?", "It rains.")]


def test_of_messages_in_parts_the_texts_are_taken() -> None:
    picture = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://x"}
    several = "multimodal_text"
    spoken = {"content_type": "audio_transcription", "text": "This is Rex."}
    item = chatgpt(
        node("a", "root", "user", picture, spoken, "", "Is he nice?", content_type=several),
        node("b", "a", "user", picture, content_type=several),
    )
    assert said(item) == [("This is Rex.\n\nIs he nice?", "")]


def test_without_a_last_message_the_newest_is_the_last() -> None:
    item = chatgpt(
        node("a", "root", "user", "One.", create_time=1.0) | {"children": ["b", "c"]},
        node("b", "a", "assistant", "Older.", create_time=2.0),
        node("c", "a", "assistant", "Newer.", create_time=3.0),
    )
    del item["current_node"]
    assert said(item) == [("One.", "Newer.")]


def test_a_message_without_a_time_has_that_of_the_one_before() -> None:
    item = chatgpt(
        node("a", "root", "user", "One.", create_time=None),
        node("b", "a", "user", "Two.", create_time=1700000000.0),
        node("c", "b", "user", "Three.", create_time=None),
    )
    times = [one.created_at.timestamp() for one in read_conversation(item, SEEN_AT)]
    assert times == [1699999999.0, 1700000000.0, 1700000000.0]


def test_claude_and_its_messages_in_parts() -> None:
    item = {
        "uuid": "c1",
        "name": "Trip",
        "created_at": "2024-05-01T10:00:00.123456Z",
        "chat_messages": [
            {
                "uuid": "m1",
                "sender": "human",
                "text": "flat",
                "content": [{"type": "text", "text": "My dog is Rex."}],
                "created_at": "2024-05-01T10:00:01Z",
            },
            {
                "uuid": "m2",
                "sender": "assistant",
                "content": [{"type": "tool_use", "name": "x"}, {"type": "text", "text": "Good."}],
            },
            {"uuid": "m3", "sender": "human", "text": "He is three.", "content": []},
        ],
    }
    assert said(item) == [("My dog is Rex.", "Good."), ("He is three.", "")]
    first = read_conversation(item, SEEN_AT)[0]
    assert (first.source, first.answered_by) == ("claude:c1:m1", "Claude")
    assert first.created_at == datetime(2024, 5, 1, 10, 0, 1, tzinfo=UTC)


def test_open_webui_follows_its_parents() -> None:
    messages = {
        "1": {"id": "1", "parentId": None, "role": "user", "content": "Hi Rex", "timestamp": 1e9},
        "4": {"parentId": "3", "role": "user", "content": "And?", "timestamp": 1000000000123},
        "2": {"id": "2", "parentId": "1", "role": "assistant", "content": "No", "model": "llama3"},
        "3": {"id": "3", "parentId": "1", "role": "assistant", "content": "Yo", "model": "llama3"},
    }
    item = {"id": "w", "title": "T", "chat": {"history": {"messages": messages, "currentId": "4"}}}
    only, later = read_conversation(item, SEEN_AT)
    assert (only.user_text, only.assistant_text, only.answered_by) == ("Hi Rex", "Yo", "llama3")
    assert only.created_at == datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)
    assert (later.created_at - only.created_at).total_seconds() == pytest.approx(0.123)


BROKEN: list[Any] = [
    None,
    7,
    "text",
    [],
    {},
    {"mapping": []},
    {"mapping": {}, "id": "x"},
    {"mapping": {"a": {"parent": "b"}, "b": {"parent": "a"}}, "current_node": "a", "id": "x"},
    {"mapping": {"a": 3}, "current_node": "a", "id": "x"},
    chatgpt(node("a", "root", "user", "x")) | {"conversation_id": None},
    chatgpt(node("a", "root", "user", "x", create_time=1e30)),
    chatgpt(node("a", "root", "user", "x", create_time=float("nan"))),
    chatgpt(node("a", "root", "user", "x", create_time=[1])),
    chatgpt(node("a", "root", "user", "x"), last="gone"),
    {"chat_messages": [{"text": "no sender"}], "uuid": "x"},
    {"chat_messages": {"a": 1}, "uuid": "x"},
    {"chat": {"history": None}},
    {"chat": {"history": {"messages": {"1": {"role": ["user"]}}, "currentId": "1"}}, "id": "x"},
]


@pytest.mark.parametrize("item", BROKEN)
def test_what_is_no_conversation_is_one_known_failure(item: Any) -> None:
    with pytest.raises(Unreadable):
        read_conversation(item, SEEN_AT)
