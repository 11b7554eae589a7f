"""The parts of a night's report as styled text. Pure; foreign text is never markup."""

from collections.abc import Mapping, Sequence

from textual.content import Content

from consolidation.paired import CONFIDENCE
from consolidation.plain_words import (
    GROUP_WORDS,
    duration_words,
    left_out_words,
    night_name,
    night_summary,
    stage_words,
    struck_words,
    time_words,
    verdict_words,
)
from consolidation.probe_words import lost_words, probe_count
from memory.records import (
    Choice,
    Dream,
    Dropped,
    NightReport,
    ProbeGroup,
    ProbeResult,
    Replaced,
    turns_of_prompt,
)
from memory.text import clean_text, excerpt
from tui.widgets.growing_list import Entry, entry

DIM = "$quiet"
_SHORT: dict[ProbeGroup, str] = {"new": "New", "old": "Older", "general": "General"}
_EXCERPT_CHARACTERS = 200


def verdict_text(report: NightReport) -> list[Entry]:
    """What was decided, why, and where the time went."""
    began = time_words(report.started_at)
    kind = "scheduled" if report.kind == "scheduled" else "asked for"
    head = Content.assemble((night_name(report), "bold $primary"), (f"  {began} · {kind}", DIM))
    entries = [entry(head)]
    if report.status != "refused":  # a refusal is its reasons, and they follow
        entries.append(entry(Content(clean_text(night_summary(report)))))
    if report.verdict is not None:
        colour = "$success" if report.verdict.promotes else "$warning"
        decided = Content.assemble((verdict_words(report), f"bold {colour}"))
        reasons = [(2, Content(f"– {clean_text(reason)}")) for reason in report.verdict.reasons]
        entries.append(entry(decided, *reasons))
    if report.probes:
        entries.append(entry(_counts(report.probes)))
    if report.stages:
        width = max(len(stage_words(s.name)) for s in report.stages)
        lines = "".join(
            f"\n  {stage_words(s.name).ljust(width)}  {duration_words(s.duration_s)}"
            for s in report.stages
        )
        total = duration_words(sum(s.duration_s for s in report.stages))
        entries.append(entry(Content.assemble((f"Time: {total}", "bold"), (lines, DIM))))
    return entries


def probe_entries(probes: Sequence[ProbeResult]) -> list[Entry]:
    """Each question with both answers, by group; what went wrong comes first."""
    entries: list[Entry] = []
    for group in GROUP_WORDS:
        members = [p for p in probes if p.probe.group == group]
        if not members:
            continue
        entries.append(entry(Content.assemble((GROUP_WORDS[group], "bold $primary"))))
        entries += [_probe(p) for p in sorted(members, key=lambda p: p.after_right)]
    return entries or [_nothing("This night asked no questions.")]


def choice_entries(report: NightReport, texts: Mapping[int, str]) -> list[Entry]:
    """What was taken in and what was left out, with the reasons. `texts` by episode id."""
    entries: list[Entry] = []
    for title, choices in (("Taken in", report.selected), ("Left out", report.skipped)):
        if choices:
            head = Content.assemble((f"{title}: {len(choices)}", "bold $primary"))
            entries.append(entry(head))
            entries += [_choice(choice, texts) for choice in choices]
    if report.replaced:
        head = Content.assemble((f"Changed: {len(report.replaced)}", "bold $primary"))
        entries += [entry(head), *map(_replaced, report.replaced)]
    return entries or [_nothing("This night looked at no memories.")]


def dream_entries(report: NightReport) -> list[Entry]:
    """What the night practised with, from which memories it was made, and what was left out."""
    if not (report.dreams or report.dropped or report.struck):
        return [_nothing("This night had no dreams.")]
    head = Content.assemble((f"{len(report.dreams)} dreams", "bold $primary"))
    notes = [(2, Content(clean_text(report.teacher)))] if report.teacher else []
    if report.struck:
        notes.append((2, Content(struck_words(report.struck))))
    if report.dropped:
        notes.append((2, Content.assemble((left_out_words(report.dropped), "$warning"))))
    entries = [entry(head, *notes), *map(_dream, report.dreams)]
    if report.dropped:
        entries.append(entry(Content.assemble(("Left out", "bold $primary"))))
    return [*entries, *map(_dropped, report.dropped)]


