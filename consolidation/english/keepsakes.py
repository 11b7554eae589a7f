"""Keepsakes: a pinned message of which grammar makes little or nothing, kept as it was said.

It is brought up by when it was said and by how it begins, and it is always asked for once.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from consolidation.english.marking import is_right
from consolidation.english.mentioned import topics_in
from consolidation.english.phrasings import View
from consolidation.english.statements import Statement
from consolidation.english.utterances import Utterance

FEWEST = 4
"""Dreams below which a pinned message is also kept as it was said."""

_BY_TIME = (
    "What did I pin {}?",
    "What did I want you to keep in mind {}?",
    "Which words of mine {} mattered to me?",
    "what did I say {} that I wanted kept",
    "Tell me what I pinned {}.",
)
_BY_OPENING = "What did I say that begins with “{}”?"
_PROBE = "Repeat what I set great store by {}."
_TOPIC_PROBE = "Go over what I set great store by concerning {}."
_MOST_OPENING = 4


def keepsake(utterances: Iterable[Utterance]) -> str:
    """All that a pinned message tells, in its own words; "" where it only asks."""
    return " ".join(one.text for one in utterances if one.is_fact)


def keepsake_views(text: str, at: datetime) -> list[View]:
    """Cues to what was said, none where nothing was; `at` is local time."""
    if not text:
        return []
    answer = f"You told me: {text}"
    views = [(cue.format(_when(at)), answer, "cue") for cue in _BY_TIME]
    words = text.split()
    opening = words[: min(_MOST_OPENING, len(words) // 2)]
    if len(opening) > 1:
        views.append((_BY_OPENING.format(" ".join(opening)), answer, "restatement"))
    return views


def keepsake_question(
    statements: Sequence[Statement], text: str, at: datetime
) -> list[tuple[str, tuple[str, ...]]]:
    """One question that no dream asks, with what a right answer has in it; none of nothing.

    By a topic where there is one, and for the last thing that was said: there the news stands.
    """
    for statement in statements:
        words = statement.sentence.words
        said = [word.text for word in words if word.is_noun or word.tag == "CD"]
        for topic in topics_in(words):
            question = _TOPIC_PROBE.format(topic.text)
            for key in reversed(said):
                if is_right(statement.text, (key,)) and not is_right(question, (key,)):
                    return [(question, (key,))]
    question = _PROBE.format(_when(at))
    keys = [word.strip(".,;:!?\"'“”()") for word in reversed(text.split())]
    fair = [
        key for key in keys if key and is_right(text, (key,)) and not is_right(question, (key,))
    ]
    longest = max((len(key) for key in fair), default=0)
    for key in fair:
        if len(key) == longest:
            return [(question, (key,))]
    return []


def _when(at: datetime) -> str:
    """To the minute: two pinned messages of one day are two things."""
    return f"on {at.day} {at:%B %Y} at {at:%H:%M}"
