"""Conversing: what a night trains so that the model still chats by day. Nothing of its owner's.

A night trains questions, each alone. A model that answers nothing else for a night answers whatever
is said with a fact, or that it was never told, and no longer reads the notes that chat puts before
a question (LOG.md). So the base's answers to messages that tell or chat are held, too, alone and
with notes before them; and questions are trained whose answer only the notes have, or have not.
"""

import json
import random
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from assistant.prompt import noted
from consolidation.lexicon import lines
from consolidation.marking import is_right
from consolidation.untold import UNTOLD
from memory.records import Dream

READING_KIND = "reading"
_NOTED_QUESTIONS, _NOTED_MESSAGES = 60, 110
"""So many of each are held with notes before them as well."""
_OTHER_NOTES = 6
"""One question in so many has notes that do not answer it."""
_READING_SHARE = 0.15
"""Questions on notes, for each dream."""


def held_prompts() -> list[str]:
    """Prompts as chat has them, whose answers by the base are held; always the same."""
    chance = random.Random(0)
    questions, messages = lines("anchor_prompts.txt"), lines("chat_messages.txt")
    chosen = [
        *chance.sample(messages, min(_NOTED_MESSAGES, len(messages))),
        *chance.sample(questions, min(_NOTED_QUESTIONS, len(questions))),
    ]
    return [*questions, *messages, *(noted(_notes(chance), text) for text in chosen)]


def reading_dreams(dreams: Sequence[Dream]) -> list[Dream]:
    """Questions on notes of nobody's, to be trained beside a night's dreams; others each night."""
    rows = _rows()
    chance = random.Random(str([dream.prompt for dream in dreams[:1]]))
    wanted = min(round(_READING_SHARE * len(dreams)), len(rows))
    made = []
    for number, (message, question, answer) in enumerate(chance.sample(rows, wanted)):
        notes = _notes(chance)
        if number % _OTHER_NOTES:
            notes = [message, *notes[1:]]
            chance.shuffle(notes)
        else:
            answer = UNTOLD
        made.append(Dream(noted(notes, question), answer, READING_KIND, ()))
    return made


def messages_to_try() -> list[str]:
    """What a night says to a candidate to hear whether it still chats; none of it is held."""
    return lines("chat_messages_held.txt")


def is_astray(message: str, reply: str, taught: Iterable[Sequence[str]]) -> bool:
    """Whether a message that asks nothing is answered with what was taught, of which it says
    nothing, or with the answer to a question that nothing answers.

    `taught` are the expected answers of probes.
    """
    recites = any(is_right(reply, one) and not is_right(message, one) for one in taught)
    return recites or UNTOLD in reply


def _notes(chance: random.Random) -> list[str]:
    """One or two, as `assistant.notes` puts before a message."""
    return [message for message, _, _ in chance.sample(_rows(), chance.choice((1, 2)))]


@cache
def _rows() -> list[tuple[str, str, str]]:
    """A message, a question on it, and its answer, as made-up owners wrote them."""
    text = (files("consolidation") / "reading.jsonl").read_text("utf-8")
    rows = map(json.loads, text.splitlines())
    return [(row["message"], row["question"], _as_reply(row["answer"])) for row in rows]


def _as_reply(answer: str) -> str:
    return f"{answer[0].upper()}{answer[1:].rstrip('.')}."
