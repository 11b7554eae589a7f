"""A child process can stop, fail or die, and the next request is answered all the same."""

import os
import signal
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.base import ContextOverflow, EngineCrashed, WeightsMissing
from models.child import Child, Work
from models.template import TemplateUnusable

WAIT_S = 20.0


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "echo.log"


@pytest.fixture
def child(log_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    here = str(Path(__file__).parent)
    inherited = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([here, inherited] if inherited else [here])
    monkeypatch.setenv("PYTHONPATH", path)
    started = Child("echo_child", [], log_file)
    yield started
    started.close()


def rest_of(work: Work) -> tuple[list[object], object]:
    """The pieces that are left, and the value at the end."""
    pieces: list[object] = []
    while True:
        try:
            pieces.append(next(work))
        except StopIteration as end:
            return pieces, end.value


def test_a_reply_streams_in_pieces_and_ends_with_its_value(child: Child) -> None:
    assert rest_of(child.stream({"op": "echo", "text": "one two three"})) == (
        ["one", "two", "three"],
        13,
    )


def test_a_call_gives_the_value_alone(child: Child) -> None:
    assert child.call({"op": "echo", "text": "naïve \ud83d\ude00 \ud800"}) == 9


def test_one_process_answers_many_requests(child: Child) -> None:
    assert child.call({"op": "pid"}) == child.call({"op": "pid"})


def test_a_piece_arrives_before_the_reply_is_over(child: Child, tmp_path: Path) -> None:
    endless = child.stream({"op": "count", "cancelled": str(tmp_path / "cancelled")})
    with closing(endless):
        assert [next(endless) for _ in range(3)] == [0, 1, 2]


def test_closing_a_reply_cancels_it_and_the_next_request_is_answered(
    child: Child, tmp_path: Path
) -> None:
    mark = tmp_path / "cancelled"
    endless = child.stream({"op": "count", "cancelled": str(mark)})
    next(endless)
    assert not mark.exists()
    endless.close()
    assert mark.exists()
    process_id = child.call({"op": "pid"})
    assert rest_of(child.stream({"op": "echo", "text": "a b"})) == (["a", "b"], 3)
    assert child.call({"op": "pid"}) == process_id


def test_a_cancel_does_not_reach_the_request_after_it(child: Child, tmp_path: Path) -> None:
    for turn in range(5):
        endless = child.stream({"op": "count", "cancelled": str(tmp_path / f"{turn}")})
        assert [next(endless) for _ in range(3)] == [0, 1, 2]
        endless.close()


def test_requests_of_two_threads_do_not_mix(child: Child) -> None:
    answers: dict[int, tuple[list[object], object]] = {}

    def ask(number: int) -> None:
        text = " ".join([str(number)] * 50)
        answers[number] = rest_of(child.stream({"op": "echo", "text": text}))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: ([str(n)] * 50, 99) for n in range(4)}


@pytest.mark.parametrize(
    ("kind", "error", "message"),
    [
        ("overflow", ContextOverflow, "too long"),
        ("missing", WeightsMissing, "no weights"),
        ("template", TemplateUnusable, "no template"),
        ("other", RuntimeError, "something else"),
    ],
)
def test_an_error_comes_back_as_its_own_type(
    child: Child, kind: str, error: type[Exception], message: str
) -> None:
    work = child.stream({"op": "fail", "kind": kind})
    assert next(work) == "before"
    with pytest.raises(error) as raised:
        next(work)
    assert type(raised.value) is error
    assert str(raised.value) == message


def test_an_error_is_no_crash(child: Child) -> None:
    process_id = child.call({"op": "pid"})
    with pytest.raises(WeightsMissing):
        child.call({"op": "fail", "kind": "missing"})
    assert child.call({"op": "pid"}) == process_id


def test_what_libraries_print_goes_to_the_log_and_not_into_a_reply(
    child: Child, log_file: Path
) -> None:
    assert rest_of(child.stream({"op": "chatter"})) == (["piece"], "truth")
    assert child.call({"op": "echo", "text": "still fine"}) == 10
    logged = log_file.read_text()
    assert all(line in logged for line in ("a lie", "not json at all", "a warning"))


