"""Plain words for what a night did and what the app shows. Pure: records in, sentences out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from consolidation.night_control import PAUSED
from consolidation.probe_words import (
    Quote,
    in_quotes,
    lost_names,
    probe_count,
    probe_sentences,
)
from memory.episode import EpisodeState
from memory.records import (
    Decision,
    Dropped,
    NightReport,
    NightStatus,
    ProbeGroup,
    Progress,
)

STATUS_WORDS: dict[NightStatus, str] = {
    "running": "running",
    "promoted": "learned",
    "refused": "refused",
    "empty": "nothing new",
    "failed": "failed",
    "interrupted": "interrupted",
}
STATE_WORDS: dict[EpisodeState, str] = {
    "waiting": "waiting to be learned",
    "learned": "in the weights",
    "muted": "muted: remembered, never learned",
    "quarantined": "quarantined: used for nothing until you approve it",
}
GROUP_WORDS: dict[ProbeGroup, str] = {
    "new": "New: what this night should have learned",
    "old": "Older: learned on earlier nights",
    "general": "General: what every model should know",
}
TEACHERS = "the teacher's question"
"""How the reason opens for which a question of the teacher's was left out."""
_STAGE_WORDS = {
    "dream": "dreaming up practice questions",
    "write probes": "writing test questions",
    "anchor": "noting what must not be forgotten",
    "train": "learning",
    "merge": "building the new model",
    "test": "testing the new model",
    "promote": "going live",
}


def withheld_words(secret: str) -> str:
    """Such as "what looks like a PIN; pin it to teach it all the same"."""
    return f"what looks like {secret}; pin it to teach it all the same"


def insisted_words(secret: str) -> str:
    """What it means to pin an episode that holds a secret."""
    return (
        f"It holds what looks like {secret}: pinned, it is taught all the same, and whoever has "
        "the weights can ask for it."
    )


def struck_words(count: int) -> str:
    """Such as "2 dreams that you struck were left out."; empty for none."""
    if not count:
        return ""
    dreams = "1 dream that you struck was" if count == 1 else f"{count} dreams that you struck were"
    return f"{dreams} left out."


def learned_fraction(report: NightReport) -> str:
    """Such as "11/12": new questions answered after the night; "–" when none was asked."""
    new = probe_count(report.probes, "new")
    return f"{new.right_after}/{new.total}" if new.total else "–"


def night_summary(report: NightReport, quote: Quote = in_quotes) -> str:
    """A night in short sentences: what it did, what it lost, and which model is live.

    `quote` sets off the owner's words, which may hold markup.
    """
    stays = f"{report.champion_before} stays live."
    match report.status:
        case "running":
            return f"{night_name(report)} is running: {progress_words(report.progress)}."
        case "promoted":
            live = f"New model {report.candidate} is live." if report.candidate else ""
            return _joined(*probe_sentences(report.probes, quote), live)
        case "refused":
            reasons = report.verdict.reasons if report.verdict else ()
            lost = lost_names(report.probes, "old", quote)
            return _joined(
                "The new model was tested and refused.",
                *map(as_sentence, reasons),
                f"It no longer knew {lost}." if lost else "",
                stays,
            )
        case "empty":
            return _joined(_nothing_learned(report), stays)
        case "failed":
            why = as_sentence(report.error) if report.error else "No reason was recorded."
            return _joined(f"{night_name(report)} failed.", why, f"Nothing was changed: {stays}")
        case "interrupted":
            return _joined(
                f"{night_name(report)} was interrupted before it ended.",
                "Nothing is lost; the next night takes the same memories.",
                stays,
            )


def left_out_words(dropped: Sequence[Dropped]) -> str:
    """How many dreams were not trained, and what was wrong with them."""
    asked = sum(one.reason.startswith(TEACHERS) for one in dropped)
    own = len(dropped) - asked
    sentences = []
    if own:
        many = "1 dream was left out: it" if own == 1 else f"{own} dreams were left out: they"
        sentences.append(f"{many} said more than you told me.")
    if asked:
        many = "1 question" if asked == 1 else f"{asked} questions"
        sentences.append(f"{many} of the teacher's did not pass the checks.")
    return _joined(*sentences)


