"""What the documents name is there: tests, commands and their options, keys, links."""

import argparse
import ast
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.settings_file import load_settings
from tui.cli import build_parser
from tui.command_list import COMMANDS, typed_command
from tui.keys import key_words

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMPARISON = ROOT / "docs" / "comparison.md"
OTHERS = 8

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[[^]\n]*\]\(([^)\s]+)\)")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_TYPED = re.compile(r"/([a-z]+)(?: .*)?")
_KEY = re.compile(r"\bF(?:1[0-2]|[1-9])\b|(?:Ctrl|Alt|Shift)\+\w+")
_ANSWER = re.compile(r"(yes|part|no|–|\?)(?:: .+)?")
_OURS = re.compile(r"reverie(?![.\w])")
_PLACEHOLDERS = {"N": "1", "ID": "1"}

Row = list[str]


def rows() -> list[Row]:
    """Of the tables that compare, without their heads."""
    found = []
    for line in COMPARISON.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == OTHERS + 3 and set(cells[0]) != {"-"}:
            found.append(cells)
    return [row for row in found if row[0] != "what"]


ROWS = [pytest.param(row, id=row[0]) for row in rows()]


def names_in(file: Path) -> set[str]:
    """Names of the tests that a file defines, read and not run."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


def test_the_comparison_was_found() -> None:
    assert len(ROWS) > 50
    whole = COMPARISON.read_text(encoding="utf-8")
    assert sum(line.startswith("| what |") for line in whole.splitlines()) == 5


@pytest.mark.parametrize("row", ROWS)
def test_each_cell_is_an_answer(row: Row) -> None:
    for cell in row[1:-1]:
        assert _ANSWER.fullmatch(cell), cell
    assert row[1].startswith(("yes", "part", "no")), "of ourselves we know"


@pytest.mark.parametrize("row", ROWS)
def test_what_reverie_has_names_a_test_that_is_there(row: Row) -> None:
    named = _TEST.findall(row[-1])
    assert _TEST.sub("", row[-1]).strip() == "", "nothing but tests stands in the last column"
    assert bool(named) != row[1].startswith("no")
    for file, name in named:
        assert (ROOT / file).is_file(), file
        assert name.startswith("test_") and name in names_in(ROOT / file), f"{file}::{name}"


def test_mcp_is_called_what_it_is() -> None:
    """Whoever brings it in, or takes it out, says so in the comparison."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    has_it = "mcp" in project["project"]["optional-dependencies"]
    (row,) = [row for row in rows() if row[0] == "MCP servers"]
    assert row[1] == ("yes: optional extra" if has_it else "no")


def fenced(text: str, *languages: str) -> Iterator[str]:
    for language, body in _FENCE.findall(text):
        if language in languages:
            yield body


def spans(text: str) -> list[str]:
    """What stands in backticks within sentences and tables."""
    return _CODE.findall(_FENCE.sub("", text).replace("\\|", "|"))


def whole_lines(text: str) -> Iterator[str]:
    """Each `reverie …` outside of tables."""
    for body in fenced(text, "sh"):
        yield from (line.strip() for line in body.splitlines() if line.startswith("reverie"))
    for line in _FENCE.sub("", text).splitlines():
        if not line.startswith("|"):
            yield from (span for span in spans(line) if _OURS.match(span))


def noted_lines(text: str) -> Iterator[str]:
    """Each `reverie …` of a table; what stands beside one in its cell is another of its actions."""
    for line in _FENCE.sub("", text).splitlines():
        if line.startswith("| `reverie"):
            found = spans(line.split(" | ")[0])
            first = " ".join(found[0].split()[:2])
            for span in found:
                if span.split()[0] in actions_of(build_parser()):
                    yield f"reverie {span}"
                else:
                    yield span if _OURS.match(span) else f"{first} {span}"


def actions_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands of the program, or the actions of a command."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def lines(found_in: Callable[[str], Iterator[str]]) -> list[Any]:
    return [
        pytest.param(line, id=f"{file.name}: {line}")
        for file in DOCUMENTS
        for line in dict.fromkeys(found_in(file.read_text(encoding="utf-8")))
    ]


WHOLE, NOTED = lines(whole_lines), lines(noted_lines)


def test_the_lines_of_the_table_of_commands_were_found() -> None:
    found = {line.values[0] for line in NOTED}
    assert {"reverie memory approve", "reverie remind", "reverie models compare PROMPT"} <= found


@pytest.mark.parametrize("line", NOTED)
def test_each_command_of_a_table_has_the_actions_and_options_named(line: str) -> None:
    parser = build_parser()
    for word in re.sub(r"[][|…]", " ", line).split()[1:]:
        actions = actions_of(parser)
        if word.startswith("--"):
            assert word in parser._option_string_actions, word
        elif actions and re.fullmatch(r"[a-z]+", word):
            assert word in actions, word
            parser = actions[word]


@pytest.mark.parametrize("line", WHOLE)
def test_each_command_line_of_the_documents_can_be_typed(line: str) -> None:
    try:
        build_parser().parse_args([_PLACEHOLDERS.get(word, word) for word in shlex.split(line)[1:]])
    except SystemExit:
        pytest.fail(f"this cannot be typed: {line}")


TYPED = [
    pytest.param(found[1], id=f"{file.name}: /{found[1]}")
    for file in DOCUMENTS
    for span in dict.fromkeys(spans(file.read_text(encoding="utf-8")))
    if file != COMPARISON and (found := _TYPED.fullmatch(span))
]


@pytest.mark.parametrize("name", TYPED)
def test_each_command_of_the_app_in_the_documents_is_one(name: str) -> None:
    assert typed_command(name) is not None


def keys_of_the_app() -> set[str]:
    every = {words for command in COMMANDS if command.keys for words in [key_words(command.keys)]}
    return {key for words in every for key in words.split(", ")}


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_each_key_in_the_documents_is_one_of_the_app(file: Path) -> None:
    if file == COMPARISON:
        return
    text = _FENCE.sub("", file.read_text(encoding="utf-8"))
    assert set(_KEY.findall(text)) <= keys_of_the_app() | {"Ctrl+C"}


LINKS = [
    pytest.param(file, target, id=f"{file.name}: {target}")
    for file in DOCUMENTS
    for target in dict.fromkeys(_LINK.findall(file.read_text(encoding="utf-8")))
    if not target.startswith(("http://", "https://"))
]


def anchors(file: Path) -> set[str]:
    """Of a document's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize(("file", "target"), LINKS)
def test_each_link_leads_somewhere(file: Path, target: str) -> None:
    place, _, anchor = target.partition("#")
    there = (file.parent / place).resolve() if place else file
    assert there.exists(), target
    assert not anchor or anchor in anchors(there), target


SETTINGS = [
    pytest.param(body, id=f"{file.name}: {body.splitlines()[0]}")
    for file in DOCUMENTS
    for body in fenced(file.read_text(encoding="utf-8"), "toml")
]


@pytest.mark.parametrize("body", SETTINGS)
def test_settings_in_the_documents_are_read(body: str, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(body, encoding="utf-8")
    load_settings(tmp_path)


@pytest.mark.parametrize("guide", ["comparison", "guide", "models"])
def test_the_readme_leads_to_every_guide(guide: str) -> None:
    assert f"(docs/{guide}.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
