"""Worth: what speaks for writing an episode into the weights, as a score and in plain words. Pure.

Independent reasons add up as chances do: each takes its share of what the others left open, so
that a wish or a correction lifts whatever sounds familiar, and nothing goes beyond 1.
"""

from collections.abc import Mapping
from datetime import datetime

from consolidation.english.utterances import REASONS
from consolidation.plain_words import novelty_words, withheld_words
from memory.episode import Episode
from memory.records import Signals

_WISHED = 0.8
_CORRECTS = 0.8
_CHANGING = 0.5
_RETOLD = 0.5
"""So much of the novelty is left where every word was told before."""
_FURTHER_FACT = 0.05
_MOST_FURTHER = 4
_ASKS = {
    "question": "only asks something",
    "request": "only asks for something to be done",
}

_OTHER_KINDS = {
    "changed": "what it says has changed since",
    "dropped": "what was dreamt of it said more than it does",
    "unreadable": "Reverie stumbled over its words",
    "unlikely": "reads like talk of the moment or a tale, not like a fact of your life",
    "vague": "says too little by itself to be asked about",
}
_TOLD_BY_A_PIN = frozenset(("hypothetical", "quotation", "fiction", "idle", "vague", "unlikely"))


def worth(novelty: float, signals: Signals) -> float:
    """The score, 0 (nothing to learn) to 1 (its owner insists).

    `novelty` has the surprisal in it (`memory.novelty`), which therefore does not count again.
    """
    if not signals.dreams:
        return 0.0
    if signals.pinned:
        return 1.0
    shares = (
        novelty * (_RETOLD if signals.retold else 1.0),
        _WISHED * signals.wished,
        _CORRECTS * bool(signals.corrects),
        _CHANGING * (signals.changing and not signals.corrects),
        _FURTHER_FACT * min(max(signals.facts - 1, 0), _MOST_FURTHER),
    )
    left = 1.0
    for share in shares:
        left *= 1.0 - share
    return round(1.0 - left, 6)


def is_known(novelty: float, signals: Signals, threshold: float) -> bool:
    """Whether it only says again what was told; a pin, a wish or a change outweighs that."""
    heeded = signals.pinned or signals.wished or signals.corrects or signals.changing
    return signals.retold and novelty < threshold and not heeded


def why_taken(episode: Episode, signals: Signals, told_at: Mapping[int, datetime]) -> str:
    """Such as "corrects what you said on 3 March; new to me (novelty 0.81), 24 dreams".

    `told_at` has the local time of each episode that it corrects.
    """
    reasons = ["you pinned it"] if signals.pinned else []
    if signals.wished:
        reasons.append("you asked me to remember it")
    if signals.corrects:
        moments = sorted(told_at[i] for i in signals.corrects if i in told_at)
        days = dict.fromkeys(_day(at, episode.created_at) for at in moments)
        reasons.append(f"corrects what you said {_listed(list(days)) or 'before'}")
    elif signals.changing:
        reasons.append("says that something changed")
    holds = f"{signals.facts} facts, " if signals.facts > 1 else ""
    reasons.append(f"{_novelty_words(episode)}, {holds}{signals.dreams} dreams")
    if signals.withheld:
        reasons.append(f"left out of it: what looks like {signals.withheld}")
    return "; ".join(reasons)


def why_known(episode: Episode, threshold: float) -> str:
    """Why nothing is new in it."""
    return (
        f"already known: you told me all of it before, and novelty {episode.novelty.score:.2f} "
        f"is below {threshold:.2f}"
    )


def why_nothing(signals: Signals) -> str:
    """Why there is nothing to learn: "asks something: nothing to learn"."""
    if signals.kind == "struck":
        return "every dream of it is struck"
    if signals.withheld:
        return f"it holds {withheld_words(signals.withheld)}"
    why = _why(signals.kind)
    if not signals.pinned:
        found = why if ":" in why else f"{why}: nothing to learn"
        if signals.kind in _TOLD_BY_A_PIN and (signals.wished or signals.changing):
            found += "; pin it, and it is told as it is"
        return found
    if signals.kind in _ASKS:
        return f"pinned, but it {_ASKS[signals.kind]}: there is no fact in it to learn"
    if signals.kind == "changed":
        return f"pinned, but {why}"
    return "pinned, but there are no words in it to learn"


def _why(kind: str) -> str:
    whys: dict[str, str] = _OTHER_KINDS | {name: why for name, why in REASONS.items()}
    return whys.get(kind, "holds no statement")


def _novelty_words(episode: Episode) -> str:
    score = episode.novelty.score
    return f"{novelty_words(score)} to me (novelty {score:.2f})"


def _day(at: datetime, seen_from: datetime) -> str:
    local = seen_from.astimezone(at.tzinfo)
    if at.date() == local.date():
        return "earlier that day"
    year = f" {at.year}" if at.year != local.year else ""
    return f"on {at.day} {at:%B}{year}"


def _listed(phrases: list[str]) -> str:
    *first, last = phrases or [""]
    return f"{', '.join(first)} and {last}" if first else last
