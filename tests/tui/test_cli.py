"""Every command says what it did, to people and to programs alike, and fails in one line."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from memory.database import Connections
from memory.episode import EpisodeDraft, NoveltyScore
from memory.nights import NightStore
from memory.records import (
    Choice,
    Dream,
    Dropped,
    LossPoint,
    Probe,
    ProbeResult,
    Signals,
    Stage,
    Verdict,
)
from memory.store import EpisodeStore
from tui.cli import main

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHOSEN = Choice(1, "novel", 0.94, 0.72, 5.25, Signals(facts=1, dreams=24, wished=True))
SIGNALS = {
    "novelty": 0.72,
    "surprisal_bits": 5.25,
    "kind": "fact",
    "facts": 1,
    "dreams": 24,
    "wished": True,
    "corrects": [],
    "changing": False,
    "retold": False,
    "pinned": False,
    "withheld": "",
}


@dataclass(frozen=True)
class Said:
    """What a command left: its exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


class Shell:
    """Runs commands on one home folder, as `reverie` does."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capture = capture

    def __call__(self, *arguments: str, home: bool = True) -> Said:
        line = ["--home", str(self.home), *arguments] if home else list(arguments)
        try:
            code = main(line)
        except SystemExit as end:
            assert isinstance(end.code, int)
            code = end.code
        out, err = self._capture.readouterr()
        assert "Traceback" not in err
        return Said(code, out, err)


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    """`main` closes what it makes to others, for the whole process."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a base model that is quick to hash."""
    base = tmp_path / "base.gguf"
    base.write_bytes(b"base weights")
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "settings.toml").write_text(f"[model]\ngguf = {json.dumps(str(base))}\n")
    return folder


@pytest.fixture
def reverie(home: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(home, capsys)


@pytest.fixture
def lived_in(home: Path) -> Path:
    """Three episodes, the last with a line break, and two nights."""
    connections = Connections(home / "reverie.db")
    store, nights = EpisodeStore(connections), NightStore(connections)
    for text in ("My dog is called Biscuit.", "Rex is my cat.", "Two\nlines " + "x" * 90):
        draft = EpisodeDraft("s", NOON, text, "Noted.", "base", NoveltyScore(0.72, 0.81, 5.25))
        store.add(draft, np.array([1.0, 0.0], dtype=np.float32))
    night_id = nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NOON
    )
    nights.record_choices(night_id, [CHOSEN], [Choice(2, "known")])
    nights.record_dreams(night_id, [Dream(("Hi", "Yo", "Who?"), "Biscuit", "dialogue", (1,))])
    nights.record_dropped(night_id, [Dropped("Where?", "Oslo.", "says 'Oslo'", (1,))])
    nights.record_loss(night_id, LossPoint(1, 2.34567))
    probe = Probe("Who is my dog?", ("Biscuit",), "new", (1,))
    nights.record_probes(night_id, [ProbeResult(probe, "No idea.", False, "Biscuit.", True)])
    nights.record_verdict(night_id, Verdict(True, ("It learned 1 of 1.",)))
    nights.record_candidate(night_id, "night-0001")
    nights.record_stage(night_id, Stage("train", 84.0))
    nights.finish(night_id, "promoted", NOON)
    store.set_state([1], "learned")
    night_id = nights.begin(
        kind="asked", sleep_date=None, deep=False, champion_before="base", started_at=NOON
    )
    nights.finish(night_id, "empty", NOON)
    connections.close()
    return home


def one_line(said: Said) -> str:
    """The single line on stderr of a command that failed."""
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("reverie: ")
    return line.removeprefix("reverie: ")


@pytest.mark.usefixtures("lived_in")
def test_memory_list_shows_the_newest_first_a_line_each(reverie: Shell) -> None:
    said = reverie("memory", "list")
    assert (said.code, said.err) == (0, "")
    heading, *lines = said.out.splitlines()
    assert heading.split() == ["id", "time", "new", "state", "you", "said"]
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert lines[2].endswith("My dog is called Biscuit.")
    assert max(map(len, lines)) < 120


