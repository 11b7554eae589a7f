"""`reverie models compare`: two versions answer the same, blind, and the owner votes."""

import sys
from random import Random

from assistant.clock import utc_now
from assistant.default_model import opened_registry
from assistant.engines import opened_engine
from assistant.settings import Settings
from consolidation.blind import Answer, compare, rivals, vote_of, vote_words
from memory.database import Connections
from memory.text import clean_text
from memory.votes import VoteStore
from tui.outcome import Outcome

_ASKED = "Which is better? 1, 2 or =, or Enter for no vote: "


def run(settings: Settings, prompt: str, other: str | None, *, as_json: bool) -> Outcome:
    """Both answers; the vote is asked for on a terminal, and never with `as_json`.

    Raises `NothingToRollBack`, `UnknownVersion`, `WeightsMissing`, `EngineCrashed`.
    """
    prompt = clean_text(prompt).strip()
    if not prompt:
        raise ValueError("the prompt is empty; write something to be answered")
    registry = opened_registry(settings)
    versions = rivals(registry, other)
    engine = opened_engine(settings)
    try:
        answers = compare(
            engine,
            versions,
            prompt,
            system_prompt=settings.chat.system_prompt,
            max_tokens=settings.chat.max_reply_tokens,
            random=Random(),
        )
    finally:
        engine.close()
    document = {
        "prompt": prompt,
        "answers": [{"version": one.version, "text": one.text} for one in answers],
    }
    if as_json:
        return Outcome(document, "")
    said = "\n\n".join(f"{place}:  {one.text}" for place, one in enumerate(answers, start=1))
    if not _is_terminal():
        names = "\n".join(f"{i} is {one.version}" for i, one in enumerate(answers, start=1))
        return Outcome(document, f"{said}\n\n{names}")
    print(said)
    return Outcome(document, _voted(settings, answers, input(f"\n{_ASKED}")))


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _voted(settings: Settings, answers: list[Answer], choice: str) -> str:
    if not choice.strip():
        return "No vote."
    vote = vote_of(answers, choice)
    with Connections(settings.database_file) as connections:
        VoteStore(connections).add(vote, utc_now())
    return vote_words(vote)
