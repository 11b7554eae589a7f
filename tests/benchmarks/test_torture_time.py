"""One night a sleep date under every clock, and an attack that finds what would break that."""

from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.torture import time as torture
from consolidation import due, schedule


def lost(family: Callable[[bool], Any]) -> dict[str, list[str]]:
    return {name: faults for name, faults in family(True) if faults}


@pytest.mark.parametrize("family", torture.FAMILIES)
def test_no_sleep_date_is_lost_or_slept_twice(family: Callable[[bool], Any]) -> None:
    assert lost(family) == {}


def cron(
    now: datetime, at: time, done: Collection[str], first_seen: date | None = None
) -> date | None:
    """Due when the clock shows the time, as a cron job is."""
    shows = (now.hour, now.minute) == (at.hour, at.minute)
    return now.date() if shows and now.date().isoformat() not in done else None


def heedless(
    now: datetime, at: time, done: Collection[str], first_seen: date | None = None
) -> date | None:
    """Calendar arithmetic that takes every day for 24 hours, and asks for nothing that waits."""
    day = now.date() if now.time() >= at else now.date() - timedelta(days=1)
    return None if day.isoformat() in done else day


@pytest.mark.parametrize("wrong", [cron, heedless])
def test_the_attack_finds_a_schedule_that_is_wrong(
    wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (schedule, due):
        monkeypatch.setattr(module, "due_sleep_date", wrong)
    for family in (torture.clock_changes, torture.away):
        assert any(faults for _, faults in family(True))


def test_what_is_lost_fails_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def one_of_two(quick: bool) -> list[tuple[str, list[str]]]:
        return [("kept", []), ("lost", ["2026-03-29 did not run"])]

    monkeypatch.setattr(torture, "FAMILIES", (one_of_two,))
    arguments = SimpleNamespace(parse_args=lambda: SimpleNamespace(quick=True))
    arguments.add_argument = lambda *_, **__: None
    monkeypatch.setattr(torture.argparse, "ArgumentParser", lambda **_: arguments)
    assert torture.main() == 1
    out = capsys.readouterr().out
    assert out.splitlines()[1].split() == ["one_of_two", "2", "1", "1"]
    assert "lost: 2026-03-29 did not run" in out
