"""A night's report with everything in it, and one with nothing."""

from dataclasses import replace
from datetime import UTC, datetime

from memory.records import (
    Choice,
    Dream,
    Dropped,
    LossPoint,
    NightReport,
    Probe,
    ProbeResult,
    Replaced,
    Stage,
    Verdict,
)

NIGHT = datetime(2026, 3, 2, 3, tzinfo=UTC)
WHOLE = NightReport(
    id=3,
    kind="scheduled",
    sleep_date="2026-03-02",
    deep=False,
    status="promoted",
    started_at=NIGHT,
    finished_at=NIGHT,
    champion_before="base",
    candidate="night-0003",
    selected=(Choice(1, "novelty 0.72, 20 dreams", 0.72, 0.72, 5.3),),
    skipped=(Choice(2, "holds no statement to learn"),),
    replaced=(Replaced(4, "You live in Leith.", 1, "You live in Oban."),),
    dreams=(
        Dream("Who is my dentist?", "Dr. Kim.", "question", (1,)),
        Dream(("Hi", "Hello.", "Who is it?"), "Dr. Kim.", "dialogue", (1, 4)),
    ),
    losses=tuple(LossPoint(step, 4.0 / step) for step in range(1, 41)),
    probes=(
        ProbeResult(Probe("My dentist?", ("Kim",), "new", (1,)), "Unknown.", False, "Kim.", True),
        ProbeResult(Probe("My dog?", ("Rex",), "old", (4,)), "Rex.", True, "Rex.", True),
        ProbeResult(Probe("Capital?", ("Paris",), "general"), "Paris.", True, "Rome.", False),
    ),
    verdict=Verdict(True, ("It answered 1 of 1.", "It lost 0 of 1.")),
    stages=(Stage("train", 84.0), Stage("test", 200.0)),
    progress=None,
    error=None,
    dropped=(Dropped("Where?", "In Oslo.", "says 'Oslo', which none of its sources says", (1,)),),
    teacher="The teacher t.gguf was asked for 2 questions; 1 passed the checks.",
)


def bare(report: NightReport) -> NightReport:
    """The same night, had it found nothing to do."""
    return replace(
        report,
        status="empty",
        candidate=None,
        selected=(),
        skipped=(),
        replaced=(),
        dreams=(),
        losses=(),
        probes=(),
        verdict=None,
        stages=(),
        dropped=(),
        teacher="",
    )
