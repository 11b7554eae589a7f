"""The commands that steer, bring in and take out what is remembered say what they did."""

import json
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.base import Embeddings
from tests.tui.test_cli import Shell, _umask, home, lived_in, one_line, reverie

__all__ = ["_umask", "home", "lived_in", "reverie"]


class PlainEmbedder:
    """Two dimensions, as the episodes of these homes have."""

    def __init__(self, source: str, log_file: Path) -> None:
        pass

    def embed(self, texts: Sequence[str]) -> Embeddings:
        return np.tile(np.array([0.6, 0.8], np.float32), (len(texts), 1))

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("steering", "transfer"):
        monkeypatch.setattr(f"tui.commands.{module}.EmbedderProcess", PlainEmbedder)


@pytest.fixture
def claude_export(tmp_path: Path) -> Path:
    messages = [
        {"uuid": f"m{n}", "sender": "human", "text": f"I own {n} zqzebras."} for n in range(3)
    ]
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w") as archive:
        items: list[Any] = [{"uuid": "c", "name": "Zoo", "chat_messages": messages}, 7]
        archive.writestr("conversations.json", json.dumps(items))
    return file


def states(reverie: Shell) -> dict[int, str]:
    found = reverie("memory", "list", "--json").document
    return {episode["id"]: episode["state"] for episode in found}


@pytest.mark.usefixtures("lived_in")
def test_an_import_waits_in_quarantine_until_it_is_approved(
    reverie: Shell, claude_export: Path
) -> None:
    said = reverie("memory", "import", str(claude_export))
    assert said.code == 0
    assert said.out.splitlines() == [
        "3 new episodes; 0 were there before.",
        "They are quarantined: used for nothing until you approve them. Look with "
        "`reverie memory list --state quarantined`, then `reverie memory approve ID…` or `--all`.",
        "`reverie memory undo` takes this import out again.",
        "Not brought in: conversations.json, conversation 2: it is no conversation of ChatGPT, "
        "Claude or Open WebUI.",
    ]
    held = reverie("memory", "list", "--state", "quarantined", "--json").document
    assert [(one["id"], one["origin"], one["surprisal_bits"]) for one in held] == [
        (6, "import", None),
        (5, "import", None),
        (4, "import", None),
    ]
    assert len(reverie("memory", "search", "zqzebras", "--json").document) == 3
    shown = reverie("memory", "show", "4").out
    assert "Episode 4, quarantined, " in shown and "import from Claude" in shown
    assert "surprisal not measured" in shown
    for action in ("pin", "unpin", "mute", "unmute"):
        refused = reverie("memory", action, "4")
        assert refused.code == 1
        assert one_line(refused) == (
            "episode 4 is quarantined, and used for nothing; `reverie memory approve 4` first"
        )
    assert reverie("memory", "approve", "4").out == (
        "1 episode is approved, as if you had said so here: recalled from now on, and learned. "
        "2 stay quarantined; see `reverie memory list --state quarantined`.\n"
    )
    assert reverie("memory", "approve", "--all", "--origin", "file", "--json").document == {
        "approved": [],
        "quarantined": 2,
    }
    approved = reverie("memory", "approve", "--all", "--json").document
    assert approved == {"approved": [5, 6], "quarantined": 0}
    assert {states(reverie)[one] for one in (4, 5, 6)} == {"waiting"}


@pytest.mark.usefixtures("lived_in")
def test_importing_again_and_undoing_it(reverie: Shell, claude_export: Path) -> None:
    reverie("memory", "import", str(claude_export), "--trust")
    again = reverie("memory", "import", str(claude_export), "--json").document
    assert (again["new"], again["known"], len(again["refused"])) == (0, 3, 1)
    assert reverie("memory", "undo").out == (
        "The import is undone: 3 episodes of it are gone for good.\n"
    )
    assert list(states(reverie)) == [3, 2, 1]


def test_an_import_of_which_nothing_can_be_read_fails(reverie: Shell, tmp_path: Path) -> None:
    said = reverie("memory", "import", str(tmp_path / "gone.json"), "--json")
    assert said.code == 1
    assert said.document["refused"] == [{"what": "gone.json", "reason": "no such file"}]