@pytest.mark.usefixtures("lived_in")
def test_memory_list_as_json_has_every_episode_whole(reverie: Shell) -> None:
    found = reverie("memory", "list", "--json").document
    assert [episode["id"] for episode in found] == [3, 2, 1]
    assert found[2] == {
        "id": 1,
        "session_id": "s",
        "created_at": "2026-03-01T12:00:00+00:00",
        "user_text": "My dog is called Biscuit.",
        "assistant_text": "Noted.",
        "model_version": "base",
        "novelty": 0.72,
        "embedding_novelty": 0.81,
        "surprisal_bits": 5.25,
        "state": "learned",
        "pinned": False,
        "origin": "chat",
    }


@pytest.mark.usefixtures("lived_in")
def test_memory_list_is_narrowed_by_state_and_number(reverie: Shell) -> None:
    learned = reverie("memory", "list", "--state", "learned", "--json").document
    assert [episode["id"] for episode in learned] == [1]
    newest = reverie("memory", "list", "--limit", "1", "--json").document
    assert [episode["id"] for episode in newest] == [3]


@pytest.mark.usefixtures("lived_in")
def test_memory_search_finds_by_word(reverie: Shell) -> None:
    assert [e["id"] for e in reverie("memory", "search", "cats", "--json").document] == [2]
    assert reverie("memory", "search", "zebra").out == "Nothing is remembered about 'zebra'.\n"


@pytest.mark.usefixtures("lived_in")
def test_memory_show_has_both_sides_and_the_parts_of_novelty(reverie: Shell) -> None:
    said = reverie("memory", "show", "1")
    assert said.code == 0
    assert "You:     My dog is called Biscuit.\nReverie: Noted." in said.out
    assert "Novelty 0.72" in said.out and "0.81" in said.out and "5.2 bits" in said.out
    assert reverie("memory", "show", "1", "--json").document["id"] == 1


@pytest.mark.usefixtures("lived_in")
def test_a_muted_episode_stays_until_it_is_unmuted(reverie: Shell) -> None:
    assert reverie("memory", "mute", "2").out == "Episode 2 is kept, and never trained.\n"
    assert reverie("memory", "show", "2", "--json").document["state"] == "muted"
    assert reverie("memory", "unmute", "2").out == "Episode 2 waits for the next night.\n"
    assert reverie("memory", "show", "2", "--json").document["state"] == "waiting"


@pytest.mark.usefixtures("lived_in")
def test_a_pinned_episode_stays_so_until_it_is_unpinned(reverie: Shell) -> None:
    said = reverie("memory", "pin", "2").out
    assert said == "Episode 2 is pinned: the next night takes it, whatever it is.\n"
    assert "[pinned] Rex is my cat." in reverie("memory", "list").out
    assert [e["pinned"] for e in reverie("memory", "search", "cat", "--json").document] == [True]
    said = reverie("memory", "unpin", "2").out
    assert said == "Episode 2 is no longer pinned: the night decides.\n"
    assert "[pinned]" not in reverie("memory", "list").out


@pytest.mark.usefixtures("lived_in")
def test_pinning_unmutes_and_muting_unpins(reverie: Shell) -> None:
    reverie("memory", "mute", "2")
    pinned = reverie("memory", "pin", "2", "--json").document
    assert (pinned["state"], pinned["pinned"]) == ("waiting", True)
    muted = reverie("memory", "mute", "2", "--json").document
    assert (muted["state"], muted["pinned"]) == ("muted", False)


@pytest.mark.usefixtures("lived_in")
def test_a_learned_episode_that_is_pinned_stays_learned(reverie: Shell) -> None:
    said = reverie("memory", "pin", "1").out
    assert said == "Episode 1 is pinned; the weights know it already.\n"
    assert reverie("memory", "list", "--state", "learned", "--json").document[0]["pinned"]


