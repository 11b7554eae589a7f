"""Two versions answer, neither says which it is, and the vote is kept without a text."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from textual.widgets import Static

from assistant.clock import utc_now
from consolidation.blind import Answer, Tally, compare, rivals, tally, vote_of, vote_words
from memory.votes import Vote, VoteStore
from models.base import Message
from models.registry import NothingToRollBack
from tui.cli import main
from tui.commands import compare as command
from tui.widgets.prompt import Prompt

ANSWERS = [Answer("base", "No idea."), Answer("night-0001", "[b]Rex[/b].")]


class ScriptedEngine:
    """Answers with the name of the file that it was told to load."""

    def __init__(self) -> None:
        self.asked: list[Sequence[Message]] = []
        self._gguf = ""

    def load(self, gguf: Path) -> None:
        self._gguf = gguf.name

    def answers(
        self, conversations: Sequence[Sequence[Message]], *, max_tokens: int
    ) -> Iterator[tuple[int, str]]:
        self.asked += conversations
        yield 0, f" {self._gguf} says \x1b[31mso "

    def close(self) -> None:
        pass


def versions() -> tuple[Any, Any]:
    return (
        SimpleNamespace(name="night-0001", parent="base", gguf=Path("new.gguf"), removed_at=None),
        SimpleNamespace(name="base", parent=None, gguf=Path("old.gguf"), removed_at=None),
    )


def compared(seed: int, engine: ScriptedEngine) -> list[Answer]:
    return compare(
        engine, versions(), "Dog?", system_prompt="Be brief.", max_tokens=9, random=Random(seed)
    )


def shown(screen: Any) -> str:
    return "\n".join(str(s.render()) for s in screen.query(Static) if s.display)


def test_both_answer_by_weights_alone_in_an_order_that_tells_nothing() -> None:
    engine = ScriptedEngine()
    orders = {tuple(one.version for one in compared(seed, engine)) for seed in range(20)}
    assert orders == {("night-0001", "base"), ("base", "night-0001")}
    texts = {one.version: one.text for one in compared(0, engine)}
    assert texts["base"].startswith("old.gguf says")
    assert "\x1b" not in texts["base"]
    assert engine.asked[0] == [Message("system", "Be brief."), Message("user", "Dog?")]


def test_the_live_version_stands_against_its_parent_or_the_one_named() -> None:
    new, base = versions()
    registry: Any = SimpleNamespace(champion=lambda: new, get={"base": base}.__getitem__)
    assert rivals(registry, None) == rivals(registry, "base") == (new, base)
    for champion, other in ((base, None), (new, "night-0001")):
        alone: Any = SimpleNamespace(champion=lambda champion=champion: champion)
        with pytest.raises(NothingToRollBack, match="no other version"):
            rivals(alone, other)


def test_a_vote_reveals_and_counts(workspace: Any) -> None:
    store = VoteStore(workspace.connections)
    votes = [vote_of(ANSWERS, choice) for choice in ("2", "2", "1", " = ")]
    for vote in votes:
        store.add(vote, utc_now())
    assert store.all() == votes
    assert vote_words(votes[0]) == "You preferred 2: that was night-0001; the other was base."
    assert vote_words(votes[3]) == "Alike: 1 was base, 2 was night-0001."
    assert tally(votes, "night-0001", "base") == Tally(2, 1, 1)
    assert tally(votes, "base", "night-0001").words == "preferred once, 2 times not, once alike"
    assert tally(votes, "night-0002", "base").words == ""
    with pytest.raises(ValueError, match="say 1, 2 or ="):
        vote_of(ANSWERS, "3")
    with pytest.raises(ValueError, match="neither"):
        store.add(Vote("a", "b", "c"), utc_now())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_app_asks_blind_and_keeps_the_vote(
    make_app: Callable[[], Any],
    workspace: Any,
    pilot_until: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    document = {"answers": [{"version": a.version, "text": a.text} for a in ANSWERS]}
    program = tmp_path / "python"
    program.write_text(
        f"#!/bin/sh\necho \"$@\" >'{tmp_path}/words'\ncat >'{tmp_path}/told'\n"
        f"echo '{json.dumps(document)}'\n"
    )
    program.chmod(0o755)
    app = make_app()
    async with app.run_test(size=size) as pilot:
        monkeypatch.setattr(sys, "executable", str(program))
        app.screen.query_one(Prompt).load_text("/ab What is my [dog] called?")
        await pilot.press("enter")
        await pilot_until(pilot, lambda: "[b]Rex[/b]." in shown(app.screen))
        assert "night-0001" not in shown(app.screen)
        await pilot.press("2")
        await pilot_until(pilot, lambda: "that was night-0001" in shown(app.screen))
        await pilot.press("1", "equals_sign")
        await pilot.press("escape")
        assert app.screen.query_one(Prompt)
    assert VoteStore(workspace.connections).all() == [Vote("base", "night-0001", "night-0001")]
    assert (tmp_path / "told").read_text() == "What is my [dog] called?"
    assert "dog" not in (tmp_path / "words").read_text()


async def test_what_cannot_be_compared_is_said(
    make_app: Callable[[], Any], pilot_until: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho 'reverie: base has no other version' >&2\nexit 1\n")
    program.chmod(0o755)
    app = make_app()
    async with app.run_test() as pilot:
        app.screen.query_one(Prompt).load_text("/ab")
        await pilot.press("enter")
        await pilot_until(pilot, lambda: "Write what both are to answer" in shown(app.screen))
        await pilot.press("1", "escape")
        monkeypatch.setattr(sys, "executable", str(program))
        app.screen.query_one(Prompt).load_text("/ab hello")
        await pilot.press("enter")
        await pilot_until(pilot, lambda: "Base has no other version." in shown(app.screen))


def test_the_command_prints_both_and_asks_nobody_who_is_not_there(
    workspace: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "opened_engine", lambda *_, **__: ScriptedEngine())
    monkeypatch.setattr(command, "rivals", lambda *_: versions())
    home = ["--home", str(workspace.settings.home), "models", "compare"]
    assert main([*home, "Dog?", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {one["version"] for one in document["answers"]} == {"base", "night-0001"}
    assert main([*home, "Dog?"]) == 0
    said = capsys.readouterr().out
    assert "old.gguf says" in said
    assert "is night-0001" in said
    assert VoteStore(workspace.connections).all() == []
    assert main([*home, " "]) == 1
    assert "the prompt is empty" in capsys.readouterr().err


def test_a_vote_is_asked_for_on_a_terminal(
    workspace: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "opened_engine", lambda *_, **__: ScriptedEngine())
    monkeypatch.setattr(command, "rivals", lambda *_: versions())
    monkeypatch.setattr(command, "_is_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "1")
    assert main(["--home", str(workspace.settings.home), "models", "compare", "Dog?"]) == 0
    assert "You preferred 1: that was" in capsys.readouterr().out
    (vote,) = VoteStore(workspace.connections).all()
    assert vote.preferred == vote.first
