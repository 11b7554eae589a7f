"""The gate: paired results of champion and candidate in, verdict out. Pure.

Three questions, each with its error rate (`benchmarks/results/gate/report.md`). Did it learn the
new, more than chance does? Did it lose no more than it may tonight; and can so few questions tell?
And, since a little lost every night is much in a year: has it lost more than may be lost over
time, of what any earlier live model knew, and of what the base answers?
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from assistant.settings import GateSettings
from consolidation.paired import NONE_ASKED, Paired, at_least, explained, paired, share_at_most
from memory.records import Probe, ProbeGroup, ProbeResult, Verdict


@dataclass(frozen=True, slots=True)
class Chat:
    """Messages that ask nothing, and how many were answered with something that was taught."""

    messages: int
    astray_before: int
    astray_after: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a candidate was asked, counted."""

    new: Paired = NONE_ASKED
    old: Paired = NONE_ASKED
    general: Paired = NONE_ASKED
    chat: Chat | None = None


@dataclass(frozen=True, slots=True)
class _Finding:
    speaks_against: bool
    sentence: str


def decide(
    results: Sequence[ProbeResult],
    settings: GateSettings,
    known: Container[Probe] = (),
    chat: Chat | None = None,
) -> Verdict:
    """Promote only a candidate that learned the new, kept the old, and still chats.

    `known` are the probes of older facts that some live model answered right. Each reason is one
    plain sentence; those that speak against come first.
    """
    return judge(evidence(results, known, chat), settings)


def evidence(
    results: Sequence[ProbeResult], known: Container[Probe] = (), chat: Chat | None = None
) -> Evidence:
    """The counts of each group. Every general question is one that the base answers."""
    general = [one for one in results if one.probe.group == "general"]
    return Evidence(
        paired(_group(results, "new")),
        paired(_group(results, "old"), known),
        paired(general, {one.probe for one in general}),
        chat,
    )


def judge(seen: Evidence, settings: GateSettings) -> Verdict:
    """The verdict on what was counted."""
    found = [
        _learned(seen.new, settings),
        *_kept(seen.old, "older facts", settings.max_lost_old, settings),
        *_kept(seen.general, "general questions", settings.max_lost_general, settings),
        *_over_time(seen.old, settings.max_gone_old, settings.confidence, _OLD_WORDS),
        *_over_time(seen.general, settings.max_gone_general, settings.confidence, _GENERAL_WORDS),
        *_chats(seen.chat, settings),
    ]
    against = [one.sentence for one in found if one.speaks_against]
    in_favour = [one.sentence for one in found if not one.speaks_against]
    return Verdict(promotes=not against, reasons=(*against, *in_favour))


def learned_enough(results: Sequence[ProbeResult], settings: GateSettings) -> bool:
    """Whether a refused candidate was refused for what it lost alone."""
    return decide(_group(results, "new"), settings).promotes


def allowed(right_before: int, limit: float) -> int:
    """How many of them may be lost in one night; one always may."""
    return max(1, int(round(limit * right_before, 6)))


def _learned(new: Paired, settings: GateSettings) -> _Finding:
    """Whether it learned, and not by chance.

    A candidate that changes nothing turns some wrong answers right, of each with `chance_right`
    at most; what it turns wrong only lowers the sum. So the binomial tail bounds how often it is
    taken for one that learned, however few were asked.
    """
    if not new.total:
        return _Finding(True, "There was no question to test the new facts with.")
    need, right, knew = settings.min_acquired, new.right_after, new.right_before
    answered = f"It answered {right} of {new.total} questions on the new facts"
    if right / new.total < need:  # a quotient: need * count can round to above a count
        return _Finding(True, f"{answered}; at least {need:.0%} are asked for.")
    if right <= knew:
        return _Finding(True, f"{answered}; the live model answers {knew} already.")
    by_chance = at_least(right - knew, new.total - knew, settings.chance_right)
    if by_chance > 1 - settings.confidence:
        return _Finding(True, f"{answered} ({knew} before); chance alone could do as much.")
    return _Finding(False, f"{answered} ({knew} before).")


def _kept(group: Paired, name: str, limit: float, settings: GateSettings) -> list[_Finding]:
    """Whether it lost no more tonight than it may, and how sure that is.

    Thin evidence is said, not refused: a first night has few questions, and must be able to pass.
    """
    before = group.right_before
    if not before:
        return []
    said = f"It lost {group.lost} of {before} {name} that were right before"
    most = allowed(before, limit)
    if group.lost > most:
        return [_Finding(True, f"{said}; at most {most} may be lost.")]
    bound = share_at_most(group.lost, before, settings.confidence)
    if bound > settings.margin:
        thin = f"thin evidence: so few could hide a loss of {bound:.1%}"
        return [_Finding(False, f"{said} ({thin}).")]
    sure = f"at most {bound:.1%}, at {settings.confidence:.0%} confidence"
    return [_Finding(False, f"{said} ({sure}).")]


def _chats(chat: Chat | None, settings: GateSettings) -> list[_Finding]:
    """Whether it answers what is said, and not whatever is said with what it was taught.

    One that goes astray no more often than the live model does not make it worse.
    """
    if chat is None:
        return []
    most = round(settings.max_astray * chat.messages)
    said = (
        f"Of {chat.messages} messages that ask nothing, "
        f"it answered {chat.astray_after} with something it was taught"
    )
    if chat.astray_after > max(most, chat.astray_before):
        return [_Finding(True, f"{said}; at most {most} may be.")]
    return [_Finding(False, f"{said}.")]


@dataclass(frozen=True, slots=True)
class _Words:
    gone: str
    held: str
    mended: str


_OLD_WORDS = _Words(
    "It no longer knows {} of {} older facts that were known once",
    "It knows {} of {} older facts that were known once.",
    "a deep sleep learns them anew",
)
_GENERAL_WORDS = _Words(
    "It no longer answers {} of {} general questions that the base model answers",
    "It answers {} of {} general questions that the base model answers.",
    "a deep sleep starts from the base again",
)


def _over_time(group: Paired, limit: float, confidence: float, words: _Words) -> list[_Finding]:
    """Whether all nights together lost more than they may, as sure as `confidence`.

    What the live model has lost already counts, too. But a candidate that knows as much of it as
    that one does no harm: refused for what others lost, nothing could ever be learned again.
    """
    if not group.regained and not group.long_gone:
        return []  # nothing was lost before: what `_kept` says is all
    most = max(1, explained(group.known_once, limit, confidence))
    if group.gone > most and group.lost > group.regained:
        said = words.gone.format(group.gone, group.known_once)
        fix = f"{most} may be lost over time: {words.mended}"
        return [_Finding(True, f"{said}, and at most {fix}.")]
    held = group.known_once - group.gone
    return [_Finding(False, words.held.format(held, group.known_once))]


def _group(results: Sequence[ProbeResult], group: ProbeGroup) -> list[ProbeResult]:
    return [r for r in results if r.probe.group == group]
