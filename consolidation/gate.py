"""The gate: paired results of champion and candidate in, verdict out. Pure."""

from collections.abc import Sequence

from assistant.settings import GateSettings
from memory.records import ProbeGroup, ProbeResult, Verdict

_NAMES = {"old": "older facts", "general": "general questions"}


def decide(results: Sequence[ProbeResult], settings: GateSettings) -> Verdict:
    """Promote only a candidate that learned the new and kept the old.

    Each reason is one plain sentence; those that speak against come first.
    """
    against: list[str] = []
    in_favour: list[str] = []
    new = _group(results, "new")
    acquired = sum(r.after_right for r in new)
    knew = sum(r.before_right for r in new)
    need = settings.min_acquired
    if not new:
        against.append("There was no question to test the new facts with.")
    elif acquired / len(new) < need:  # a quotient: need * count can round to above a count
        against.append(
            f"It answered {acquired} of {len(new)} questions on the new facts; "
            f"at least {need:.0%} are asked for."
        )
    elif acquired <= knew:
        against.append(
            f"It answered {acquired} of {len(new)} questions on the new facts; "
            f"the live model answers {knew} already."
        )
    else:
        in_favour.append(
            f"It answered {acquired} of {len(new)} questions on the new facts ({knew} before)."
        )
    limits: tuple[tuple[ProbeGroup, float], ...] = (
        ("old", settings.max_lost_old),
        ("general", settings.max_lost_general),
    )
    for group, limit in limits:
        members = _group(results, group)
        right_before = [r for r in members if r.before_right]
        if not right_before:
            continue
        lost = sum(not r.after_right for r in right_before)
        allowed = max(1, int(round(limit * len(right_before), 6)))
        sentence = f"It lost {lost} of {len(right_before)} {_NAMES[group]} that were right before"
        if lost > allowed:
            against.append(f"{sentence}; at most {allowed} may be lost.")
        else:
            in_favour.append(f"{sentence}.")
    return Verdict(promotes=not against, reasons=(*against, *in_favour))


def learned_enough(results: Sequence[ProbeResult], settings: GateSettings) -> bool:
    """Whether a refused candidate was refused for what it lost alone."""
    return decide([r for r in results if r.probe.group == "new"], settings).promotes


def _group(results: Sequence[ProbeResult], group: ProbeGroup) -> list[ProbeResult]:
    return [r for r in results if r.probe.group == group]