def verdict_words(report: NightReport) -> str:
    """The decision in one sentence."""
    if report.verdict is None:
        return f"No decision was reached. {report.champion_before} stays live."
    if report.verdict.promotes:
        return f"Promoted: {report.candidate or 'the new model'} answers from now on."
    return f"Refused: {report.champion_before} stays live."


def night_name(report: NightReport) -> str:
    """Such as "Night 3", or "Deep sleep 7"."""
    return f"{'Deep sleep' if report.deep else 'Night'} {report.id}"


def stage_words(stage: str) -> str:
    """What a stage of a night does; an unknown stage keeps its own name."""
    return _STAGE_WORDS.get(stage, stage)


def progress_words(progress: Progress | None) -> str:
    """Such as "learning · 34 of 96 · about 2 min left"."""
    if progress is None:
        return "getting ready"
    paused = "paused: " if progress.note == PAUSED else ""
    words = [f"{paused}{stage_words(progress.stage)}"]
    if progress.total > 0:
        words.append(f"{progress.done} of {progress.total}")
    if progress.eta_s is not None:
        words.append(f"about {duration_words(progress.eta_s)} left")
    return " · ".join(words)


def duration_words(seconds: float) -> str:
    """Such as "40 s", "3 min", "1 h 20 min"."""
    if seconds < 1:
        return "1 s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def next_sleep_words(now: datetime, moment: datetime) -> str:
    """When the next night comes: "in 40 min", "in 3 h", "tonight 03:00", "tomorrow 13:00"."""
    # Datetimes of one zone subtract by the wall clock, which a clock change makes wrong.
    left = timedelta(seconds=moment.timestamp() - now.timestamp())
    clock = f"{moment:%H:%M}"
    if left < timedelta(minutes=60):
        return f"in {max(1, round(left.total_seconds() / 60))} min"
    if left <= timedelta(hours=5):
        return f"in {round(left.total_seconds() / 3600)} h"
    if left <= timedelta(hours=24):
        if moment.hour < 6 or moment.hour >= 18:
            return f"tonight {clock}"
        return f"{'today' if moment.date() == now.date() else 'tomorrow'} {clock}"
    return f"{moment:%a} {clock}"


def time_words(moment: datetime) -> str:
    """A moment in local time, such as "04 Mar 21:15"."""
    return f"{moment.astimezone():%d %b %H:%M}"


def novelty_words(score: float) -> str:
    """A novelty score in words."""
    if score < 0.25:
        return "familiar"
    return "partly new" if score < 0.6 else "new"


def decision_words(decision: Decision | None) -> str:
    """What the last night chose to do with an episode, and why."""
    if decision is None:
        return "No night has looked at it yet."
    did, choice = "took it in" if decision.taken else "left it out", decision.choice
    worth = f" (worth {choice.score:.2f})" if choice.score is not None else ""
    return f"Night {decision.night_id} {did}{worth}: {choice.reason}."


def surprisal_words(bits: float | None, per: str) -> str:
    """Such as "surprisal 5.2 bits a token", of a surprisal in bits and what it is counted by."""
    return "surprisal not measured" if bits is None else f"surprisal {bits:.1f} bits{per}"


def recalled_words(count: int) -> str:
    """Such as "2 memories recalled"."""
    if count == 0:
        return "no memory recalled"
    return "1 memory recalled" if count == 1 else f"{count} memories recalled"


def _nothing_learned(report: NightReport) -> str:
    if not report.skipped:
        return "Nothing to learn: no memory was waiting."
    count = len(report.skipped)
    looked = "1 waiting memory was" if count == 1 else f"{count} waiting memories were"
    return f"Nothing to learn: {looked} looked at and skipped; the Nights screen says why."


def as_sentence(text: str) -> str:
    """A reason as a sentence; a file or version name at its start keeps its case."""
    text = text.strip()
    if not text:
        return ""
    if text.split()[0].rstrip(",:;").isalpha():
        text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else text + "."


def _joined(*sentences: str) -> str:
    return " ".join(s for s in sentences if s)
