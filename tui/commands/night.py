"""`reverie sleep` and `reverie nights`: run a night, and read what nights left."""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from assistant.clock import utc_now
from assistant.engines import opened_engine
from assistant.settings import Settings
from assistant.workspace import Workspace
from consolidation.paired import paired, share_at_most
from consolidation.plain_words import GROUP_WORDS, as_sentence, left_out_words, night_summary
from consolidation.report import as_markdown
from consolidation.room import NoRoom, lack_of_room
from memory.database import Connections
from memory.nights import NightAlreadyDone, NightStore
from memory.records import Dropped, NightReport, ProbeResult, Progress
from memory.skips import SkipStore
from tui.commands.choices import choice_document, choice_line
from tui.commands.due import due_now
from tui.dream_words import dream_document, dream_line, spoken
from tui.outcome import DONE, FAILED, Outcome
from tui.schedule_words import open_skip_words

_NICENESS = 10


class UnknownNight(LookupError):
    """No night has that number."""


def plan(settings: Settings, *, deep: bool) -> Outcome:
    """What a night would train. Trains nothing, stores nothing."""
    with opened_sleeper(settings) as sleeper:
        night_plan = sleeper.plan(deep=deep)
    selection = night_plan.selection
    document = {
        "night_id": None,
        "selected": [choice_document(c) for c in selection.selected],
        "skipped": [choice_document(c) for c in selection.skipped],
        "replaced": [asdict(r) for r in night_plan.replaced],
        "dreams": [dream_document(d) for d in (*night_plan.dreams, *night_plan.replay)],
        "struck": night_plan.struck,
        "dropped": _dropped(night_plan.dropped),
        "teacher": night_plan.teacher,
    }
    lines = [
        f"{len(selection.selected)} {'episode' if len(selection.selected) == 1 else 'episodes'} "
        "would be trained, "
        f"with {len(night_plan.dreams)} dreams and {len(night_plan.replay)} replayed from before."
        + (f" {night_plan.struck} struck." if night_plan.struck else "")
    ]
    lines += [choice_line("take", c) for c in selection.selected]
    lines += [choice_line("skip", c) for c in selection.skipped]
    lines += [f"  over {r.episode_id:>5}  {r.fact} Now: {r.by_fact}" for r in night_plan.replaced]
    lines += [f"  {night_plan.teacher}"] if night_plan.teacher else []
    lines += ["", *(f"  {dream_line(d)}" for d in night_plan.dreams)]
    if night_plan.dropped:
        lines += ["", left_out_words(night_plan.dropped)]
        lines += [f"  {spoken(d)}  ->  {d.answer}  ({d.reason})" for d in night_plan.dropped]
    return Outcome(document, "\n".join(lines).rstrip())


def sleep(settings: Settings, *, deep: bool, if_due: bool, max_minutes: float | None) -> Outcome:
    """Run a night now, or the nightly one if it is due and nothing hinders it.

    Raises `NoRoom` before anything is begun.
    """
    sleep_date: str | None = None
    if if_due:
        due = due_now(settings)
        if isinstance(due, Outcome):
            return due
        sleep_date = due
    elif lack := lack_of_room(settings):
        raise NoRoom(f"a night {lack}; free some space and try again")
    from consolidation.night import NightInProgress, NightOrder

    order = NightOrder(
        kind="scheduled" if if_due else "asked",
        sleep_date=sleep_date,
        deep=deep,
        max_seconds=max_minutes * 60 if max_minutes else float("inf"),
    )
    _be_polite()
    try:
        with _stopping_in_order(), opened_sleeper(settings) as sleeper:
            report = sleeper.run(order, _progress_printer())
    except (NightInProgress, NightAlreadyDone) as error:
        if not if_due:
            raise
        # Someone else looked at the clock in the same moment, and runs it.
        return Outcome({"night_id": None, "due": True, "running": True}, as_sentence(str(error)))
    champion = _champion(settings)
    document = as_document(report) | {"champion": champion}
    code = FAILED if report.status in ("failed", "interrupted") else DONE
    return Outcome(document, night_summary(report), code=code)


def list_nights(settings: Settings, limit: int) -> Outcome:
    """The newest nights, a line each; before them, that the last one was skipped."""
    with Connections(settings.database_file) as connections:
        nights = NightStore(connections)
        reports, done = nights.newest(limit), nights.done_sleep_dates()
        skips = SkipStore(connections).newest(1)
    began = reports[0].started_at if reports else None
    lines = [
        f"{r.id:>4}  {r.started_at.astimezone():%Y-%m-%d %H:%M}  {r.status:<11}  {night_summary(r)}"
        for r in reports
    ]
    lines = lines or ["No night yet. Chat a little, then run `reverie sleep`."]
    skipped = open_skip_words(skips, done, began)
    text = "\n".join([skipped, *lines] if skipped else lines)
    return Outcome([as_document(r, brief=True) for r in reports], text)


