"""What a model chooses is held to a grammar, and counts only in words that were said."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.tools.base import Tool
from assistant.tools.choosing import ModelChoice, call_schema, choice_messages
from assistant.tools.folders import Folders
from assistant.tools.rules import plain_calls
from assistant.tools.toolbox import every_tool
from memory.database import Connections
from memory.notebook import Notebook
from memory.recall import Recall
from memory.store import EpisodeStore
from models.base import JsonSchema, Message, ReplyCutOff, Sampling

SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)


class ScriptedComposer:
    """Says what it is told to."""

    def __init__(self) -> None:
        self.says: Mapping[str, Any] | Exception = {"tool": "none", "arguments": {}}
        self.heard: list[str] = []

    def load(self, gguf: Path) -> None:
        raise NotImplementedError

    def compose(self, messages: Sequence[Message], schema: JsonSchema, sampling: Sampling) -> str:
        self.heard.append(messages[-1].content)
        if isinstance(self.says, Exception):
            raise self.says
        return json.dumps(self.says)


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[tuple[Tool, ...]]:
    with Connections(tmp_path / "reverie.db") as connections:
        yield every_tool(
            notebook=Notebook(connections),
            recall=Recall(EpisodeStore(connections)),
            folders=Folders([]),
            clock=lambda: SATURDAY,
            zone=UTC,
        )


@pytest.fixture
def model() -> ScriptedComposer:
    return ScriptedComposer()


@pytest.fixture
def choice(model: ScriptedComposer, tools: tuple[Tool, ...]) -> ModelChoice:
    return ModelChoice(model, tools, first=plain_calls)


def call(tool: str, **arguments: str) -> dict[str, Any]:
    return {"tool": tool, "arguments": arguments}


def test_what_is_plain_is_not_asked_of_the_model(
    choice: ModelChoice, model: ScriptedComposer
) -> None:
    assert [one.name for one in choice.calls_for("What is 12*7?")] == ["calc"]
    assert model.heard == []


def test_a_choice_in_the_owners_words_counts(choice: ModelChoice, model: ScriptedComposer) -> None:
    model.says = call("remind", text="buy bread", when="tomorrow at 8")
    (chosen,) = choice.calls_for("I'd like to be reminded tomorrow at 8 to buy bread")
    assert (chosen.name, chosen.arguments["text"]) == ("remind", "buy bread")


@pytest.mark.parametrize(
    "says",
    [
        call("note", text="the square root of 100 is 10"),  # nobody said so
        call("remind", text="buy bread"),  # no moment
        call("reminders"),  # nothing that was said calls for it
        call("remind", text="buy bread", when="yesterday"),
        call("calc", expression=""),
        call("none"),
        ReplyCutOff("a reply in JSON was not whole"),
    ],
)
def test_any_other_choice_is_talk(
    choice: ModelChoice, model: ScriptedComposer, says: Mapping[str, Any] | Exception
) -> None:
    model.says = says
    assert choice.calls_for("Yesterday I went to buy bread, I like 8 loaves.") == ()
    assert len(model.heard) == 1


def test_a_long_message_is_not_asked_about(choice: ModelChoice, model: ScriptedComposer) -> None:
    assert choice.calls_for("We talked. " * 40) == ()
    assert model.heard == []


def test_the_grammar_admits_every_tool_and_none(tools: tuple[Tool, ...]) -> None:
    names = [one["properties"]["tool"]["const"] for one in call_schema(tools)["oneOf"]]
    assert names == ["none", *(tool.name for tool in tools)]


def test_every_example_of_the_prompt_is_a_valid_call(tools: tuple[Tool, ...]) -> None:
    from assistant.tools.base import checked

    known = {tool.name: tool for tool in tools}
    given = [json.loads(m.content) for m in choice_messages(tools, "Hi") if m.role == "assistant"]
    for one in given:
        if one["tool"] != "none":
            assert checked(known[one["tool"]], one["arguments"]) == one["arguments"]
    assert sum(one["tool"] == "none" for one in given) * 2 >= len(given)
