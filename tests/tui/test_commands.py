"""One list of commands: everything that shows or runs them follows it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.binding import Binding
from textual.command import CommandList
from textual.widgets import Static

from assistant.settings_file import SettingsInvalid, load_settings
from tui.cli import build_parser, main
from tui.command_list import COMMANDS, typed_commands
from tui.command_page import page
from tui.keys import key_words, keymap
from tui.screens.blind import BlindScreen
from tui.screens.help import HelpScreen
from tui.screens.memory import MemoryScreen
from tui.screens.models import ModelsScreen
from tui.screens.nights import NightsScreen
from tui.screens.plan import PlanScreen
from tui.themes import DARK, LIGHT
from tui.widgets.command_hint import CommandHint
from tui.widgets.dream_list import DreamList
from tui.widgets.night_detail import PAGES
from tui.widgets.prompt import Prompt
from tui.widgets.transcript import Notice

FILE = Path("settings.toml")


def hint_of(pilot: Any) -> str:
    return str(pilot.app.screen.query_one(CommandHint).render())


def with_keys(workspace: Any, **keys: str) -> None:
    named = {name.replace("_", "."): key for name, key in keys.items()}
    workspace.settings = replace(workspace.settings, keys=named)


def test_names_are_unique_and_lower_case() -> None:
    ids = [command.key_id for command in COMMANDS]
    assert len(ids) == len(set(ids))
    assert all(command.name == command.name.casefold() for command in COMMANDS)


async def test_every_typed_command_does_something(make_app: Callable[[], Any]) -> None:
    async with make_app().run_test() as pilot:
        assert set(pilot.app.screen.does) == {command.name for command in typed_commands()}


def test_the_page_of_the_documentation_is_current() -> None:
    written = Path(__file__).parents[2] / "docs" / "commands.md"
    assert written.read_text(encoding="utf-8") == page(), (
        "write it anew: python -m tui.command_page docs/commands.md"
    )


def test_the_help_of_the_program_names_every_command_of_the_app() -> None:
    said = build_parser().format_help()
    assert all(f"/{command.name}" in said for command in typed_commands())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_help_lists_every_command_and_key_within_the_screen(
    make_app: Callable[[], Any], size: tuple[int, int], pilot_until: Any
) -> None:
    async with make_app().run_test(size=size) as pilot:
        await pilot.press("f1")
        await pilot_until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        text = str(pilot.app.screen.query_one("#help-text", Static).render())
        for command in COMMANDS:
            assert command.does in text
            assert not command.is_typed or command.usage in text
        assert max(map(len, text.splitlines())) <= 76
        await pilot.press("escape")
        assert pilot.app.screen.query_one(Prompt).has_focus


async def test_the_palette_finds_a_command_by_what_it_does(
    make_app: Callable[[], Any], pilot_until: Any
) -> None:
    async with make_app().run_test() as pilot:
        await pilot.press("ctrl+p")
        await pilot.press(*"remembered")
        found = pilot.app.screen.query_one(CommandList)
        await pilot_until(pilot, lambda: found.option_count == 1 and "Memory" in str(option(found)))
        await pilot.press("enter")
        await pilot_until(pilot, lambda: isinstance(pilot.app.screen, MemoryScreen))


def option(found: CommandList) -> Any:
    return found.get_option_at_index(0).prompt


async def test_the_list_of_commands_is_walked_with_keys_and_completed(
    make_app: Callable[[], Any],
) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        prompt = pilot.app.screen.query_one(Prompt)
        await pilot.press("slash")
        await pilot.pause()
        assert len(hint_of(pilot).splitlines()) == 7
        assert pilot.app.screen.query_one(CommandHint).size.height == 7, "a line for each"
        assert "more" in hint_of(pilot)
        await pilot.press("up")
        await pilot.pause()
        assert f"› {typed_commands()[-1].usage}" in hint_of(pilot)
        await pilot.press("down", "down", "tab")
        assert prompt.text == f"/{typed_commands()[1].name}"


async def test_enter_on_half_a_name_completes_it_and_runs_nothing(
    make_app: Callable[[], Any],
) -> None:
    async with make_app().run_test() as pilot:
        await pilot.press("slash", "r", "o", "enter")
        assert pilot.app.screen.query_one(Prompt).text == "/rollback"
        assert not [n for n in pilot.app.screen.query(Notice) if n.has_class("error")]


async def test_a_key_of_the_owners_sends_and_enter_makes_a_line(
    make_app: Callable[[], Any], workspace: Any, pilot_until: Any
) -> None:
    with_keys(workspace, chat_send="ctrl+s", app_sleep="f12")
    async with make_app().run_test() as pilot:
        await pilot.press("a", "enter", "b")
        assert pilot.app.screen.query_one(Prompt).text == "a\nb"
        await pilot.press("ctrl+s")
        await pilot_until(pilot, lambda: len(workspace.assistant.heard) == 1)
        await pilot.press("f1")
        await pilot_until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        text = str(pilot.app.screen.query_one("#help-text", Static).render())
        assert "Ctrl+S" in text
        assert "F12" in text
    assert workspace.assistant.heard[0][0] == "a\nb"


async def test_send_and_newline_can_change_places(
    make_app: Callable[[], Any], workspace: Any, pilot_until: Any
) -> None:
    with_keys(workspace, chat_send="ctrl+j", chat_newline="enter")
    async with make_app().run_test() as pilot:
        await pilot.press("a", "enter", "b", "ctrl+j")
        await pilot_until(pilot, lambda: len(workspace.assistant.heard) == 1)
    assert workspace.assistant.heard[0][0] == "a\nb"


@pytest.mark.parametrize(
    ("keys", "fix"),
    [
        ({"chat.sned": "ctrl+s"}, "known are"),
        ({"chat.send": "ctl+s"}, 'write it like "ctrl+s"'),
        ({"chat.send": ""}, 'write it like "ctrl+s"'),
        ({"chat.private": "p"}, '"ctrl+p" or "f12"'),
        ({"chat.private": "f4"}, "f4 is the key of app.sleep already"),
        ({"chat.history": "ctrl+r"}, "known are"),
        ({"chat.private": "f7"}, "taken by the input"),
        ({"memory.pin": "m"}, "m is the key of memory.mute already"),
        ({"plan.strike": "s"}, "s is the key of plan.sleep already"),
    ],
)
def test_a_wrong_key_is_named_with_its_fix(keys: dict[str, str], fix: str) -> None:
    with pytest.raises(SettingsInvalid) as caught:
        keymap(keys, FILE)
    assert fix in str(caught.value)
    assert next(iter(keys)) in str(caught.value)


def test_the_default_keys_are_names_of_keys_and_clash_nowhere() -> None:
    defaults = {one.key_id: one.keys for one in COMMANDS if one.is_bound and one.keys}
    assert keymap(defaults, FILE) == defaults


def test_every_key_of_the_screens_stands_in_the_list() -> None:
    """But for those of dialogs, which tell theirs, and of the cursor."""
    fixed = {"tab", "j", "k", *"123456"}
    known = {one.key_id for one in COMMANDS}
    for holder in (MemoryScreen, PlanScreen, DreamList, NightsScreen, ModelsScreen, BlindScreen):
        for one in holder.BINDINGS:
            assert isinstance(one, Binding)
            assert one.id in known or one.key in fixed, (holder, one)
    (pages,) = (one for one in COMMANDS if one.key_id == "nights.pages")
    assert pages.keys == ",".join(str(place + 1) for place in range(len(PAGES)))


async def test_a_screens_keys_are_the_owners_and_it_says_so(
    make_app: Callable[[], Any], workspace: Any, pilot_until: Any
) -> None:
    with_keys(workspace, memory_order="ctrl+o", memory_leave="q")
    async with make_app().run_test(size=(100, 30)) as pilot:
        await pilot.press("f2")
        await pilot_until(pilot, lambda: isinstance(pilot.app.screen, MemoryScreen))
        title = pilot.app.screen.query_one("#memory-title", Static)
        assert "newest first (Ctrl+O)" in str(title.render())
        await pilot.press("o")
        assert "newest first" in str(title.render())
        await pilot.press("ctrl+o")
        assert "newest first" not in str(title.render())
        await pilot.press("q")
        assert pilot.app.screen.query_one(Prompt).has_focus


def test_keys_are_read_with_and_without_quotes(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[keys]\n"chat.send" = "f12"\nchat.stop = "ctrl+x"\n')
    assert load_settings(tmp_path).keys == {"chat.send": "f12", "chat.stop": "ctrl+x"}


@pytest.mark.parametrize("text", ["keys = 1", "[keys]\nx = 1"])
def test_keys_of_the_wrong_kind_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(SettingsInvalid, match="keys"):
        load_settings(tmp_path)


def test_the_app_does_not_open_with_a_wrong_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text('[keys]\n"chat.sned" = "f1"\n')
    assert main(["--home", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert 'keys."chat.sned" is no command with a key' in said
    assert len(said.splitlines()) == 1


def test_keys_in_words() -> None:
    assert key_words("shift+enter,ctrl+j,pageup,Y") == "Shift+Enter, Ctrl+J, PgUp, Y"


async def test_a_theme_is_chosen_by_name_and_remembered(
    make_app: Callable[[], Any], workspace: Any
) -> None:
    async with make_app().run_test() as pilot:
        await pilot.app.screen.run("theme", "light")
        assert pilot.app.theme == LIGHT.name
        await pilot.pause()
    assert (workspace.settings.home / "look.json").stat().st_mode & 0o077 == 0
    async with make_app().run_test() as pilot:
        assert pilot.app.theme == LIGHT.name
        await pilot.app.screen.run("theme", "nonsense")
        assert any("no theme 'nonsense'" in str(n.render()) for n in pilot.app.screen.query(Notice))
        await pilot.press("f6")
        assert pilot.app.theme == DARK.name