def show(settings: Settings, night_id: int) -> Outcome:
    """One report, whole."""
    with _nights(settings) as nights:
        report = nights.show(night_id)
    if report is None:
        raise UnknownNight(f"there is no night {night_id}; see `reverie nights`")
    return Outcome(as_document(report), as_markdown(report))


def as_document(report: NightReport, *, brief: bool = False) -> dict[str, Any]:
    """A report as JSON has it."""
    verdict = report.verdict
    document: dict[str, Any] = {
        "night_id": report.id,
        "kind": report.kind,
        "sleep_date": report.sleep_date,
        "deep": report.deep,
        "status": report.status,
        "started_at": report.started_at.isoformat(),
        "finished_at": report.finished_at.isoformat() if report.finished_at else None,
        "champion_before": report.champion_before,
        "candidate": report.candidate,
        "verdict": {"promotes": verdict.promotes, "reasons": list(verdict.reasons)}
        if verdict
        else None,
        "error": report.error,
    }
    if brief:
        return document
    return document | {
        "selected": [choice_document(c) for c in report.selected],
        "skipped": [choice_document(c) for c in report.skipped],
        "replaced": [asdict(r) for r in report.replaced],
        "dreams": [dream_document(d) for d in report.dreams],
        "struck": report.struck,
        "dropped": _dropped(report.dropped),
        "teacher": report.teacher,
        "losses": [{"step": p.step, "loss": round(p.loss, 4)} for p in report.losses],
        "probes": _probes(report.probes),
        "stages": {stage.name: stage.duration_s for stage in report.stages},
    }


def _probes(results: Sequence[ProbeResult]) -> dict[str, Any]:
    groups: dict[str, Any] = {}
    for group in GROUP_WORDS:
        members = [r for r in results if r.probe.group == group]
        count = paired(members)
        groups[group] = {
            "asked": count.total,
            "right_before": count.right_before,
            "right_after": count.right_after,
            "won": count.won,
            "lost": count.lost,
            "lost_share_at_most": round(share_at_most(count.lost, count.right_before), 4)
            if count.right_before
            else None,
            "results": [
                {
                    "question": r.probe.question,
                    "expected": list(r.probe.expected),
                    "episode_ids": list(r.probe.episode_ids),
                    "before": {"answer": r.before_answer, "right": r.before_right},
                    "after": {"answer": r.after_answer, "right": r.after_right},
                }
                for r in members
            ],
        }
    return groups


def _dropped(dropped: Sequence[Dropped]) -> dict[str, Any]:
    return {"count": len(dropped), "items": [asdict(one) for one in dropped]}


def _be_polite() -> None:
    """The night yields the machine to whoever works on it: before torch is imported."""
    # OpenMP's threads wait for work spinning, on a core that chat needs: for microseconds only.
    os.environ.setdefault("GOMP_SPINCOUNT", "20000")
    os.environ.setdefault("KMP_BLOCKTIME", "1")
    if hasattr(os, "nice"):
        os.nice(max(0, _NICENESS - os.nice(0)))  # a timer may have begun it so


@contextmanager
def _stopping_in_order() -> Iterator[None]:
    """Told to end, or its terminal closed, a night stops as by Ctrl+C: recorded and tidied up."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    taken = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    for number in taken:  # not those that somebody chose to ignore: `nohup`
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _progress_printer() -> Any:
    if not sys.stderr.isatty():
        return lambda progress: None

    def show_progress(progress: Progress) -> None:
        share = f"{progress.done}/{progress.total}" if progress.total else ""
        eta = f"{progress.eta_s:.0f} s left" if progress.eta_s is not None else ""
        line = "  ".join(part for part in (progress.stage, share, eta, progress.note) if part)
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()

    return show_progress


@contextmanager
def opened_sleeper(settings: Settings) -> Iterator[Any]:
    """What sleeps and plans on a home folder. Loads the grammar, which takes seconds."""
    from consolidation.dreams import GrammarWriter
    from consolidation.english.likeness import FactLikeness
    from consolidation.night import Sleeper
    from consolidation.probes import write_probes
    from consolidation.similarity import CosineSimilarity

    workspace = Workspace(settings)
    engine = opened_engine(settings, 2048)
    try:
        yield Sleeper(
            settings=settings,
            store=workspace.store,
            nights=workspace.nights,
            registry=workspace.registry,
            engine=engine,
            writer=GrammarWriter(),
            write_probes=write_probes,
            similar=CosineSimilarity(workspace.embedder),
            notebook=workspace.asked,
            likeness=FactLikeness(workspace.embedder, settings.cache_folder),
            clock=utc_now,
        )
    finally:
        engine.close()
        workspace.close()
        if sys.stderr.isatty():
            sys.stderr.write("\r\033[K")


@contextmanager
def _nights(settings: Settings) -> Iterator[NightStore]:
    with Connections(settings.database_file) as connections:
        yield NightStore(connections)


def _champion(settings: Settings) -> str:
    from assistant.default_model import opened_registry

    return opened_registry(settings).champion().name
