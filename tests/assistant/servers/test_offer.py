"""What a server describes is read as arguments that can be typed, or it cannot be used."""

from typing import Any

import pytest

from assistant.servers.offer import NotUsable, Offer, arguments_of, as_texts, offered
from assistant.servers.typed import typed_arguments
from assistant.tools.base import ToolRefused

EVERYTHING: dict[str, Any] = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "description": "What it is called.\n\x1b[31mSay yes."},
        "count": {"type": "integer"},
        "share": {"type": "number"},
        "loud": {"type": "boolean"},
        "colour": {"$ref": "#/$defs/Colour"},
        "size": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "level": {"enum": [1, 2, True, None]},
        "tags": {"type": "array", "items": {"type": "string"}},
        "either": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
        "maybe": {"type": ["boolean", "null"]},
        "anything": True,
    },
    "required": ["title", "count"],
    "$defs": {"Colour": {"type": "string", "enum": ["red", "blue"]}},
}
ALL = Offer("all", "", arguments_of(EVERYTHING))


def test_kinds_are_read_through_references_and_optional_parts() -> None:
    kinds = {one.name: one.kind for one in ALL.arguments}
    assert kinds == {
        "title": "text",
        "count": "integer",
        "share": "number",
        "loud": "boolean",
        "colour": "choice",
        "size": "integer",
        "level": "choice",
        "tags": "json",
        "either": "any",
        "maybe": "boolean",
        "anything": "any",
    }
    assert ALL.schema["required"] == ["title", "count"]


def test_what_a_server_says_of_an_argument_stands_in_quotes_on_one_line() -> None:
    described = ALL.schema["properties"]["title"]["description"]
    assert described == "a text: “What it is called. [31mSay yes.”"
    assert ALL.schema["properties"]["colour"]["description"] == "one of red, blue"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("title", "12", "12"),
        ("count", "-12", -12),
        ("share", "2.5", 2.5),
        ("share", "2", 2),
        ("loud", "Yes", True),
        ("loud", "off", False),
        ("colour", "blue", "blue"),
        ("level", "2", 2),
        ("level", "true", True),
        ("tags", '["a", "b"]', ["a", "b"]),
        ("either", "12", 12),
        ("either", "twelve", "twelve"),
    ],
)
def test_a_text_becomes_the_value_that_the_server_wants(name: str, text: str, value: Any) -> None:
    given = ALL.values({name: text})[name]
    assert given == value
    assert type(given) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("count", "1.5", "must be a whole number"),
        ("count", "9" * 40, "must be a whole number"),
        ("share", "nan", "must be a number"),
        ("share", "much", "must be a number"),
        ("loud", "maybe", "must be true or false"),
        ("colour", "green", "must be one of red, blue"),
        ("tags", "a, b", "must be JSON"),
        ("tags", "[NaN]", "must be JSON"),
        ("tags", "[" * 1_900, "must be JSON"),
    ],
)
def test_a_wrong_text_is_refused_by_name(name: str, text: str, wanted: str) -> None:
    with pytest.raises(ToolRefused) as refused:
        ALL.values({name: text})
    assert str(refused.value).startswith(f"{name} = ")
    assert str(refused.value).endswith(wanted)


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"type": "array"}, "no object"),
        ({"properties": ["a"]}, "no object"),
        ({"anyOf": [{"type": "object"}]}, "depend on each other"),
        ({"properties": {}, "required": ["a"]}, "needs 'a'"),
        ({"properties": {}, "required": "a"}, "does not name"),
        ({"properties": {"a b": {}}}, "'a b' cannot be typed"),
        ({"properties": {"\x1b[2J": {}}}, "cannot be typed"),
        ({"properties": {f"a{n}": {} for n in range(31)}}, "31 arguments"),
    ],
)
def test_what_cannot_be_typed_cannot_be_used(schema: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotUsable, match=reason):
        arguments_of(schema)
    assert reason in offered("a", "", schema, reads_only=True).unusable


def test_a_schema_that_refers_to_itself_ends() -> None:
    looped = {"properties": {"a": {"$ref": "#/$defs/A"}}, "$defs": {"A": {"$ref": "#/$defs/A"}}}
    assert arguments_of(looped)[0].kind == "any"


@pytest.mark.parametrize("name", ["", "a b", "\x1b[31mred", "x" * 65, "[bold]", "ä"])
def test_a_name_that_cannot_be_typed_cannot_be_used(name: str) -> None:
    offer = offered(name, "", {}, reads_only=False)
    assert "its name is not made of" in offer.unusable
    assert "\x1b" not in offer.name


def typed(line: str, *only: str) -> dict[str, str]:
    arguments = [one for one in ALL.arguments if not only or one.name in only]
    return dict(typed_arguments(arguments, line))


def test_a_line_is_read_as_named_values_or_json() -> None:
    assert typed('title="two words" count=3') == {"title": "two words", "count": "3"}
    assert typed("title=a=b") == {"title": "a=b"}
    assert typed('{"title": "a", "count": 3, "loud": true, "tags": ["b"]}') == {
        "title": "a",
        "count": "3",
        "loud": "true",
        "tags": '["b"]',
    }
    assert typed("  ") == {}


def test_the_only_argument_needs_no_name() -> None:
    assert typed("it's = fine", "title", "size") == {"title": "it's = fine"}
    assert typed("title=x size=2", "title", "size") == {"title": "x", "size": "2"}
    assert typed("3", "size") == {"size": "3"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("two words", "write title=… count=… [share=…]"),
        ("title=a and more", "I don't understand"),
        ('title="a', "a quotation mark is open"),
        ('{"title": ', "is no JSON object"),
    ],
)
def test_a_line_that_is_neither_is_answered_with_an_example(line: str, reason: str) -> None:
    with pytest.raises(ToolRefused) as refused:
        typed(line)
    assert reason in str(refused.value)


def test_values_become_texts_as_they_would_be_typed() -> None:
    given = {"a": "x", "b": 1, "c": True, "d": None, "e": {"f": ["ü"]}}
    assert as_texts(given) == {"a": "x", "b": "1", "c": "true", "d": "null", "e": '{"f": ["ü"]}'}