def _counts(probes: Sequence[ProbeResult]) -> Content:
    lines: list[str] = []
    bounded = False
    for group in GROUP_WORDS:
        title = _SHORT[group]
        count = probe_count(probes, group)
        if not count.total:
            continue
        line = (
            f"\n  {title:<9}{count.right_before:>3} of {count.total:<4}→ "
            f"{count.right_after:>3} of {count.total:<4}"
        )
        if group != "new" and count.right_before:
            bounded = True
            line += f"  {lost_words(count)}"
        elif count.lost:
            line += f"  {count.lost} lost"
        lines.append(line.rstrip(" "))
    note = f"\n  At most: at {CONFIDENCE:.0%} confidence." if bounded else ""
    return Content.assemble(("Right answers, before → after", "bold"), "".join(lines), (note, DIM))


def _probe(result: ProbeResult) -> Entry:
    question = Content.assemble(
        _mark(result.before_right),
        (" → ", DIM),
        _mark(result.after_right),
        (f"  {clean_text(result.probe.question)}", "bold"),
    )
    lines = [
        (7, Content.assemble(("before  ", DIM), _one_line(result.before_answer))),
        (7, Content.assemble(("after   ", DIM), _one_line(result.after_answer))),
    ]
    if not result.after_right:
        expected = clean_text(" or ".join(result.probe.expected))
        lines.append((7, Content.assemble(("right   ", DIM), (expected, "$warning"))))
    return entry(question, *lines)


def _mark(right: bool) -> tuple[str, str]:
    return ("✓", "bold $success") if right else ("✗", "bold $error")


def _choice(choice: Choice, texts: Mapping[int, str]) -> Entry:
    text = texts.get(choice.episode_id)
    said = _one_line(text) if text is not None else "(forgotten since)"
    worth = f" · worth {choice.score:.2f}" if choice.score is not None else ""
    reason = f"memory {choice.episode_id}{worth} · {clean_text(choice.reason)}"
    return entry(Content(said), (2, Content.assemble((reason, DIM))))


def _replaced(one: Replaced) -> Entry:
    before = f"before: {_one_line(one.fact)}"
    origin = f"memory {one.by_episode_id} over memory {one.episode_id}"
    return entry(
        Content(_one_line(one.by_fact)),
        (2, Content(before)),
        (2, Content.assemble((origin, DIM))),
    )


def _dream(dream: Dream) -> Entry:
    turns = turns_of_prompt(dream.prompt)
    sources = ", ".join(str(i) for i in dream.episode_ids)
    origin = f"from memory {sources}" if sources else "from no memory"
    first, *later = (Content.assemble((_one_line(turn), "bold")) for turn in turns)
    return entry(
        first,
        *((2 if place % 2 else 0, turn) for place, turn in enumerate(later, start=1)),
        (2, Content(clean_text(dream.answer))),
        (2, Content.assemble((f"{clean_text(dream.kind)} · {origin}", DIM))),
    )


def _dropped(one: Dropped) -> Entry:
    turns = turns_of_prompt(one.prompt)
    return entry(
        Content.assemble((_one_line(" / ".join(turns)), "bold")),
        (2, Content(_one_line(one.answer))),
        (2, Content.assemble((clean_text(one.reason), DIM))),
    )


def _one_line(text: str) -> str:
    return excerpt(clean_text(text), _EXCERPT_CHARACTERS) or "(nothing)"


def _nothing(text: str) -> Entry:
    return entry(Content.assemble((text, DIM)))
