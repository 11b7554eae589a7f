"""What the app says, and how it understands commands."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from consolidation.plain_words import (
    as_sentence,
    duration_words,
    learned_fraction,
    next_sleep_words,
    night_summary,
    progress_words,
)
from memory.records import Choice, NightReport, Probe, ProbeResult, Progress, Verdict
from tui.chat_words import night_fell_due, unknown_command
from tui.command_list import typed_command
from tui.slash import Asked, Said, Unknown, matching, understood
from tui.widgets.night_text import verdict_text

NOW = datetime(2025, 11, 24, 22, 0, tzinfo=UTC)


def report(status: Any, **changes: Any) -> NightReport:
    values: dict[str, Any] = {
        "id": 3,
        "kind": "asked",
        "sleep_date": None,
        "deep": False,
        "started_at": NOW,
        "finished_at": NOW,
        "champion_before": "night-0002",
        "candidate": None,
        "selected": (),
        "skipped": (),
        "replaced": (),
        "dreams": (),
        "losses": (),
        "probes": (),
        "verdict": None,
        "stages": (),
        "progress": None,
        "error": None,
    }
    return NightReport(status=status, **values | changes)


def results(group: Any, *marks: tuple[bool, bool]) -> tuple[ProbeResult, ...]:
    probe = Probe("?", ("x",), group)
    return tuple(ProbeResult(probe, "", before, "", after) for before, after in marks)


def test_a_verdict_shows_the_counts_and_how_much_more_may_be_lost() -> None:
    probes = (
        *results("new", (False, True), (True, False)),
        *results("old", *[(True, True)] * 299, (True, False)),
    )
    entries = verdict_text(report("promoted", probes=probes))
    shown = "\n".join(text.plain for lines in entries for _, text in lines)
    assert "New        1 of 2   →   1 of 2     1 lost\n" in shown
    assert "Older    300 of 300 → 299 of 300   1 lost, at most 1.6%\n" in shown
    assert "At most: at 95% confidence." in shown


def test_a_promoted_night_says_what_was_learned_and_kept() -> None:
    probes = (
        *results("new", *[(False, True)] * 11, (False, False)),
        *results("old", *[(True, True)] * 4),
        *results("general", *[(True, True)] * 38, (False, True)),
    )
    night = report("promoted", probes=probes, candidate="night-0003")
    assert night_summary(night) == (
        "Learned 11 of 12. Kept all 4 older facts. General knowledge unchanged. "
        "New model night-0003 is live."
    )
    assert learned_fraction(night) == "11/12"


def test_losses_are_told() -> None:
    probes = (
        *results("new", (False, True)),
        *results("old", (True, True), (True, False)),
        *results("general", (True, False), (True, True)),
    )
    summary = night_summary(report("promoted", probes=probes, candidate="night-0003"))
    assert "Kept all 2 older facts but 1: “?”." in summary
    assert "General knowledge: 1 of 2 kept." in summary


def test_a_refused_night_says_why_and_what_stays() -> None:
    verdict = Verdict(False, ("it lost 3 of 38 general questions that were right before",))
    assert night_summary(report("refused", verdict=verdict)) == (
        "The new model was tested and refused. It lost 3 of 38 general questions that were right "
        "before. night-0002 stays live."
    )


def test_the_other_ends_of_a_night() -> None:
    assert night_summary(report("empty")).startswith("Nothing to learn: no memory was waiting.")
    skipped = (Choice(1, "known"), Choice(2, "known"))
    assert "2 waiting memories were looked at" in night_summary(report("empty", skipped=skipped))
    failed = night_summary(report("failed", error="night.lock cannot be made"))
    assert "failed. night.lock cannot be made. Nothing was changed" in failed
    assert "interrupted" in night_summary(report("interrupted", deep=True))
    running = report("running", progress=Progress("train", 3, 12, 130.0, ""))
    assert night_summary(running) == "Night 3 is running: learning · 3 of 12 · about 2 min left."


def test_progress_without_numbers_is_told_without_them() -> None:
    assert progress_words(None) == "getting ready"
    assert progress_words(Progress("dream", 0, 0, None, "")) == "dreaming up practice questions"
    assert progress_words(Progress("a new stage", 0, 0, None, "")) == "a new stage"


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(seconds=20), "in 1 min"),
        (timedelta(minutes=40), "in 40 min"),
        (timedelta(hours=3), "in 3 h"),
        (timedelta(hours=7), "tonight 05:00"),
        (timedelta(hours=15), "tomorrow 13:00"),
        (timedelta(hours=23), "tonight 21:00"),
        (timedelta(hours=30), "Wed 04:00"),
    ],
)
def test_the_next_sleep_in_words(ahead: timedelta, words: str) -> None:
    assert next_sleep_words(NOW, NOW + ahead) == words


def test_the_next_sleep_counts_real_hours_across_a_clock_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    now = datetime(2025, 3, 30, 1, 30, tzinfo=berlin)
    assert next_sleep_words(now, datetime(2025, 3, 30, 3, 15, tzinfo=berlin)) == "in 45 min"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (40, "40 s"), (100, "2 min"), (3599, "1 h"), (4800, "1 h 20 min")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


def test_a_reason_becomes_a_sentence_and_a_name_keeps_its_case() -> None:
    assert as_sentence("the disk is full") == "The disk is full."
    assert as_sentence("base.gguf not found!") == "base.gguf not found!"
    assert as_sentence("") == ""


def test_a_missed_night_is_told_honestly() -> None:
    assert "was missed" in night_fell_due(NOW.date(), missed=True)
    assert "was missed" not in night_fell_due(NOW.date(), missed=False)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/frobnicate now", "/frobnicate is not a command here; /help lists them."),
        ("/forget 4", "/forget is not a command here; it has a key in the memory: /memory."),
        ("/regenerate", "/regenerate is not a command here; /retry is."),
        ("/memroy", "/memroy is not a command here; /memory is."),
        ("/Quit now", "/Quit takes nothing after it."),
    ],
)
def test_what_is_no_command_is_told_what_comes_nearest(line: str, told: str) -> None:
    unknown = understood(line)
    assert isinstance(unknown, Unknown)
    words = unknown_command(unknown.line, unknown.meant)
    assert words == f"{told} Begin with a space to say it as it is."


def test_what_was_typed_is_understood() -> None:
    assert understood(" SLEEP\n") == Asked("sleep", "now")
    assert understood("sleep well") == Said("sleep well")
    assert understood("/memory  dog food ") == Asked("memory", "dog food")
    assert understood("/Nights") == Asked("nights", "")
    assert understood("/nights 3") == Unknown("/nights 3", typed_command("nights"))
    assert understood("/") == Unknown("/")
    assert understood(" /etc/hosts") == Said("/etc/hosts")


def test_hints_narrow_down() -> None:
    assert [c.name for c in matching("/n")] == ["nights", "new", "note", "notes"]
    assert [c.name for c in matching("/memory do")] == ["memory"]
    assert matching("/nights x") == matching("hello") == matching("/a\nb") == ()
