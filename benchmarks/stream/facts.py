"""The facts of a stream: what is told on which day, and what is asked ever after. Pure.

They are made from `facts.json` and `facts_more.json`, by which reading and dreams were mended, from
`facts_plain.json`, told outright, or from `facts_kept.json`, told as oddly as people can; each by
one who saw no code. Many share a relation, so that they are easily confused; some replace an
earlier one; controls are asked like the others and never told. No question has the wording of
anything told.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from consolidation.english.marking import is_right

Order = Literal["mixed", "blocked"]
FACTS = Path(__file__).with_name("facts.json")
MORE = Path(__file__).with_name("facts_more.json")
PLAIN = Path(__file__).with_name("facts_plain.json")
KEPT = Path(__file__).with_name("facts_kept.json")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something told, with the questions that are kept for asking."""

    id: str
    night: int
    """The night that learns it, from 0 on; -1 for a control, which is never told."""
    said: str
    plain: tuple[str, ...]
    """Ordinary questions, in words that were not trained."""
    free: tuple[str, ...]
    """Questions as people come to ask them, in quite other words."""
    expected: tuple[str, ...]
    relation: str
    replaces: str = ""
    """The id of the fact that holds no longer."""
    outdated: tuple[str, ...] = ()

    def is_right(self, answer: str) -> bool:
        """Whether an answer holds what was told last, and not what that replaced.

        One that tells of the change holds both, and is right where they stand in the order in which
        they were told: "moved from the jar to the drawer", but not "from the drawer to the jar".
        """
        if not is_right(answer, self.expected):
            return False
        if not (self.outdated and is_right(answer, self.outdated)):
            return True
        return self._tells_new_first(answer) == self._tells_new_first(self.said)

    def _tells_new_first(self, text: str) -> bool:
        new, old = (
            min(text.lower().find(value.lower()) for value in values)
            for values in (self.expected, self.outdated)
        )
        return new < old


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it is told."""

    session: str
    text: str
    reply: str = "I see."
    at: str = ""
    """ISO 8601; empty where the day does not matter."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Days of facts, and facts that are asked for alike and never told."""

    name: str
    seed: int
    days: tuple[tuple[Fact, ...], ...]
    controls: tuple[Fact, ...]
    talks: tuple[tuple[Said, ...], ...] = ()
    """What is said on each day, where facts are not told one by one."""

    def said(self, night: int) -> Sequence[Said]:
        """What is told on the day before this night.

        Facts that are told one by one have a session each: whoever "she" is, no other fact of the
        day decides it.
        """
        if self.talks:
            return self.talks[night]
        return [Said(fact.id, fact.said) for fact in self.days[night]]

    def told(self, night: int) -> list[Fact]:
        """What holds after this night: told until then and not replaced."""
        told = [fact for day in self.days[: night + 1] for fact in day]
        gone = {fact.replaces for fact in told}
        return [fact for fact in told if fact.id not in gone]

    def scrambled(self, fact: Fact) -> tuple[str, ...]:
        """What another fact of the same relation expects: words that were told, wrongly bound.

        Empty where the fact is alone in its relation.
        """
        every = [one for day in self.days for one in day]
        others = sorted(
            one.expected
            for one in every
            if one.relation == fact.relation and one.expected not in (fact.expected, fact.outdated)
        )
        return random.Random(fact.id).choice(others) if others else ()


@dataclass(frozen=True, slots=True)
class _Matter:
    """A relation of a subject, of which one value is told."""

    relation: Mapping[str, Any]
    full: str
    short: str

    def filled(self, template: str, value: str, old: str = "") -> str:
        text = template.replace("{S}", self.full).replace("{s}", self.short)
        text = text.replace("{value}", value).replace("{old}", old)
        return text[:1].upper() + text[1:]

    def fact(self, night: int, said: str, value: str, old: "Fact | None" = None) -> Fact:
        plain, free = self.relation["plain"], self.relation["asked"]
        return Fact(
            id=f"{self.relation['id']}, {self.short}, {night}",
            night=night,
            said=said,
            plain=tuple(self.filled(one, value) for one in plain),
            free=tuple(self.filled(one, value) for one in free),
            expected=(value,),
            relation=self.relation["id"],
            replaces=old.id if old else "",
            outdated=old.expected if old else (),
        )


def made_stream(
    nights: int,
    a_night: int,
    *,
    seed: int,
    order: Order = "mixed",
    changes: float = 0.1,
    controls: int = 20,
    file: Path = FACTS,
) -> Stream:
    """A stream of made facts; the share `changes` of each night but the first replaces earlier.

    "blocked" tells one relation after the other. Raises `ValueError` where the file has too few.
    """
    chance = random.Random(seed)
    matters = _matters(json.loads(file.read_text("utf-8")), chance)
    changing = round(changes * a_night)
    fresh = nights * a_night - changing * (nights - 1)
    if len(matters) < fresh + controls:
        raise ValueError(f"{file} makes {len(matters)} facts; {fresh + controls} are asked for")
    never, told = matters[:controls], matters[controls : controls + fresh]
    if order == "blocked":
        told.sort(key=lambda matter: str(matter.relation["id"]))
    values = _Values(chance)
    held: dict[_Key, tuple[_Matter, Fact]] = {}
    days: list[tuple[Fact, ...]] = []
    for night in range(nights):
        day: list[tuple[_Matter, Fact]] = []
        for key in chance.sample(sorted(held), changing if night else 0):
            matter, old = held[key]
            value = values.next_of(matter.relation)
            said = matter.filled(chance.choice(matter.relation["changed"]), value, old.expected[0])
            day.append((matter, matter.fact(night, said, value, old)))
        while len(day) < a_night:
            matter = told.pop(0)
            value = values.next_of(matter.relation)
            said = matter.filled(chance.choice(matter.relation["told"]), value)
            day.append((matter, matter.fact(night, said, value)))
        chance.shuffle(day)
        held |= {(str(m.relation["id"]), m.short): (m, fact) for m, fact in day}
        days.append(tuple(fact for _, fact in day))
    controls_asked = tuple(m.fact(-1, "", values.next_of(m.relation)) for m in never)
    return Stream(f"made, {order}", seed, tuple(days), controls_asked)


_Key = tuple[str, str]


class _Values:
    """Hands out the values of each relation in turn, so that few facts share one."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._left: dict[str, list[str]] = {}

    def next_of(self, relation: Mapping[str, Any]) -> str:
        left = self._left.get(relation["id"])
        if not left:
            left = self._left[relation["id"]] = list(relation["values"])
            self._chance.shuffle(left)
        return left.pop()


def _matters(data: Mapping[str, Any], chance: random.Random) -> list[_Matter]:
    """All that can be told, in an order in which relations take turns."""
    by_relation: list[list[_Matter]] = []
    for relation in data["relations"]:
        subjects: Sequence[Mapping[str, str]] = data["subjects"][relation["subject"]]
        members = [_Matter(relation, one["full"], one["short"]) for one in subjects]
        chance.shuffle(members)
        by_relation.append(members)
    chance.shuffle(by_relation)
    return list(_in_turn(by_relation))


def _in_turn(lists: Sequence[list[_Matter]]) -> Iterator[_Matter]:
    for place in range(max(map(len, lists), default=0)):
        yield from (members[place] for members in lists if place < len(members))
