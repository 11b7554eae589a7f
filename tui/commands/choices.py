"""What a night chose and why, as lines for people and as JSON."""

from dataclasses import asdict
from typing import Any

from memory.records import Choice


def choice_document(choice: Choice) -> dict[str, Any]:
    """A choice as JSON has it; no score and no signals where its night wrote none."""
    signals: dict[str, Any] | None = None
    if choice.signals is not None:
        signals = {
            "novelty": _rounded(choice.novelty),
            "surprisal_bits": _rounded(choice.surprisal_bits),
            **asdict(choice.signals),
            "corrects": list(choice.signals.corrects),
        }
    return {
        "episode_id": choice.episode_id,
        "reason": choice.reason,
        "score": _rounded(choice.score),
        "signals": signals,
    }


def choice_line(verb: str, choice: Choice) -> str:
    """Such as "  take     3  0.94  new to me (novelty 0.81), 24 dreams  [surprisal 5.3 bits]"."""
    score = f"{choice.score:.2f}" if choice.score is not None else "   –"
    bits = choice.surprisal_bits
    surprisal = f"  [surprisal {bits:.1f} bits]" if bits is not None else ""
    return f"  {verb} {choice.episode_id:>5}  {score}  {choice.reason}{surprisal}"


def _rounded(number: float | None) -> float | None:
    return round(number, 4) if number is not None else None
