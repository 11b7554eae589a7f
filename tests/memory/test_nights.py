import sqlite3
import threading
from datetime import timedelta

import pytest

from memory.nights import NightAlreadyDone, NightStore
from memory.records import (
    Choice,
    Dream,
    Dropped,
    LossPoint,
    NightReport,
    NightStatus,
    Probe,
    ProbeGroup,
    ProbeResult,
    Progress,
    Replaced,
    Stage,
    Verdict,
)
from memory.store import EpisodeStore

from .conftest import NOON, Remember

DATE = "2026-03-01"
LATER = NOON + timedelta(minutes=5)


def begin(nights: NightStore, sleep_date: str | None = None) -> int:
    return nights.begin(
        kind="scheduled" if sleep_date else "asked",
        sleep_date=sleep_date,
        deep=False,
        champion_before="base",
        started_at=NOON,
    )


def result(probe: Probe) -> ProbeResult:
    return ProbeResult(probe, "I do not know", False, "It is so", True)


def promoted(nights: NightStore, dreams: list[Dream], probes: list[Probe]) -> int:
    night = begin(nights)
    nights.record_dreams(night, dreams)
    nights.record_probes(night, [result(probe) for probe in probes])
    nights.finish(night, "promoted", LATER)
    return night


def test_a_report_reads_back_everything_recorded(nights: NightStore, remember: Remember) -> None:
    a, b = remember("a").id, remember("b").id
    night = nights.begin(
        kind="scheduled", sleep_date=DATE, deep=True, champion_before="v1", started_at=NOON
    )
    dreams = (
        Dream("What is it?", "It is \u2028so.", "question", (a,)),
        Dream(("Hi", "Hello", "And?"), "So.", "dialogue", (b, a)),
    )
    results = (
        result(Probe("What?", ("so", "thus"), "new", (a,))),
        result(Probe("2 + 2?", ("4",), "general")),
    )
    nights.record_choices(night, [Choice(a, "new")], [Choice(b, "known")])
    nights.record_replaced(night, [Replaced(a, "You live in Leith.", b, "You live in Oban.")])
    nights.record_dreams(night, dreams)
    dropped = (
        Dropped("Who?", "Sam.", "says 'Sam', which none of its sources says", (a,)),
        Dropped(("Hi", "Hello", "And?"), "Sam.", "is no question", (b, a)),
    )
    nights.record_dropped(night, dropped)
    nights.record_teacher(night, "The teacher was asked.")
    nights.record_stage(night, Stage("dream", 0.5))
    nights.record_stage(night, Stage("train", 1.5))
    nights.record_loss(night, LossPoint(1, 2.5))
    nights.record_loss(night, LossPoint(2, 1.25))
    nights.record_candidate(night, "v2")
    nights.record_probes(night, results)
    nights.record_verdict(night, Verdict(True, ("It learned.", "It kept.")))
    nights.finish(night, "promoted", LATER)
    assert nights.show(night) == NightReport(
        id=night,
        kind="scheduled",
        sleep_date=DATE,
        deep=True,
        status="promoted",
        started_at=NOON,
        finished_at=LATER,
        champion_before="v1",
        candidate="v2",
        selected=(Choice(a, "new"),),
        skipped=(Choice(b, "known"),),
        replaced=(Replaced(a, "You live in Leith.", b, "You live in Oban."),),
        dreams=dreams,
        losses=(LossPoint(1, 2.5), LossPoint(2, 1.25)),
        probes=results,
        verdict=Verdict(True, ("It learned.", "It kept.")),
        stages=(Stage("dream", 0.5), Stage("train", 1.5)),
        progress=None,
        error=None,
        dropped=dropped,
        teacher="The teacher was asked.",
    )


def test_what_was_replaced_counts_once_a_night_is_promoted(
    nights: NightStore, remember: Remember
) -> None:
    a, b = remember("I live in Leith.").id, remember("I've moved to Oban.").id
    one = Replaced(a, "You live in Leith.", b, "You have moved to Oban.")
    for status in ("refused", "promoted"):
        night = begin(nights)
        nights.record_replaced(night, [one])
        nights.finish(night, status, LATER)
    assert nights.replaced() == [one]


