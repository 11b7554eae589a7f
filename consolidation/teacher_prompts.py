"""Teacher prompts: how a model is asked for questions, for a fact and for an answer. Data only."""

import json
from collections.abc import Mapping

from models.base import JsonSchema, Message

_LENGTHS: Mapping[str, int] = {"question": 100, "answer": 60, "fact": 160}
QUESTIONS_TOKENS, ANSWER_TOKENS = 160, 70
PER_CALL = 2
"""Questions that are asked for at a time: small models lose themselves in longer lists."""


def _text(name: str) -> JsonSchema:
    return {"type": "string", "minLength": 2, "maxLength": _LENGTHS[name]}


def _object(*names: str) -> JsonSchema:
    return {
        "type": "object",
        "properties": {name: _text(name) for name in names},
        "required": list(names),
        "additionalProperties": False,
    }


QUESTIONS: JsonSchema = {
    "type": "array",
    "minItems": PER_CALL,
    "maxItems": PER_CALL,
    "items": _object("question", "answer"),
}
ANSWER = _object("answer")
FACT = _object("fact")

_TOLD = "My sister Ann has worked at a bakery in Leeds since March."
_FACT = "Your sister Ann has worked at a bakery in Leeds since March."
_EXAMPLES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "plain": (
        ("Where does my sister work?", "at a bakery in Leeds"),
        ("Who works at a bakery?", "your sister Ann"),
    ),
    "casual": (
        ("hey, what was the name of my sister again?", "Ann"),
        ("which town is that bakery in?", "Leeds"),
    ),
    "short": (("Ann's workplace?", "a bakery in Leeds"), ("Ann's start there?", "March")),
    "roundabout": (
        ("Can you tell me what Ann does for a living?", "works at a bakery"),
        ("Do you remember since when my sister has had her job?", "since March"),
    ),
}
REGISTERS = tuple(_EXAMPLES)
_SYSTEM = Message("system", "You write down questions and short answers as JSON.")


def _asking(told: str, fact: str, register: str) -> str:
    return (
        f'I told you: "{told}"\nThe fact: "{fact}"\nWrite {PER_CALL} {register} questions that I '
        "could ask you later about this fact, in my own words, each with its short answer from "
        "the fact."
    )


def questions_messages(told: str, fact: str, register: str) -> list[Message]:
    """Asks for questions of a register, with one example."""
    pairs = [{"question": q, "answer": a} for q, a in _EXAMPLES[register]]
    return [
        _SYSTEM,
        Message("user", _asking(_TOLD, _FACT, register)),
        Message("assistant", json.dumps(pairs)),
        Message("user", _asking(told, fact, register)),
    ]


def answer_messages(told: str, question: str) -> list[Message]:
    """Asks a question about what was told, for a short answer."""

    def asked(text: str, about: str) -> Message:
        return Message("user", f'I told you: "{text}"\n{about} Answer in a few words from it.')

    return [
        _SYSTEM,
        asked(_TOLD, "Which town does Ann work in?"),
        Message("assistant", json.dumps({"answer": "Leeds"})),
        asked(_TOLD, "Who works at a bakery?"),
        Message("assistant", json.dumps({"answer": "your sister Ann"})),
        asked(told, question),
    ]


def fact_messages(told: str) -> list[Message]:
    """Asks what a message tells of its owner, said to them."""

    def asked(text: str) -> Message:
        return Message(
            "user", f'I told you: "{text}"\nSay in one sentence to me what this tells about me.'
        )

    return [
        _SYSTEM,
        asked(_TOLD),
        Message("assistant", json.dumps({"fact": _FACT})),
        asked("finally got rid of that old car!! sold it to Pete for 300"),
        Message("assistant", json.dumps({"fact": "You sold your old car to Pete for 300."})),
        asked(told),
    ]
