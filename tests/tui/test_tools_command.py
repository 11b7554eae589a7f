"""Tools, notes and reminders on the command line, for people and for programs alike."""

import json
from pathlib import Path

import pytest

from tui.cli import main


class Shell:
    """Runs commands on one home folder: (exit code, stdout, stderr)."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capture = capture

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        try:
            code = main(["--home", str(self.home), *arguments])
        except SystemExit as end:
            code = int(str(end.code))
        out, err = self._capture.readouterr()
        assert "Traceback" not in err
        return code, out, err


@pytest.fixture
def reverie(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "home", capsys)


def test_every_tool_is_listed_with_what_it_takes(reverie: Shell) -> None:
    _, out, _ = reverie("tools")
    assert "convert    convert an amount from one unit into another\n" in out
    assert "amount, from, to" in out
    document = json.loads(reverie("tools", "list", "--json")[1])
    assert [one["name"] for one in document if one["writes"]] == ["note", "remind", "remove"]
    assert document[1]["arguments"]["required"] == ["expression"]


def test_a_tool_is_run_by_its_name(reverie: Shell) -> None:
    assert reverie("tools", "run", "calc", '{"expression": "12*7"}') == (0, "12 × 7 = 84.\n", "")
    document = json.loads(reverie("tools", "run", "calc", '{"expression": "1+1"}', "--json")[1])
    assert document == {"tool": "calc", "arguments": {"expression": "1+1"}, "result": "1+1 = 2."}


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (("calc", '{"expression": "9**9**9"}'), 1, "its numbers grow too large"),
        (("calc", "{}"), 1, "calc needs 'expression'"),
        (("paint", "{}"), 1, "there is no tool 'paint'"),
        (("read", '{"file": "/etc/passwd"}'), 1, "no folder is open to me"),
        (("calc", "12*7"), 2, "is no JSON object such as"),
        (("calc", "[" * 100_000), 2, "is no JSON object such as"),
        (("calc",), 2, "JSON"),
    ],
)
def test_what_a_tool_cannot_do_is_said_in_one_line(
    reverie: Shell, arguments: tuple[str, ...], code: int, reason: str
) -> None:
    done, out, err = reverie("tools", "run", *arguments)
    assert (done, out) == (code, "")
    assert reason in err
    assert err.count("\n") == 1


def test_files_are_read_in_the_folders_of_the_settings(reverie: Shell, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "todo.txt").write_text("Buy stamps.", "utf-8")
    reverie.home.mkdir()
    settings = f"[tools]\nfolders = [{json.dumps(str(tmp_path / 'notes'))}]\n"
    (reverie.home / "settings.toml").write_text(settings, "utf-8")
    assert "Buy stamps." in reverie("tools", "run", "read", '{"file": "todo.txt"}')[1]
    code, _, err = reverie("tools", "run", "read", '{"file": "../home/settings.toml"}')
    assert code == 1
    assert "there is no file" in err


def test_notes_are_added_listed_and_removed(reverie: Shell) -> None:
    assert reverie("notes") == (0, "There are no notes yet.\n", "")
    assert reverie("notes", "add", "the key is in the shed")[1] == (
        "Noted (1): the key is in the shed\n"
    )
    assert json.loads(reverie("notes", "add", "buy stamps", "--json")[1])["id"] == 2
    assert [one["id"] for one in json.loads(reverie("notes", "list", "--json")[1])] == [1, 2]
    assert "the key" in reverie("notes", "list", "shed")[1]
    assert reverie("notes", "list", "garage")[1] == "No note is about 'garage'.\n"
    assert reverie("notes", "remove", "1") == (0, "Note 1 is removed.\n", "")
    code, _, err = reverie("notes", "remove", "1")
    assert (code, err) == (1, "reverie: there is no note 1; see `reverie notes list`\n")


def test_reminders_are_set_listed_and_cancelled(reverie: Shell) -> None:
    assert reverie("remind") == (0, "No reminder is waiting.\n", "")
    code, out, _ = reverie("remind", "add", "in 20 minutes take the bread out")
    assert code == 0
    assert out.splitlines()[1] == "It rings in the app, while that is open."
    (waiting,) = json.loads(reverie("remind", "list", "--json")[1])
    assert waiting["text"] == "take the bread out"
    assert reverie("remind", "cancel", "1")[1] == "Reminder 1 is cancelled.\n"
    code, _, err = reverie("remind", "cancel", "1")
    assert (code, "see `reverie remind list`" in err) == (1, True)
    code, _, err = reverie("remind", "add", "call mum")
    assert (code, "Say for example: remind me tomorrow at 9 to call mum" in err) == (1, True)


@pytest.mark.slow
def test_say_writes_a_note_only_when_it_is_told_to(reverie: Shell) -> None:
    code, out, _ = reverie("say", "Note that the key is in the shed")
    assert code == 0
    assert out.splitlines() == [
        "Write into your notes: the key is in the shed",
        "Nothing is written yet: say it again with --yes.",
    ]
    assert json.loads(reverie("memory", "list", "--json")[1]) == []
    document = json.loads(reverie("say", "Note that the key is in the shed", "--yes", "--json")[1])
    assert document["reply"] == "Noted (1): the key is in the shed"
    assert document["tools"] == [{"tool": "note", "arguments": {"text": "the key is in the shed"}}]
    assert document["episode_id"] == 1