def test_an_import_that_is_interrupted_says_how_to_go_on(
    reverie: Shell, claude_export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> Embeddings:
        raise KeyboardInterrupt

    monkeypatch.setattr(PlainEmbedder, "embed", interrupted)
    said = reverie("memory", "import", str(claude_export))
    assert said.code == 130
    assert "Interrupted: what is in stays; run it again, and it goes on." in said.out


@pytest.mark.usefixtures("lived_in")
def test_each_change_is_undone_in_turn(reverie: Shell) -> None:
    reverie("memory", "mute", "2")
    reverie("memory", "pin", "1")
    reverie("memory", "edit", "3", "--text", "Three lines.")
    reverie("memory", "forget", "1", "2")
    assert list(states(reverie)) == [3]
    assert reverie("memory", "undo").out == "2 episodes are remembered again.\n"
    assert states(reverie) == {3: "waiting", 2: "muted", 1: "waiting"}
    assert reverie("memory", "undo").out == "Episode 3 has its old words again.\n"
    assert reverie("memory", "show", "3", "--json").document["user_text"].startswith("Two\nlines")
    said = reverie("memory", "undo", "--json").document
    assert (said["undone"], said["episode_ids"]) == ("pin", [1])
    assert reverie("memory", "undo").out == (
        "The last mute is undone: Episode 2 is waiting again.\n"
    )
    ended = reverie("memory", "undo")
    assert ended.code == 1
    assert one_line(ended).startswith("there is nothing to undo; a change can be undone for 24")


@pytest.mark.usefixtures("lived_in")
def test_an_edit_says_what_the_weights_still_know(reverie: Shell) -> None:
    said = reverie("memory", "edit", "1", "--text", "My dog is called \x1bRex.").out
    assert said == (
        "Episode 1 is changed. It waits for the next night again; the weights still know the old "
        "wording, until `reverie sleep --deep` trains without it. `reverie memory undo` brings "
        "the old words back for 24 hours, or until the next night.\n"
    )
    shown = reverie("memory", "show", "1", "--json").document
    assert (shown["user_text"], shown["state"]) == ("My dog is called Rex.", "waiting")
    assert shown["surprisal_bits"] is None
    assert (
        "stays as it is" in reverie("memory", "edit", "1", "--text", " My dog is called Rex.").out
    )


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize(("text", "why"), [(" \x1b ", "the text is empty"), ("x" * 20001, "20001")])
def test_an_edit_that_is_no_message_is_refused(reverie: Shell, text: str, why: str) -> None:
    said = reverie("memory", "edit", "1", "--text", text)
    assert said.code == 1
    assert why in one_line(said)


@pytest.mark.usefixtures("lived_in")
def test_without_words_an_edit_opens_the_editor(
    reverie: Shell, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\n[ "$1" = -w ] && sed -i s/Biscuit/Rex/ "$2" && ls -l "$2" >&2\n')
    editor.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{editor}' -w")
    assert reverie("memory", "edit", "1").code == 0
    assert reverie("memory", "list", "--json").document[-1]["user_text"] == "My dog is called Rex."
    assert list(home.glob("edit-*")) == []
    for broken, why in (("false", "failed; nothing was changed"), ("/gone", "cannot be started")):
        monkeypatch.setenv("EDITOR", broken)
        assert why in one_line(reverie("memory", "edit", "1"))


@pytest.mark.usefixtures("lived_in")
def test_what_is_forgotten_now_is_in_no_file_of_the_home(reverie: Shell, home: Path) -> None:
    reverie("memory", "edit", "2", "--text", "My cat is zqzebrafish.")
    reverie("memory", "pin", "2")
    said = reverie("memory", "forget", "--now", "2")
    assert said.out == (
        "Episode 2 is forgotten for good: nothing of it is left in the files of this home.\n"
    )
    content = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"zqzebrafish" not in content and b"Rex is my cat" not in content
    assert b"Biscuit" in content
    assert reverie("memory", "undo").code == 1
    assert one_line(reverie("memory", "forget", "--now", "2")).startswith("there is no episode 2")


@pytest.mark.usefixtures("lived_in")
def test_what_is_exported_comes_back_in_another_home(
    reverie: Shell, tmp_path: Path, claude_export: Path
) -> None:
    reverie("memory", "import", str(claude_export))
    reverie("memory", "mute", "2")
    reverie("memory", "pin", "3")
    out = tmp_path / "all.json"
    said = reverie("memory", "export", "--out", str(out))
    assert said.out == f"6 episodes are in {out}.\n"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    before = reverie("memory", "list", "--json").document[::-1]
    same = reverie("memory", "import", str(out), "--json").document
    assert (same["new"], same["known"]) == (0, 6)
    other = ("--home", str(tmp_path / "other"))
    reverie(*other, "memory", "import", str(out), home=False)
    held = reverie(*other, "memory", "list", "--json", home=False).document
    assert {one["state"] for one in held} == {"quarantined"}
    reverie(*other, "memory", "undo", home=False)
    reverie(*other, "memory", "import", str(out), "--trust", home=False)
    after = reverie(*other, "memory", "list", "--json", home=False).document[::-1]
    states = {"learned": "waiting", "quarantined": "waiting"}
    for one, two in zip(before, after, strict=True):
        one["state"] = states.get(one["state"], one["state"])
        assert one | {"id": 0} == two | {"id": 0}


@pytest.mark.usefixtures("lived_in")
def test_an_export_is_narrowed_and_can_be_read(reverie: Shell) -> None:
    learned = reverie("memory", "export", "--state", "learned", "--json").document
    assert [one["user_text"] for one in learned["episodes"]] == ["My dog is called Biscuit."]
    assert reverie("memory", "export", "--since", "2026-03-03", "--json").document["episodes"] == []
    text = reverie("memory", "export", "--format", "markdown").out
    assert text.startswith("# What Reverie remembers\n\n3 episodes.\n\n## Sunday 01 March 2026")
    assert "**You** (episode 1, learned):\n\nMy dog is called Biscuit." in text
    whole = json.loads(reverie("memory", "export").out)
    assert whole["format"] == "reverie-episodes"


@pytest.mark.usefixtures("lived_in")
def test_an_export_that_cannot_be_written_is_one_line(reverie: Shell, tmp_path: Path) -> None:
    said = reverie("memory", "export", "--out", str(tmp_path / "gone" / "x.json"))
    assert said.code == 1
    assert "cannot be written: No such file or directory" in one_line(said)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("approve",), "ID"),
        (("approve", "1", "--all"), "not allowed"),
        (("approve", "--all", "--origin", "chat"), "'chat'"),
        (("forget",), "ID"),
        (("export", "--since", "soon"), "'soon' is not a day such as 2026-03-01"),
        (("import",), "PATH"),
    ],
)
def test_wrong_usage_is_named(reverie: Shell, words: tuple[str, ...], named: str) -> None:
    said = reverie("memory", *words)
    assert said.code == 2
    assert named in one_line(said)