def test_a_running_night_shows_its_progress_until_it_ends(nights: NightStore) -> None:
    night = begin(nights)
    nights.record_progress(night, Progress("train", 1, 10, None, "loss 2.0"))
    nights.record_progress(night, Progress("train", 2, 10, 4.5, "loss 1.0"))
    running = nights.running()
    assert running is not None
    assert running.progress == Progress("train", 2, 10, 4.5, "loss 1.0")
    nights.finish(night, "failed", LATER, "The disk is full.")
    assert nights.running() is None
    report = nights.show(night)
    assert report is not None
    assert (report.status, report.progress, report.error) == ("failed", None, "The disk is full.")


def test_what_is_recorded_again_takes_the_place_of_the_first(
    nights: NightStore, remember: Remember
) -> None:
    a = remember("a").id
    night = begin(nights)
    for answer in ("first", "second"):
        nights.record_choices(night, [Choice(a, answer)], [])
        nights.record_dreams(night, [Dream("q", answer, "k", (a,))])
        nights.record_probes(night, [result(Probe(answer, ("x",), "new", (a,)))])
    report = nights.show(night)
    assert report is not None
    assert [c.reason for c in report.selected] == ["second"]
    assert [d.answer for d in report.dreams] == ["second"]
    assert [r.probe.question for r in report.probes] == ["second"]


@pytest.mark.parametrize("status", ["running", "promoted", "refused", "empty"])
def test_a_date_is_slept_once(nights: NightStore, status: NightStatus) -> None:
    night = begin(nights, DATE)
    if status != "running":
        nights.finish(night, status, LATER)
    assert nights.done_sleep_dates() == {DATE}
    with pytest.raises(NightAlreadyDone, match=DATE):
        begin(nights, DATE)
    begin(nights, "2026-03-02")


@pytest.mark.parametrize("status", ["failed", "interrupted"])
def test_a_date_whose_night_did_not_end_may_be_tried_again(
    nights: NightStore, status: NightStatus
) -> None:
    nights.finish(begin(nights, DATE), status, LATER)
    assert nights.done_sleep_dates() == set()
    begin(nights, DATE)
    with pytest.raises(NightAlreadyDone):
        begin(nights, DATE)


