"""Conversing: what a night trains so that the model still chats by day.

A night trains questions, each alone. A model that answers nothing else for a night answers whatever
is said with a fact, or that it was never told, and no longer reads the notes that chat puts before
a question (LOG.md). So the base's answers to messages that tell or chat are held, too, alone, with
notes before them, and after what this night teaches; questions are trained whose answer only the
notes have, or have not; and some of what is trained comes as a later turn, so that what was just
said is not said again.
"""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from assistant.prompt import noted
from consolidation.english.lexicon import lines
from consolidation.english.marking import is_right
from consolidation.untold import UNTOLD
from memory.records import Dream, DreamPrompt

READING_KIND = "reading"
_NOTED_QUESTIONS, _NOTED_MESSAGES = 60, 110
"""So many of each are held with notes before them as well."""
_OTHER_NOTES = 6
"""One question in so many has notes that do not answer it."""
_OWN_EACH, _OWN_MOST = 10, 100
"""Messages after what this night teaches: for each that it was told, and in all."""
_LONGEST_NOTE = 500
"""Characters of a message that may stand before another; training leaves out what is longer."""
_LATER_TURN = 5
"""One dream in so many comes after another one."""
_READING_SHARE = 0.08
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


def own_prompts(told: Sequence[str], dreams: Sequence[Dream]) -> list[DreamPrompt]:
    """Messages that ask nothing, after what this night teaches: as a note, or asked and answered.

    `told` are the night's messages. Those of more than 500 characters stand before none.
    """
    messages = lines("chat_messages.txt")
    chance = random.Random(str(told[:1]))
    asked = [dream for dream in dreams if isinstance(dream.prompt, str)]
    told = [text for text in told if len(text) <= _LONGEST_NOTE]
    made: list[DreamPrompt] = []
    wanted = min(_OWN_EACH * len(told), _OWN_MOST, len(messages))
    for number, message in enumerate(chance.sample(messages, wanted)):
        if number % 2 and asked:
            made.append((*_exchange(chance.choice(asked)), message))
        else:
            made.append(noted([chance.choice(told)], message))
    return made


def in_conversation(dreams: Sequence[Dream]) -> list[Dream]:
    """The dreams, some of them after another's question and answer, without its notes."""
    chance = random.Random(len(dreams))
    earlier = [dream for dream in dreams if isinstance(dream.prompt, str)]
    made = []
    for number, dream in enumerate(dreams):
        other = chance.choice(earlier) if earlier else dream
        later_turn = number % _LATER_TURN == _LATER_TURN - 1 and isinstance(dream.prompt, str)
        if later_turn and other.answer != dream.answer:
            made.append(replace(dream, prompt=(*_exchange(other), str(dream.prompt))))
        else:
            made.append(dream)
    return made


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


def _exchange(dream: Dream) -> tuple[str, str]:
    """A dream of one turn as it is asked, without its notes, and answered."""
    from consolidation.leading import led  # which loads the parser

    return str(dream.prompt).rpartition("\n")[2], led(dream)


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
