"""The versions in time: whose child each is, how its night went, and one key back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from consolidation.timeline import entry_words, share_words, timeline
from memory.records import Verdict
from models.registry import Registry
from tui.widgets.version_table import VersionTable


def shown(widget: Any) -> str:
    return "\n".join(str(s.render()) for s in widget.query(Static) if s.display)


def cells(app: Any) -> list[list[str]]:
    tables = app.screen.query(VersionTable)
    if not tables:  # the dialog is before it
        return []
    table = tables.first()
    return [[str(cell).strip() for cell in table.get_row_at(row)] for row in range(table.row_count)]


@pytest.fixture
def registry(workspace: Any, tmp_path: Path) -> Registry:
    base = tmp_path / "base.gguf"
    base.write_bytes(b"base weights")
    workspace.registry = Registry(tmp_path / "weights", base)
    return workspace.registry


@pytest.fixture
def slept(workspace: Any, registry: Registry, asked: Any, remember: Any, tmp_path: Path) -> None:
    """A promoted night that answered one of its two new questions."""
    dog = remember(workspace.store, "My dog is Rex")
    champion = registry.champion()
    night_id = workspace.nights.begin(
        kind="asked",
        sleep_date=None,
        deep=False,
        champion_before=champion.name,
        started_at=dog.created_at,
    )
    results = [
        asked("Dog?", "Rex", "no", "Rex", "new", dog.id),
        asked("Cat?", "Tom", "no", "no", "new"),
        asked("2+2?", "4", "4", "4", "general"),
    ]
    workspace.nights.record_probes(night_id, results)
    workspace.nights.record_verdict(night_id, Verdict(True, ()))
    gguf, adapter = tmp_path / "new.gguf", tmp_path / "new.safetensors"
    gguf.write_bytes(b"trained weights")
    adapter.write_bytes(b"adapter")
    version = registry.add(gguf, adapter, champion, night_id)
    workspace.nights.record_candidate(night_id, version.name)
    registry.promote(version)
    workspace.nights.finish(night_id, "promoted", dog.created_at)
    workspace.store.set_state([dog.id], "learned")


@pytest.mark.usefixtures("slept")
def test_a_version_has_the_scores_of_its_night(workspace: Any, registry: Registry) -> None:
    nights = workspace.history.nights()
    base, trained = timeline(registry.versions(), "night-0001", nights, on_trial=True)
    assert (base.state, share_words(base.learned)) == ("", "–")
    assert (trained.state, share_words(trained.learned)) == ("on trial", "1/2")
    said = entry_words(trained)
    assert "It goes on from base (night 1)." in said
    assert "Right when it was tested: 1 of 2 new facts, 1 of 1 general questions." in said
    assert "the frozen base" in entry_words(base)


@pytest.mark.usefixtures("slept")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_key_rolls_back_and_another_uses(
    make_app: Callable[[], Any],
    workspace: Any,
    registry: Registry,
    pilot_until: Any,
    size: tuple[int, int],
) -> None:
    async with make_app().run_test(size=size) as pilot:
        app = pilot.app
        await pilot.press("f10")
        await pilot_until(pilot, lambda: len(cells(app)) == 2)
        newest, oldest = cells(app)
        assert newest[:2] == ["night-0001", "base"]
        assert newest[3:] == ["1/2", "–", "1/1", "on trial"]
        assert oldest[-1] == ""
        await pilot_until(pilot, lambda: "It goes on from base" in shown(app.screen))
        await pilot.press("b")
        await pilot.press("y")
        await pilot_until(pilot, lambda: registry.champion().name == "base")
        await pilot_until(pilot, lambda: [c[-1] for c in cells(app)] == ["", "live"])
        assert workspace.store.get(1).state == "waiting"
        await pilot.press("u", "y")
        await pilot_until(pilot, lambda: registry.champion().name == "night-0001")
        assert workspace.store.get(1).state == "learned"


@pytest.mark.usefixtures("slept")
async def test_a_damaged_file_is_found(
    make_app: Callable[[], Any], registry: Registry, pilot_until: Any
) -> None:
    registry.get("night-0001").gguf.write_bytes(b"trained weightx")
    async with make_app().run_test() as pilot:
        said: list[str] = []
        pilot.app.notify = lambda words, **options: said.append(words)
        await pilot.press("f10")
        await pilot_until(pilot, lambda: len(cells(pilot.app)) == 2)
        await pilot.press("v")
        await pilot_until(pilot, lambda: any("night-0001" in words for words in said))


@pytest.mark.usefixtures("slept")
def test_the_command_tells_the_same(
    workspace: Any, registry: Registry, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from tui.cli import main

    settings = tmp_path / "settings.toml"
    settings.write_text(f"[model]\ngguf = {json.dumps(str(tmp_path / 'base.gguf'))}\n")
    assert main(["--home", str(tmp_path), "models", "list", "--json"]) == 0
    base, trained = json.loads(capsys.readouterr().out)
    assert (base["live"], base["on_trial"], base["scores"]["new"]["asked"]) == (False, False, 0)
    assert (trained["live"], trained["on_trial"]) == (True, True)
    assert trained["scores"]["new"] == {"right": 1, "asked": 2}
    assert main(["--home", str(tmp_path), "models"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("* night-0001")
    assert last.endswith("new 1/2, older –, general 1/1  on trial")


@pytest.mark.usefixtures("slept")
def test_the_command_removes_files_and_says_which(
    registry: Registry, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from tui.cli import main

    home = ["--home", str(tmp_path)]
    settings = tmp_path / "settings.toml"
    base = f"[model]\ngguf = {json.dumps(str(tmp_path / 'base.gguf'))}\n"
    settings.write_text(f"{base}keep_versions = 0\n")
    assert main([*home, "models", "prune"]) == 0
    assert "which keeps all" in capsys.readouterr().out
    gguf, adapter = tmp_path / "new.gguf", tmp_path / "new.safetensors"
    gguf.write_bytes(b"trained weights, again")
    adapter.write_bytes(b"adapter")
    registry.promote(registry.add(gguf, adapter, registry.champion(), 2))
    registry.confirm_good()
    settings.write_text(base)
    assert main([*home, "models", "prune"]) == 0
    assert capsys.readouterr().out.startswith("Nothing to remove: only the newest 10")
    assert main([*home, "models", "prune", "--keep", "1"]) == 0
    assert capsys.readouterr().out == "Removed the files of night-0001: 0 MB.\n"
    assert main([*home, "models", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[1].endswith("removed")
    assert main([*home, "models", "compare", "Hello"]) == 1
    assert "night-0001 cannot answer" in capsys.readouterr().err
    for refused in (["--keep", "0"], ["--keep", "-1"], ["--keep", "few"]):
        with pytest.raises(SystemExit):
            main([*home, "models", "prune", *refused])
    assert "'few' is not a whole number above 0" in capsys.readouterr().err
