"""Tools of servers as the owner meets them, on the command line and in the app."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.servers.servers import Servers
from assistant.settings import ServerSettings
from assistant.tools.rules import plain_calls
from assistant.tools.toolbox import Toolbox
from tests.tui.test_chat import send, shown
from tests.tui.test_tools import is_asked, notices
from tests.tui.test_tools_command import Shell
from tui.commands import doctor
from tui.slash import Asked, Unknown, understood
from tui.widgets.transcript import Reply

pytest.importorskip("mcp", reason="servers of tools are an extra: pip install -e .[mcp]")
SCRIPTS = Path(__file__).parents[1] / "assistant" / "servers"
PLAIN = (sys.executable, str(SCRIPTS / "plain_server.py"))
ODD = (sys.executable, str(SCRIPTS / "odd_server.py"))


@pytest.fixture
def reverie(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "home", capsys)


@pytest.fixture
def until(pilot_until: Any) -> Any:
    return pilot_until


@pytest.fixture
def served(workspace: Any) -> Iterator[Callable[..., None]]:
    """Gives the workspace a server."""
    opened: list[Servers] = []

    def serve(*command: str) -> None:
        opened.append(Servers({"plain": ServerSettings(command or PLAIN)}))
        workspace.toolbox = Toolbox(workspace.toolbox.tools, plain_calls, opened[-1])

    yield serve
    for servers in opened:
        servers.close()


def settings_with(home: Path, **commands: tuple[str, ...]) -> None:
    home.mkdir()
    text = "".join(f"[mcp.{name}]\ncommand = {json.dumps(one)}\n" for name, one in commands.items())
    (home / "settings.toml").write_text(text, "utf-8")


def test_the_list_says_where_tools_come_from_and_what_is_wrong(reverie: Shell) -> None:
    settings_with(reverie.home, odd=ODD, gone=("no-such-program",))
    code, out, err = reverie("tools", "list", "--json")
    assert (code, err) == (0, "")
    document = json.loads(out)
    by_name = {one["name"]: one for one in document}
    assert by_name["calc"]["from"] == "reverie"
    assert (by_name["odd.add"]["from"], by_name["odd.add"]["writes"]) == ("odd", True)
    assert by_name["odd.add"]["arguments"]["required"] == ["first", "second"]
    assert "its name" in by_name["odd.[31mred"]["problem"]
    assert "there is no program 'no-such-program'" in by_name["gone"]["problem"]


def test_the_list_can_be_read(reverie: Shell) -> None:
    settings_with(reverie.home, plain=PLAIN)
    _, out, _ = reverie("tools")
    assert "Of the server plain, in its own words:\nplain.first “[b]Do it[/”  asks first\n" in out
    assert "plain.second  asks first\n             takes nothing\n" in out


def test_a_servers_tool_runs_with_yes_alone(reverie: Shell, tmp_path: Path) -> None:
    settings_with(reverie.home, odd=ODD)
    file = tmp_path / "note.txt"
    given = json.dumps({"path": str(file), "text": "hello"})
    code, out, err = reverie("tools", "run", "odd.write", given)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Run odd.write",
        f"path: {file}",
        "text: hello",
        "Nothing is done yet: say it again with --yes.",
    ]
    assert not file.exists()
    code, out, _ = reverie("tools", "run", "odd.write", given, "--yes", "--json")
    assert (code, json.loads(out)["result"]) == (0, "odd.write says:\n\n```\nwritten\n```")
    assert file.read_text("utf-8") == "hello"


@pytest.mark.parametrize(
    ("name", "given", "reason"),
    [
        ("odd.add", {"first": "x", "second": 2}, "first = 'x' must be a whole number"),
        ("odd.sing", {}, "the server odd has no tool 'sing'"),
        ("odd.crash", {}, "the server odd did not answer: it ended (exit 7)"),
        ("even.add", {}, "there is no tool 'even.add'"),
    ],
)
def test_what_a_server_cannot_do_is_said_in_one_line(
    reverie: Shell, name: str, given: dict[str, Any], reason: str
) -> None:
    settings_with(reverie.home, odd=ODD)
    code, out, err = reverie("tools", "run", name, json.dumps(given), "--yes")
    assert (code, out) == (1, "")
    assert reason in err
    assert err.count("\n") == 1


def test_without_the_extra_all_other_tools_are_there(
    reverie: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.delitem(sys.modules, "assistant.servers.client", raising=False)
    settings_with(reverie.home, odd=ODD)
    code, out, err = reverie("tools")
    assert (code, err) == (0, "")
    assert "calc" in out
    assert "pip install .[mcp]" in out
    code, _, err = reverie("tools", "run", "odd.add", "{}")
    assert (code, err.count("\n"), "pip install .[mcp]" in err) == (1, 1, True)
    assert reverie("tools", "run", "calc", '{"expression": "1+1"}')[1] == "1+1 = 2.\n"


def test_the_doctor_says_whether_servers_can_be_used(
    reverie: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_CHECKS", (doctor._servers,))
    settings_with(reverie.home, odd=ODD, plain=PLAIN)
    assert reverie("doctor")[:2] == (0, "ok    servers      odd, plain\n")
    monkeypatch.setitem(sys.modules, "mcp", None)
    code, out, _ = reverie("doctor")
    assert (code, "fix: pip install .[mcp]" in out) == (1, True)


def test_a_backup_that_names_a_program_says_so_when_it_is_restored(
    reverie: Shell, tmp_path: Path
) -> None:
    settings_with(reverie.home, plain=("no-such-program", "~/notes"))
    assert reverie("tools", "run", "calc", '{"expression": "1"}')[0] == 0  # a home with a database
    assert reverie("backup", str(tmp_path / "all.zip"))[0] == 0
    reverie.home = tmp_path / "other"
    code, out, _ = reverie("restore", str(tmp_path / "all.zip"))
    assert code == 0
    assert "name a program, mcp.plain: no-such-program ~/notes; take it out" in out


def test_a_line_belongs_to_a_server_by_its_name() -> None:
    assert understood("/plain.First a b", ["plain"]) == Asked("plain.First", "a b")
    assert understood("/plain. a", ["plain"]) == Unknown("/plain. a")
    assert understood("/other.first", ["plain"]) == Unknown("/other.first")
    assert understood("/plain.first") == Unknown("/plain.first")


async def test_a_servers_tool_asks_on_screen_and_its_words_are_no_markup(
    make_app: Callable[[], Any], workspace: Any, served: Callable[..., None], until: Any
) -> None:
    served()
    async with make_app().run_test() as pilot:
        await send(pilot, "/plain.first")
        await until(pilot, lambda: is_asked(pilot.app))
        assert str(pilot.app.screen.query_one("#confirm-question").render()) == "Run plain.first?"
        assert "not part of Reverie" in shown(pilot.app.screen)
        await pilot.press("y")
        await until(pilot, lambda: bool(pilot.app.screen.query(Reply)))
        reply = pilot.app.screen.query_one(Reply)
        await until(pilot, lambda: "[bold]hello[/] [2J[/" in reply.text)
        assert "by command; no part of the conversation" in shown(pilot.app.screen)
    assert workspace.store.newest(5) == []
    assert workspace.assistant.heard == []


async def test_what_is_declined_is_not_done(
    make_app: Callable[[], Any], tmp_path: Path, served: Callable[..., None], until: Any
) -> None:
    sign = tmp_path / "done"
    served(*PLAIN, "hello", str(sign))
    async with make_app().run_test() as pilot:
        await send(pilot, "/plain.first")
        await until(pilot, lambda: is_asked(pilot.app))
        await pilot.press("enter")  # the safe answer has the focus
        await until(pilot, lambda: notices(pilot.app)[-1] == "/plain.first: nothing was done")
    assert not sign.exists()


async def test_what_a_server_is_given_is_shown_before(
    make_app: Callable[[], Any], workspace: Any, served: Callable[..., None], until: Any
) -> None:
    served(*ODD)
    async with make_app().run_test() as pilot:
        await send(pilot, "/plain.add first=1 second=[bold]2[/]")
        await until(pilot, lambda: "must be a number" in notices(pilot.app)[-1])
        await send(pilot, "/plain.write path=/no/where text='[bold]a b[/ ]'")
        await until(pilot, lambda: is_asked(pilot.app))
        given = str(pilot.app.screen.query_one("#confirm-consequence").render())
        assert given.startswith("path: /no/where\ntext: [bold]a b[/ ]\n\n")
        await pilot.press("n")


async def test_a_server_that_fails_is_told_and_the_talk_goes_on(
    make_app: Callable[[], Any], workspace: Any, served: Callable[..., None], until: Any
) -> None:
    served(sys.executable, "-c", "raise SystemExit('[bold]no key[/')")
    async with make_app().run_test() as pilot:
        await send(pilot, "/plain.first")
        await until(pilot, lambda: "did not start: it ended (exit 1)" in notices(pilot.app)[-1])
        assert "“[bold]no key[/”" in notices(pilot.app)[-1]
        await send(pilot, "Hello")
        await until(pilot, lambda: len(workspace.assistant.heard) == 1)


async def test_the_tools_are_listed_in_the_app(
    make_app: Callable[[], Any], served: Callable[..., None], until: Any
) -> None:
    served()
    async with make_app().run_test() as pilot:
        await send(pilot, "/tools")
        await until(pilot, lambda: bool(pilot.app.screen.query(Reply)))
        reply = pilot.app.screen.query_one(Reply)
        await until(pilot, lambda: "plain.first “[b]Do it[/”  asks first" in reply.text)
        assert "convert an amount" in reply.text


async def test_leaving_does_not_wait_for_a_server_or_an_open_question(
    make_app: Callable[[], Any], tmp_path: Path, served: Callable[..., None], until: Any
) -> None:
    sign = tmp_path / "called"
    served(*PLAIN, "hang", str(sign))
    async with make_app().run_test() as pilot:
        await send(pilot, "/plain.first")
        await until(pilot, lambda: is_asked(pilot.app))
        await pilot.press("y")
        await until(pilot, sign.exists)
        await send(pilot, "/plain.first")
        began = time.monotonic()
        await pilot.press("ctrl+q")
    assert time.monotonic() - began < 20
