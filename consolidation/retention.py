"""Retention: which night's facts are still right after which night. Pure: outlines in, numbers out.

The measures are those of continual learning (Lopez-Paz and Ranzato, NeurIPS 2017, section 3): a
matrix R whose row is a night and whose column is the night that taught the facts asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from memory.history import NightOutline, ProbeMark
from memory.records import ProbeGroup


@dataclass(frozen=True, slots=True)
class Share:
    """So many right of so many asked."""

    right: int
    asked: int

    @property
    def value(self) -> float:
        """0 to 1; 0 where nothing was asked."""
        return self.right / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class NightPoint:
    """What one promoted night did, as a point of every curve."""

    night_id: int
    learned: Share
    """Of the new facts, right after the night."""
    retained: Share
    """Of the older facts that were asked for, right after the night."""
    general: Share
    forgotten: Share
    """Of the older facts that were right before the night, wrong after it."""
    regained: int
    """Older facts that were wrong before and are right after."""
    novelty: float | None
    duration_s: float
    """With the nights since the last promoted one, which cost as well."""
    known: Share
    """Facts whose latest answer is right, of all that were ever asked for on this line."""

    @property
    def seconds_per_fact(self) -> float | None:
        """What the night cost for each fact that it newly taught or brought back."""
        gained = self.learned.right + self.regained
        return self.duration_s / gained if gained else None


@dataclass(frozen=True, slots=True)
class Retention:
    """The line of nights that one version comes from."""

    points: tuple[NightPoint, ...]
    cells: tuple[tuple[Share | None, ...], ...]
    """cells[n][i]: the facts of night i right after night n; None where none was asked for."""
    total_s: float
    """Of all nights, refused ones too."""

    @property
    def then_and_now(self) -> tuple[float, float] | None:
        """Means of R[i][i] and R[last][i] over the earlier nights still asked for; None of one."""
        pairs = [
            (first.value, last.value)
            for i, last in enumerate(self.cells[-1][:-1] if self.cells else ())
            if last is not None and (first := self.cells[i][i]) is not None
        ]
        if not pairs:
            return None
        firsts, lasts = zip(*pairs, strict=True)
        return sum(firsts) / len(pairs), sum(lasts) / len(pairs)

    @property
    def backward_transfer(self) -> float | None:
        """Mean of R[last][i] - R[i][i]; below 0 is loss."""
        means = self.then_and_now
        return means[1] - means[0] if means else None

    @property
    def seconds_per_known_fact(self) -> float | None:
        """Everything that all nights cost, for each fact that the weights still know."""
        known = self.points[-1].known.right if self.points else 0
        return self.total_s / known if known else None


def retention_of(nights: Sequence[NightOutline]) -> Retention:
    """The numbers of the line that the last of these nights, oldest first, left live.

    Nights that were rolled back are not on it.
    """
    line = _line(nights)
    homes: dict[str, int] = {}
    taught: dict[int, int] = {}
    latest: dict[str, bool] = {}
    points: list[NightPoint] = []
    cells: list[tuple[Share | None, ...]] = []
    paid_until = 0
    for place, night in enumerate(line):
        for mark in _group(night, "new"):
            homes[mark.question] = place
            taught |= dict.fromkeys(mark.episode_ids, place)
        facts = [mark for mark in night.probes if mark.group != "general"]
        latest |= {mark.question: mark.after_right for mark in facts}
        cost_s = sum(one.duration_s for one in nights if paid_until < one.id <= night.id)
        paid_until = night.id
        points.append(_point(night, cost_s, Share(sum(latest.values()), len(latest))))
        cells.append(_row(facts, homes, taught, len(line)))
    return Retention(tuple(points), tuple(cells), sum(one.duration_s for one in nights))


def share_of(night: NightOutline | None, group: ProbeGroup) -> Share:
    """Of one group's questions, right after the night; of no night, nothing of nothing."""
    return _share(_group(night, group)) if night else Share(0, 0)


def _line(nights: Sequence[NightOutline]) -> list[NightOutline]:
    """The promoted nights that the live version comes from, oldest first."""
    by_candidate = {one.candidate: one for one in nights if one.status == "promoted"}
    if not nights:
        return []
    last = nights[-1]
    name = last.candidate if last.status == "promoted" else last.champion_before
    found: list[NightOutline] = []
    while name in by_candidate:
        found.append(by_candidate.pop(name))
        name = found[-1].champion_before
    return found[::-1]


def _point(night: NightOutline, cost_s: float, known: Share) -> NightPoint:
    old = _group(night, "old")
    before = [mark for mark in old if mark.before_right]
    return NightPoint(
        night_id=night.id,
        learned=_share(_group(night, "new")),
        retained=_share(old),
        general=_share(_group(night, "general")),
        forgotten=Share(sum(not mark.after_right for mark in before), len(before)),
        regained=sum(mark.after_right and not mark.before_right for mark in old),
        novelty=night.novelty,
        duration_s=cost_s,
        known=known,
    )


def _row(
    facts: Sequence[ProbeMark], homes: dict[str, int], taught: dict[int, int], width: int
) -> tuple[Share | None, ...]:
    """One row of R. A question in other words than its first night's is found by its episode."""
    columns: dict[int, list[ProbeMark]] = {}
    for mark in facts:
        known = [taught[one] for one in mark.episode_ids if one in taught]
        home = homes.get(mark.question, max(known, default=None))
        if home is not None:
            columns.setdefault(home, []).append(mark)
    return tuple(_share(columns[i]) if i in columns else None for i in range(width))


def _group(night: NightOutline, group: ProbeGroup) -> list[ProbeMark]:
    return [mark for mark in night.probes if mark.group == group]


def _share(marks: Sequence[ProbeMark]) -> Share:
    return Share(sum(mark.after_right for mark in marks), len(marks))
