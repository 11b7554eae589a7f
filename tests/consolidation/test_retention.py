"""Retention is read off stored probes: who taught a fact, and who still knows it."""

from datetime import UTC, datetime
from typing import Any

from consolidation.retention import Share, retention_of
from consolidation.retention_words import newest_cells, night_rows, retention_sentences
from memory.history import NightOutline, ProbeMark

AT = datetime(2026, 3, 2, 3, tzinfo=UTC)


def mark(question: str, group: Any, before: bool, after: bool, *ids: int) -> ProbeMark:
    return ProbeMark(question, ("x",), group, ids, before, after)


def night(number: int, *probes: ProbeMark, **changes: Any) -> NightOutline:
    before = f"night-{number - 1:04d}" if number > 1 else "base"
    values: dict[str, Any] = {
        "deep": False,
        "status": "promoted",
        "started_at": AT,
        "champion_before": before,
        "candidate": f"night-{number:04d}",
        "dreams": 20,
        "novelty": 0.5,
        "duration_s": 100.0,
        "training_s": 60.0,
    }
    return NightOutline(id=number, probes=probes, **values | changes)


FIRST = night(1, mark("Dog?", "new", False, True, 1), mark("Cat?", "new", False, True, 2))
SECOND = night(
    2,
    mark("Home?", "new", False, True, 3),
    mark("Dog?", "old", True, True, 1),
    mark("Cat?", "old", True, False, 2),
    mark("2+2?", "general", True, True),
)


def test_a_cell_is_how_many_of_a_nights_facts_are_right_after_a_later_night() -> None:
    retention = retention_of([FIRST, SECOND])
    assert retention.cells == ((Share(2, 2), None), (Share(1, 2), Share(1, 1)))
    assert retention.backward_transfer == -0.5
    last = retention.points[-1]
    assert (last.learned, last.retained, last.forgotten) == (Share(1, 1), Share(1, 2), Share(1, 2))
    assert last.general == Share(1, 1)
    assert last.known == Share(2, 3)


def test_a_corrected_fact_belongs_to_the_night_that_corrected_it() -> None:
    corrected = night(2, mark("Dog?", "new", False, True, 5))
    third = night(3, mark("Dog?", "old", True, False, 5))
    cells = retention_of([FIRST, corrected, third]).cells
    assert cells[2] == (None, Share(0, 1), None)


def test_a_question_in_other_words_is_found_by_its_episode() -> None:
    asked_otherwise = night(2, mark("What is my dog called?", "old", False, True, 1))
    retention = retention_of([FIRST, asked_otherwise])
    assert retention.cells[1] == (Share(1, 1), None)
    assert retention.points[1].regained == 1


def test_refused_nights_cost_time_and_teach_nothing() -> None:
    refused = night(2, mark("Dog?", "old", True, False, 1), status="refused", candidate=None)
    third = night(3, mark("Dog?", "old", True, True, 1), champion_before="night-0001")
    retention = retention_of([FIRST, refused, third])
    assert [point.night_id for point in retention.points] == [1, 3]
    assert retention.points[1].duration_s == 200.0
    assert retention.total_s == 300.0


def test_a_night_that_was_rolled_back_is_not_on_the_line() -> None:
    after_rollback = night(3, mark("Sea?", "new", False, True, 9), champion_before="night-0001")
    retention = retention_of([FIRST, SECOND, after_rollback])
    assert [point.night_id for point in retention.points] == [1, 3]


def test_no_promoted_night_is_said_so() -> None:
    empty = night(1, status="empty", candidate=None)
    assert retention_of([]).points == retention_of([empty]).points == ()
    assert "No night has been promoted yet" in retention_sentences(retention_of([empty]))[0]
    assert retention_of([]).backward_transfer is None


def test_words_and_rows_tell_the_same_numbers() -> None:
    retention = retention_of([FIRST, SECOND])
    said = " ".join(retention_sentences(retention))
    assert "After 2 promoted nights, 2 of 3 questions about you were right" in said
    assert "100% right on its first morning, 50% now (backward transfer -0.50)" in said
    assert "All nights took 3 min: 2 min for each question that is right." in said
    assert night_rows(retention.points)[1][:5] == ("2", "1 of 1", "1 of 2", "1 of 2", "1 of 1")
    assert newest_cells(retention, most=1) == ((2,), ((Share(1, 1),),))