def test_a_process_that_dies_mid_reply_is_named_with_its_exit_and_its_log(
    child: Child, log_file: Path
) -> None:
    work = child.stream({"op": "crash"})
    assert next(work) == "last words"
    with pytest.raises(EngineCrashed, match=r"echo_child ended \(exit 7\)") as raised:
        next(work)
    assert str(log_file) in str(raised.value)


def test_a_killed_process_is_named_and_replaced_by_the_next_request(
    child: Child, tmp_path: Path, log_file: Path
) -> None:
    first = child.call({"op": "pid"})
    work = child.stream({"op": "count", "cancelled": str(tmp_path / "never")})
    assert next(work) == 0
    os.kill(first, signal.SIGKILL)
    with pytest.raises(EngineCrashed, match=r"\(exit -9\)") as raised:
        rest_of(work)
    assert str(log_file) in str(raised.value)
    second = child.call({"op": "pid"})
    assert second != first
    assert child.call({"op": "pid"}) == second


def test_a_process_that_died_unnoticed_is_replaced_without_a_word(child: Child) -> None:
    first = child.call({"op": "pid"})
    os.kill(first, signal.SIGKILL)
    process = child._process
    assert process is not None
    process.wait(WAIT_S)
    assert child.call({"op": "pid"}) != first


def test_closing_the_reply_of_a_dead_process_says_that_it_crashed(
    child: Child, tmp_path: Path
) -> None:
    process_id = child.call({"op": "pid"})
    work = child.stream({"op": "count", "cancelled": str(tmp_path / "never")})
    next(work)
    os.kill(process_id, signal.SIGKILL)
    process = child._process
    assert process is not None
    process.wait(WAIT_S)
    with pytest.raises(EngineCrashed, match=r"\(exit -9\)"):
        work.close()
    assert not (tmp_path / "never").exists()
    assert child.call({"op": "echo", "text": "back"}) == 4


def test_a_reply_that_is_left_when_its_process_was_closed_ends_without_a_word(
    child: Child, tmp_path: Path
) -> None:
    stream = child.stream({"op": "count", "cancelled": str(tmp_path / "cancelled")})
    next(stream)
    child.close()
    stream.close()


def test_a_fresh_process_is_sent_the_opening_first(child: Child, tmp_path: Path) -> None:
    weights = tmp_path / "weights"
    weights.touch()
    child.set_opening({"op": "open", "file": str(weights)})
    assert child.call({"op": "opened"}) == [str(weights)]
    assert child.call({"op": "opened"}) == [str(weights)]


def test_the_opening_is_sent_again_after_a_crash(child: Child, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.touch()
    second.touch()
    child.set_opening({"op": "open", "file": str(first)}, {"op": "open", "file": str(second)})
    assert child.call({"op": "opened"}) == [str(first), str(second)]
    with pytest.raises(EngineCrashed):
        child.call({"op": "crash"})
    assert child.call({"op": "opened"}) == [str(first), str(second)]


def test_an_opening_that_failed_is_tried_again_by_the_next_request(
    child: Child, tmp_path: Path
) -> None:
    weights = tmp_path / "weights"
    child.set_opening({"op": "open", "file": str(weights)})
    for _ in range(2):
        with pytest.raises(WeightsMissing, match="weights not found"):
            child.call({"op": "opened"})
    weights.touch()
    assert child.call({"op": "opened"}) == [str(weights)]


def test_the_log_is_the_owners_alone(child: Child, log_file: Path) -> None:
    before = os.umask(0)
    try:
        child.call({"op": "pid"})
    finally:
        os.umask(before)
    assert stat.S_IMODE(log_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(log_file.parent.stat().st_mode) == 0o700


def test_a_log_goes_on_until_it_is_large(child: Child, log_file: Path) -> None:
    log_file.parent.mkdir()
    log_file.write_text("from before\n")
    child.call({"op": "chatter"})
    child.close()
    assert log_file.read_text().startswith("from before\n")
    with log_file.open("a") as log:
        log.write("x" * 1_000_000)
    child.call({"op": "chatter"})
    assert "from before" not in log_file.read_text()
    assert log_file.stat().st_size < 1000


def test_closing_ends_the_process(child: Child) -> None:
    process_id = child.call({"op": "pid"})
    child.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)