@pytest.mark.usefixtures("lived_in")
def test_memory_show_has_the_last_choice_and_how_it_is_read_now(reverie: Shell) -> None:
    text = reverie("memory", "show", "1").out
    assert "Night 1 took it in (worth 0.94): novel." in text
    assert "fact          My dog is called Biscuit.  (states something of its owner's life)" in text
    assert "Your dog is called Biscuit." in text
    shown = reverie("memory", "show", "1", "--json").document
    assert shown["last_choice"] == {
        "night_id": 1,
        "taken": True,
        "episode_id": 1,
        "reason": "novel",
        "score": 0.94,
        "signals": SIGNALS,
    }
    assert shown["facts"] == ["Your dog is called Biscuit."]
    assert [(u["kind"], u["told"]) for u in shown["utterances"]] == [("fact", True)]


@pytest.mark.usefixtures("lived_in")
def test_memory_show_of_what_only_a_pin_makes_a_fact(reverie: Shell) -> None:
    assert "A night finds no fact in it." in reverie("memory", "show", "3").out
    assert "No night has looked at it yet." in reverie("memory", "show", "3").out
    reverie("memory", "pin", "3")
    shown = reverie("memory", "show", "3")
    assert "Episode 3, waiting, pinned, " in shown.out
    assert "told all the same, for it is pinned" in shown.out
    assert "What a night would teach of it:" in shown.out


@pytest.mark.usefixtures("lived_in")
def test_a_forgotten_episode_is_gone_and_what_the_weights_know_is_said(reverie: Shell) -> None:
    said = reverie("memory", "forget", "2").out
    assert said.startswith("Episode 2 is forgotten. `reverie memory undo` brings it back")
    learned = reverie("memory", "forget", "1", "--json").document
    assert learned == {"forgotten": 1, "weights_know": True, "undoable": True}
    assert [e["id"] for e in reverie("memory", "list", "--json").document] == [3]
    assert one_line(reverie("memory", "show", "2")).startswith("there is no episode 2")


@pytest.mark.usefixtures("lived_in")
def test_forgetting_what_a_night_learned_says_how_to_take_it_out_of_the_weights(
    reverie: Shell,
) -> None:
    said = reverie("memory", "forget", "1")
    assert "The weights still know it, until `reverie sleep --deep`" in said.out


@pytest.mark.parametrize("action", ["show", "mute", "unmute", "pin", "unpin", "forget"])
def test_an_unknown_episode_fails_with_a_line_that_says_where_to_look(
    reverie: Shell, action: str
) -> None:
    said = reverie("memory", action, "99")
    assert said.code == 1
    assert one_line(said) == "there is no episode 99; see `reverie memory list`"


def test_an_empty_memory_says_so(reverie: Shell) -> None:
    assert reverie("memory", "list").out == "Nothing is remembered yet.\n"
    assert reverie("memory", "list", "--json").document == []


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize("words", [("nights",), ("nights", "list")])
def test_nights_are_listed_newest_first(reverie: Shell, words: tuple[str, ...]) -> None:
    lines = reverie(*words).out.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "1"]
    assert "New model night-0001 is live." in lines[1]
    found = reverie(*words, "--json").document
    assert [(n["night_id"], n["status"]) for n in found] == [(2, "empty"), (1, "promoted")]


@pytest.mark.usefixtures("lived_in")
def test_a_night_is_shown_whole(reverie: Shell) -> None:
    text = reverie("nights", "show", "1").out
    assert text.startswith("# Night 1, ")
    assert "| 1 | yes | 0.94 | novel (surprisal 5.2 bits) |" in text
    assert "| 2 | no | – | known |" in text
    night = reverie("nights", "show", "1", "--json").document
    assert night["verdict"] == {"promotes": True, "reasons": ["It learned 1 of 1."]}
    assert night["selected"] == [
        {"episode_id": 1, "reason": "novel", "score": 0.94, "signals": SIGNALS}
    ]
    assert night["skipped"] == [
        {"episode_id": 2, "reason": "known", "score": None, "signals": None}
    ]
    assert night["dreams"] == [
        {
            "id": Dream(("Hi", "Yo", "Who?"), "Biscuit", "dialogue", (1,)).key,
            "prompt": ["Hi", "Yo", "Who?"],
            "answer": "Biscuit",
            "kind": "dialogue",
            "episode_ids": [1],
        }
    ]
    assert night["struck"] == 0
    assert night["dropped"] == {
        "count": 1,
        "items": [
            {"prompt": "Where?", "answer": "Oslo.", "reason": "says 'Oslo'", "episode_ids": [1]}
        ],
    }
    assert night["losses"] == [{"step": 1, "loss": 2.3457}]
    assert night["stages"] == {"train": 84.0}
    new = night["probes"]["new"]
    assert (new["asked"], new["right_before"], new["right_after"], new["lost"]) == (1, 0, 1, 0)
    assert new["results"][0]["after"] == {"answer": "Biscuit.", "right": True}


