"""A stream of the public triples: ten relations of fifty people each, so that they are confused.

Their file, `triples_500.json`, is the pool of facts of sleeping-llm (MIT); none of it is here.
"""

import json
import random
from pathlib import Path

from benchmarks.stream.facts import Fact, Order, Stream

FILE = "triples_500.json"
_QUESTIONS: dict[str, tuple[tuple[str, str], str]] = {
    "lives in": (
        ("Which city is {s}'s home?", "In what place has {s} settled?"),
        "If I posted a parcel to {s}, what town would it go to?",
    ),
    "works as": (
        ("What's {s}'s profession?", "How does {s} earn a living?"),
        "What would {s} write under occupation on a form?",
    ),
    "'s favorite color is": (
        ("Which color does {s} like best?", "What color is {s} fondest of?"),
        "I'm painting a room for {s}, so which shade should I pick?",
    ),
    "'s favorite food is": (
        ("Which dish does {s} like most?", "What does {s} love to eat above all?"),
        "{s} is coming to dinner, so what should I cook as a treat?",
    ),
    "is aged": (
        ("How many years old is {s}?", "What's {s}'s age now?"),
        "How many candles would go on {s}'s cake?",
    ),
    "speaks": (
        ("Which language does {s} know?", "What tongue can {s} talk in?"),
        "In what language should I write to {s}?",
    ),
    "studied": (
        ("Which subject did {s} take at university?", "What was {s}'s field of study?"),
        "What is {s}'s degree in?",
    ),
    "graduated in": (
        ("Which year did {s} finish university?", "When did {s} get a degree?"),
        "What year is printed on {s}'s diploma?",
    ),
    "is allergic to": (
        ("Which food gives {s} an allergic reaction?", "What can't {s} eat because of an allergy?"),
        "What should I keep off the plate when {s} comes to lunch?",
    ),
    "is learning": (
        ("What is {s} taking lessons in?", "Which new skill is {s} picking up?"),
        "What is {s} trying to get good at these days?",
    ),
}


def triples_stream(
    nights: int, a_night: int, *, seed: int, folder: Path, order: Order = "mixed", controls: int
) -> Stream:
    """A stream of the file in `folder`. Raises `ValueError` where it is not there, or too small."""
    file = folder / FILE
    if not file.exists():
        raise ValueError(f"{file} is not there; name the folder that has it with --data")
    rows = json.loads(file.read_text("utf-8"))
    random.Random(seed).shuffle(rows)
    if len(rows) < nights * a_night + controls:
        raise ValueError(
            f"{file} has {len(rows)} triples; {nights * a_night + controls} are asked for"
        )
    never, told = rows[:controls], rows[controls : controls + nights * a_night]
    if order == "blocked":
        told.sort(key=lambda row: str(row["relation"]))
    days = [
        tuple(_fact(row, night) for row in told[night * a_night : (night + 1) * a_night])
        for night in range(nights)
    ]
    return Stream(f"triples, {order}", seed, tuple(days), tuple(_fact(row, -1) for row in never))


def _fact(row: dict[str, str], night: int) -> Fact:
    subject, relation, value = row["subject"], row["relation"], row["object"]
    plain, free = _QUESTIONS[relation]
    joint = "" if relation.startswith("'") else " "
    return Fact(
        id=f"{relation}, {subject}",
        night=night,
        said=f"{subject}{joint}{relation} {value}.",
        plain=tuple(one.format(s=subject) for one in plain),
        free=(free.format(s=subject),),
        expected=(value,),
        relation=relation,
    )
