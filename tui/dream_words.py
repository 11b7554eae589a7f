"""Dreams as the command line shows them, and as JSON has them. Pure."""

from collections.abc import Mapping
from typing import Any

from memory.records import Dream, Dropped, turns_of_prompt
from memory.text import clean_text


def spoken(dream: Dream | Dropped) -> str:
    """What is said to the assistant, on one line; the turns of a dialogue in a row."""
    return " ".join(clean_text(" / ".join(turns_of_prompt(dream.prompt))).split())


def dream_line(dream: Dream) -> str:
    """Name, prompt and answer."""
    return f"{dream.key}  {spoken(dream)}  ->  {' '.join(clean_text(dream.answer).split())}"


def dream_document(dream: Dream) -> dict[str, Any]:
    """A dream as JSON has it."""
    prompt = dream.prompt if isinstance(dream.prompt, str) else list(dream.prompt)
    return {
        "id": dream.key,
        "prompt": prompt,
        "answer": dream.answer,
        "kind": dream.kind,
        "episode_ids": list(dream.episode_ids),
    }


def dream_from(document: Mapping[str, Any]) -> Dream:
    """A dream, from `dream_document`."""
    said = document["prompt"]
    prompt = said if isinstance(said, str) else tuple(said)
    return Dream(prompt, document["answer"], document["kind"], tuple(document["episode_ids"]))