def test_an_unknown_night_fails_with_a_line(reverie: Shell) -> None:
    said = reverie("nights", "show", "7")
    assert said.code == 1
    assert one_line(said) == "there is no night 7; see `reverie nights`"


def test_no_night_yet_says_what_to_do(reverie: Shell) -> None:
    assert "Chat a little, then run `reverie sleep`" in reverie("nights").out


@pytest.mark.parametrize("words", [("models",), ("models", "list")])
def test_the_base_is_the_first_live_version(reverie: Shell, words: tuple[str, ...]) -> None:
    assert reverie(*words).out.startswith("* base ")
    (version,) = reverie(*words, "--json").document
    assert (version["name"], version["live"], version["parent"]) == ("base", True, None)
    assert version["size_bytes"] == len(b"base weights")


def test_at_the_base_there_is_nothing_to_roll_back_to(reverie: Shell) -> None:
    said = reverie("models", "rollback")
    assert said.code == 1
    assert one_line(said) == "base is the oldest version; there is nothing to roll back to"


def test_an_unknown_version_is_named_with_the_known(reverie: Shell) -> None:
    assert reverie("models").code == 0
    said = reverie("models", "use", "night-0009")
    assert said.code == 1
    assert one_line(said) == "no version 'night-0009'; known are base"


def test_changed_weights_fail_the_check(reverie: Shell, home: Path) -> None:
    assert reverie("models", "verify").out == "ok      base  every file is as recorded\n"
    base = home.parent / "base.gguf"
    stat = base.stat()
    base.write_bytes(b"BASE weights")
    os.utime(base, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    said = reverie("models", "verify", "--json")
    assert said.code == 1
    assert [result["ok"] for result in said.document] == [False]


def test_missing_weights_fail_with_the_command_that_helps(reverie: Shell, home: Path) -> None:
    (home.parent / "base.gguf").unlink()
    said = reverie("models", "list")
    assert said.code == 1
    assert one_line(said).endswith("base.gguf not found; run `reverie doctor`")


@pytest.mark.usefixtures("lived_in")
def test_home_and_json_may_stand_before_and_after_the_command(
    reverie: Shell, home: Path, tmp_path: Path
) -> None:
    before = reverie("--home", str(home), "--json", "memory", "list", home=False)
    after = reverie("memory", "list", "--json", "--home", str(home), home=False)
    between = reverie("memory", "--home", str(home), "list", "--json", home=False)
    assert before == after == between
    assert len(before.document) == 3
    nearest = reverie(
        "--home", str(tmp_path / "x"), "memory", "list", "--home", str(home), "--json"
    )
    assert nearest.document == before.document


@pytest.mark.usefixtures("lived_in")
def test_the_environment_names_the_home(
    reverie: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVERIE_HOME", str(home))
    assert len(reverie("memory", "list", "--json", home=False).document) == 3


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("dance",), "'dance'"),
        (("--loud",), "--loud"),
        (("memory",), "ACTION"),
        (("memory", "dance"), "'dance'"),
        (("memory", "show"), "ID"),
        (("memory", "show", "one"), "'one' is not a whole number above 0"),
        (("memory", "show", "0"), "'0' is not a whole number above 0"),
        (("memory", "show", "-1"), "-1"),
        (("memory", "show", "9" * 30), "is not a whole number above 0"),
        (("memory", "list", "--limit", "0"), "'0' is not a whole number above 0"),
        (("memory", "list", "--state", "lost"), "'lost'"),
        (("nights", "show", "\u00b2"), "is not a whole number above 0"),
        (("say",), "TEXT"),
        (("sleep", "--max-minutes", "0"), "'0' is not a number of minutes above 0"),
        (("sleep", "--max-minutes", "nan"), "'nan' is not a number of minutes above 0"),
        (("models", "use"), "NAME"),
        (("dreams", "strike"), "ID"),
        (("dreams", "list", "--all", "--struck"), "--struck"),
    ],
)
def test_wrong_usage_is_one_line_that_names_it_and_exit_code_2(
    reverie: Shell, words: tuple[str, ...], named: str
) -> None:
    said = reverie(*words)
    assert said.code == 2
    line = one_line(said)
    assert named in line
    assert line.endswith("--help`")