def test_of_two_that_begin_a_date_at_once_one_may(nights: NightStore) -> None:
    outcomes: list[str] = []
    gate = threading.Barrier(4)

    def sleep() -> None:
        gate.wait()
        try:
            begin(nights, DATE)
            outcomes.append("began")
        except NightAlreadyDone:
            outcomes.append("done")

    threads = [threading.Thread(target=sleep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["began", "done", "done", "done"]


def test_any_number_of_nights_may_be_asked_for(nights: NightStore) -> None:
    first, second = begin(nights), begin(nights)
    assert [r.id for r in nights.newest(5)] == [second, first]
    assert [r.id for r in nights.newest(1)] == [second]


def test_a_status_that_does_not_exist_is_refused(nights: NightStore) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        nights.finish(begin(nights), "asleep", LATER)  # type: ignore[arg-type]


def test_a_night_cut_off_is_closed_and_says_what_to_do(nights: NightStore) -> None:
    night = begin(nights, DATE)
    nights.record_progress(night, Progress("train", 1, 2, None, ""))
    assert nights.interrupt_running(LATER) == 1
    assert nights.interrupt_running(LATER) == 0
    report = nights.show(night)
    assert report is not None
    assert (report.status, report.finished_at, report.progress) == ("interrupted", LATER, None)
    assert report.error is not None
    assert "cut off" in report.error
    assert "reverie sleep" in report.error


@pytest.mark.parametrize("unknown", [0, 7, 2**70])
def test_an_unknown_night_has_no_report(nights: NightStore, unknown: int) -> None:
    assert nights.show(unknown) is None


def test_an_episode_forgotten_mid_night_is_not_written_down_again(
    store: EpisodeStore, nights: NightStore, remember: Remember
) -> None:
    gone, kept = remember("a").id, remember("b").id
    night = begin(nights)
    store.forget(gone)
    nights.record_choices(night, [Choice(gone, "new"), Choice(kept, "new")], [Choice(gone, "x")])
    nights.record_dreams(night, [Dream("q", "secret", "k", (kept, gone))])
    nights.record_probes(night, [result(Probe("secret?", ("x",), "new", (gone,)))])
    report = nights.show(night)
    assert report is not None
    assert (report.selected, report.skipped) == ((Choice(kept, "new"),), ())
    assert (report.dreams, report.probes) == ((), ())


def test_a_dropped_dream_is_forgotten_with_any_of_its_episodes(
    store: EpisodeStore, nights: NightStore, remember: Remember
) -> None:
    a, b = remember("a").id, remember("b").id
    night = begin(nights)
    both, one = (Dropped("q", "s\x1b", "says 's'", ids) for ids in ((b, a), (b,)))
    nights.record_dropped(night, [both, one])
    store.forget(a)
    nights.record_teacher(night, "")
    report = nights.show(night)
    assert report is not None
    assert report.dropped == (Dropped("q", "s", "says 's'", (b,)),)
    nights.record_dropped(night, [both, one])
    assert nights.show(night) == report


def test_model_output_that_utf8_cannot_hold_does_not_stop_a_night(
    nights: NightStore, remember: Remember
) -> None:
    night = begin(nights)
    probe = Probe("q\x1b?", ("a\ud800",), "new", (remember().id,))
    nights.record_probes(night, [ProbeResult(probe, "\ud800b", False, "\x00a", True)])
    nights.record_dreams(night, [Dream(("\x00a", "b\udfff"), "c\x1b", "k", ())])
    report = nights.show(night)
    assert report is not None
    assert report.probes[0].probe == Probe("q?", ("a",), "new", probe.episode_ids)
    assert report.dreams == (Dream(("a", "b"), "c", "k", ()),)


def test_only_dreams_of_promoted_nights_about_these_episodes_alone_return(
    nights: NightStore, remember: Remember
) -> None:
    a, b, c = (remember(text).id for text in "abc")
    first, pair = Dream("q1", "1", "k", (a,)), Dream(("q2", "r", "s"), "2", "k", (a, b))
    promoted(nights, [first, pair, Dream("q3", "3", "k", (b, c)), Dream("q4", "4", "k", ())], [])
    again = Dream("q1", "1", "replay", (a,))
    fresh = Dream("q5", "5", "k", (b,))
    promoted(nights, [again, fresh], [])
    refused = begin(nights)
    nights.record_dreams(refused, [Dream("q6", "6", "k", (a,))])
    nights.finish(refused, "refused", LATER)
    assert nights.dreams_of([a, b]) == [first, pair, fresh]
    assert nights.dreams_of([]) == []


def test_only_probes_of_promoted_nights_about_these_episodes_alone_return(
    nights: NightStore, remember: Remember
) -> None:
    a, b = remember("a").id, remember("b").id
    first = Probe("q1?", ("1",), "new", (a,))
    general = Probe("2 + 2?", ("4",), "general")
    promoted(nights, [], [first, general, Probe("q2?", ("2",), "new", (b,))])
    promoted(nights, [], [Probe("q1?", ("1",), "old", (a,))])
    refused = begin(nights)
    nights.record_probes(refused, [result(Probe("q3?", ("3",), "new", (a,)))])
    nights.finish(refused, "refused", LATER)
    assert nights.probes_of([a]) == [first]


def test_a_correction_decides_what_a_question_expects(
    nights: NightStore, remember: Remember
) -> None:
    a, b = remember("My dog is Biscuit").id, remember("My dog is Rex").id
    wrong, right = (
        Probe("Name?", (name,), "new", (i,)) for name, i in (("Biscuit", a), ("Rex", b))
    )
    promoted(nights, [], [wrong])
    promoted(nights, [], [right, wrong])
    assert nights.probes_of([a, b]) == [right]
    assert nights.probes_of([a]) == [wrong]


def test_known_once_is_what_a_model_answered_right_while_it_was_live(
    nights: NightStore, store: EpisodeStore, remember: Remember
) -> None:
    a, b = remember("a").id, remember("b").id

    def asked(name: str, before: bool, after: bool, group: ProbeGroup = "new") -> ProbeResult:
        probe = Probe(f"{name}?", (name,), group, () if group == "general" else (a,))
        return ProbeResult(probe, "", before, "", after)

    night = begin(nights)
    of_b = ProbeResult(Probe("b?", ("b",), "new", (b,)), "", False, "b", True)
    nights.record_probes(night, [asked("won", False, True), asked("missed", False, False), of_b])
    nights.finish(night, "promoted", LATER)
    night = begin(nights)
    nights.record_probes(
        night,
        [
            asked("won", True, False, "old"),
            asked("candidate's alone", False, True),
            asked("live", True, False),
            asked("general", True, True, "general"),
        ],
    )
    nights.finish(night, "refused", LATER)

    def known(*names: str) -> set[Probe]:
        return {Probe(f"{name}?", (name,), "old", (a,)) for name in names}

    assert nights.known_once() == known("won", "live") | {Probe("b?", ("b",), "old", (b,))}
    store.forget(b)
    assert nights.known_once() == known("won", "live")
