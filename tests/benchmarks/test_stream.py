"""The learning stream: what is told and asked, how it is scored, and that a killed job goes on."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings_file import load_settings
from benchmarks.stream.coherence import competing, lost, names
from benchmarks.stream.facts import FACTS, KEPT, MORE, PLAIN, Fact, Order, Stream, made_stream
from benchmarks.stream.meal import Meal
from benchmarks.stream.recipes import NOTHING, OURS
from benchmarks.stream.report import write_report
from benchmarks.stream.running import run_job
from benchmarks.stream.scores import scores_of
from benchmarks.stream.study import STUDIES, Job, jobs_of, nights_of
from benchmarks.stream.talks import talks_stream
from benchmarks.stream.triples import FILE, triples_stream
from consolidation import exam, free_texts
from consolidation.conversing import held_prompts
from consolidation.dreams import normalised
from consolidation.english.marking import is_right
from memory.records import Dream


def fact(name: str, night: int, replaces: str = "", outdated: tuple[str, ...] = ()) -> Fact:
    return Fact(name, night, f"{name}.", (f"{name}?",), (), (name,), "r", replaces, outdated)


FIRST = (fact("Anna", 0), fact("Bert", 0))
SECOND = (fact("Carl", 1), fact("Dora", 1, "Bert", ("Bert",)))
STREAM = Stream("test", 0, (FIRST, SECOND), ())


def test_what_was_replaced_is_asked_no_more() -> None:
    assert [one.id for one in STREAM.told(0)] == ["Anna", "Bert"]
    assert [one.id for one in STREAM.told(1)] == ["Anna", "Carl", "Dora"]


def test_an_answer_with_the_old_value_is_right_only_as_it_was_told() -> None:
    changed = replace(SECOND[1], said="It was Bert, and is Dora now.")
    assert changed.is_right("It is Dora.")
    assert changed.is_right("You said that it was Bert and is Dora.")
    assert not changed.is_right("It was Dora, and is Bert now.")
    assert not changed.is_right("It is Bert.")


def test_scores_of_a_forgotten_fact() -> None:
    marks = ({"Anna": 1.0, "Bert": 1.0}, {"Anna": 0.0, "Carl": 1.0, "Dora": 1.0})
    scores = scores_of(STREAM, marks, 0.0)
    assert scores.acquisition == (1.0, 1.0)
    assert scores.matrix == ((1.0,), (0.0, 1.0))
    assert scores.retention == pytest.approx(2 / 3)
    assert scores.forgetting == 1.0
    assert scores.backward_transfer == -1.0


def test_gains_count_against_losses_unless_clipped() -> None:
    stream = Stream("test", 0, (FIRST, SECOND[:1]), ())
    marks = ({"Anna": 1.0, "Bert": 0.0}, {"Anna": 0.0, "Bert": 1.0, "Carl": 1.0})
    scores = scores_of(stream, marks, 0.0)
    assert scores.forgetting == 1.0
    assert scores.forgetting_unclipped == 0.0


def test_chance_is_what_controls_get_right() -> None:
    stream = replace(STREAM, controls=(fact("Xena", -1), fact("Yves", -1)))
    marks = (
        {"Anna": 1.0, "Bert": 1.0, "Xena": 0.0, "Yves": 0.0},
        {"Anna": 0.5, "Carl": 1.0, "Dora": 1.0, "Xena": 0.5, "Yves": 0.0},
    )
    scores = scores_of(stream, marks, 0.0)
    assert scores.chance == 0.25
    assert scores.forgetting_corrected == pytest.approx(0.5 / 0.75)


@pytest.mark.parametrize("order", ["mixed", "blocked"])
def test_a_made_stream_tells_each_fact_once_and_changes_some(order: Order) -> None:
    stream = made_stream(5, 10, seed=1, order=order)
    assert [len(day) for day in stream.days] == [10] * 5
    told = [one for day in stream.days for one in day]
    by_id = {one.id: one for one in told}
    assert len(by_id) == 50
    changes = [one for one in told if one.replaces]
    assert len(changes) == 4
    for one in changes:
        assert by_id[one.replaces].night < one.night
        assert one.outdated == by_id[one.replaces].expected != one.expected
    assert {one.id for one in stream.controls}.isdisjoint(by_id)
    assert stream == made_stream(5, 10, seed=1, order=order)
    assert stream.days != made_stream(5, 10, seed=2, order=order).days


@pytest.mark.parametrize("file", [FACTS, MORE, PLAIN, KEPT])
def test_no_question_gives_its_answer_away_or_repeats_what_was_told(file: Path) -> None:
    stream = made_stream(20, 25, seed=0, file=file)
    for one in (one for day in stream.days for one in day):
        assert is_right(one.said, one.expected), one
        for question in (*one.plain, *one.free):
            assert not is_right(question, one.expected), question
            assert normalised(question) not in normalised(one.said)
            assert "{" not in question + one.said


@pytest.mark.parametrize("file", [FACTS, MORE, PLAIN, KEPT])
def test_a_thousand_facts_can_be_told(file: Path) -> None:
    assert sum(map(len, made_stream(40, 25, seed=0, file=file).days)) == 1000


def test_too_large_a_stream_says_so() -> None:
    with pytest.raises(ValueError, match=FACTS.name):
        made_stream(400, 250, seed=0)


def test_triples_are_told_and_asked_in_other_words(tmp_path: Path) -> None:
    people = ["Ada", "Bo", "Cy", "Di", "Ed", "Flo"]
    rows = [{"subject": p, "relation": "lives in", "object": f"{p}ville"} for p in people]
    (tmp_path / FILE).write_text(json.dumps(rows), "utf-8")
    stream = triples_stream(2, 2, seed=0, folder=tmp_path, controls=2)
    assert (
        len({one.id for day in stream.days for one in day} | {c.id for c in stream.controls}) == 6
    )
    one = stream.days[1][0]
    assert one.said == f"{one.said.split()[0]} lives in {one.expected[0]}."
    assert not any("lives in" in question for question in (*one.plain, *one.free))
    with pytest.raises(ValueError, match="has 6 triples; 8 are asked for"):
        triples_stream(2, 3, seed=0, folder=tmp_path, controls=2)


def test_conversations_are_told_message_by_message_and_asked_about() -> None:
    stream = talks_stream(3, seed=1)
    assert [len(stream.said(night)) > 10 for night in range(3)] == [True] * 3
    assert len({said.session for said in stream.said(0)}) == 1
    assert all(len(day) > 10 for day in stream.days)
    assert stream != talks_stream(3, seed=2)


def test_a_study_of_public_triples_asks_for_their_folder() -> None:
    with pytest.raises(ValueError, match="--data"):
        _ = Job(STUDIES["triples"], NOTHING, 0).stream


def test_what_learns_from_the_base_anew_runs_its_last_night_alone() -> None:
    job = Job(STUDIES["quick"], "joint training", 0)
    assert (job.first_night, Job(STUDIES["quick"], OURS, 0).first_night) == (1, 0)
    stream = job.stream
    last = {fact.id: 1.0 for fact in [*stream.told(1), *stream.controls]}
    scores = scores_of(stream, [{}, last], 0.0)
    assert scores.acquisition == (1.0,)
    assert scores.matrix == ((-1.0,), (1.0, 1.0))
    assert (scores.retention, scores.forgetting, scores.backward_transfer) == (1.0, 0.0, 0.0)


def test_jobs_are_a_plain_list_with_every_method_of_a_seed_together() -> None:
    jobs = list(jobs_of(["quick"], [NOTHING, OURS], [0, 1]))
    expected = [(NOTHING, 0), (OURS, 0), (NOTHING, 1), (OURS, 1)]
    assert [(job.method, job.seed) for job in jobs] == expected


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_job_that_was_stopped_goes_on_and_the_report_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = held_prompts()[::40]
    monkeypatch.setattr(exam, "held_prompts", lambda: few)
    monkeypatch.setattr(free_texts, "_TEXTS", 64)
    settings = load_settings(tmp_path / "home")
    study = replace(STUDIES["quick"], tokens=500)
    methods = (NOTHING, "O-LoRA", "joint training", OURS)
    heard: list[str] = []
    for method in methods:
        job = Job(study, method, 0)
        assert not run_job(job, settings, tmp_path, until=0.0, hears=heard.append)
        assert run_job(job, settings, tmp_path, hears=heard.append)
        nights = nights_of(job.folder(tmp_path))
        assert [one.night for one in nights] == list(range(job.first_night, 2))
        assert (nights[0].tokens > 0) == (method != NOTHING)
        assert not (job.folder(tmp_path) / "carried").exists()
    assert len(heard) == 2 * len(methods) - 1
    report = write_report([Job(study, method, 0) for method in methods], tmp_path)
    text = report.read_text("utf-8")
    assert all(f"| {method} |" in text for method in methods)
    assert {file.name for file in report.parent.glob("*.svg")} == {
        "retention.svg",
        "cost.svg",
        "matrix.svg",
    }
    json.loads((report.parent / "diet-0-1000.json").read_text("utf-8"))


def test_a_name_with_two_answers_and_a_fact_with_none_are_seen() -> None:
    one, other = "Mochi weighs 3.8 kilos.", "Your pug is called Mochi."
    asked = ("How heavy is Mochi?", "What of Mochi?", "Who is Mochi?", "Mochi?")
    dreams = [
        Dream(prompt, answer, "question", (1,))
        for prompt, answer in zip(asked, (one, one, other, other), strict=True)
    ]
    meal = Meal(tuple(dreams), (), ())
    assert competing(names(meal)["mochi"])
    assert not competing(names(Meal(tuple(dreams[:3]), (), ()))["mochi"])
    held, gone = (replace(STREAM.told(0)[0], expected=(one,)) for one in ("3.8", "magenta"))
    assert lost([held, gone], meal) == [gone]