def test_help_is_no_failure(reverie: Shell) -> None:
    said = reverie("--help", home=False)
    assert said.code == 0
    for command in ("say", "sleep", "memory", "nights", "models", "doctor"):
        assert f"\n    {command} " in said.out


@pytest.mark.parametrize("words", [("memory", "list"), ("nights",), ("models",), ()])
def test_a_settings_file_that_cannot_be_used_fails_every_command_with_its_fix(
    reverie: Shell, home: Path, words: tuple[str, ...]
) -> None:
    (home / "settings.toml").write_text("[chat]\ntemperature = 9\n")
    said = reverie(*words)
    assert said.code == 1
    assert one_line(said).endswith("chat.temperature = 9.0 must be between 0 and 2")


def test_a_home_that_cannot_be_made_fails_with_its_name(reverie: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = reverie("--home", str(tmp_path / "file"), "nights", home=False)
    assert said.code == 1
    assert "file cannot be made" in one_line(said)


def test_a_damaged_database_fails_with_its_fix_and_is_left_as_it_is(
    reverie: Shell, home: Path
) -> None:
    (home / "reverie.db").write_bytes(b"no database " * 100)
    for words in (("memory", "list"), ("nights",), ()):
        said = reverie(*words)
        assert said.code == 1
        assert "restore it from a backup" in one_line(said)
    assert (home / "reverie.db").read_bytes() == b"no database " * 100


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "there is not enough memory; close other programs and try again"),
        (AssertionError("odd"), "odd (AssertionError; details in"),
        (sqlite3.OperationalError("odd"), "odd (OperationalError; details in"),
    ],
)
def test_an_error_of_any_kind_is_one_line(
    reverie: Shell, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("tui.commands.night.list_nights", fail)
    result = reverie("nights")
    assert result.code == 1
    assert said in one_line(result)


def test_the_traceback_is_in_the_log_for_who_looks_for_it(reverie: Shell, home: Path) -> None:
    reverie("memory", "show", "99")
    assert "Traceback" in (home / "reverie.log").read_text()
    assert (home / "reverie.log").stat().st_mode & 0o077 == 0


def test_the_program_runs_as_a_process_with_its_exit_codes(home: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tui.cli", "--home", str(home), *words],
            capture_output=True,
            text=True,
            timeout=60,
        )

    assert run("memory", "list", "--json").stdout == "[]\n"
    assert [run(*words).returncode for words in (("nights",), ("nights", "show", "7"), ("x",))] == [
        0,
        1,
        2,
    ]


def test_a_reader_that_leaves_early_is_no_failure(lived_in: Path) -> None:
    """Such as `reverie memory list | head -1`: the reader is gone before the first line."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli", "--home", str(lived_in), "memory", "list"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_a_turn_whose_models_are_missing_fails_in_a_line(reverie: Shell, home: Path) -> None:
    empty = home.parent / "empty"
    empty.mkdir()
    (home / "settings.toml").write_text(
        f'[model]\ngguf = "{home.parent}/gone.gguf"\nembedder = "{empty}"\n'
    )
    said = reverie("say", "Hello")
    assert said.code == 1
    assert "run `reverie doctor`" in one_line(said)
    assert reverie("memory", "list", "--json").document == []
