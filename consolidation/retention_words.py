"""Retention in plain words and as a table, for the app, the page and Markdown. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from consolidation.plain_words import duration_words
from consolidation.retention import NightPoint, Retention, Share

SHOWN_NIGHTS = 60
SHOWN_CELLS = 12
"""So many of the newest nights fit into a matrix that can still be read."""
HEADINGS = ("Night", "Learned", "Older right", "Forgotten", "General", "Novelty", "Time", "A fact")
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Curves:
    """What is drawn over the nights; shares in percent, None where there is nothing to show."""

    nights: tuple[int, ...]
    learned: tuple[float | None, ...]
    retained: tuple[float | None, ...]
    general: tuple[float | None, ...]
    forgotten: tuple[float | None, ...]
    novelty: tuple[float | None, ...]
    seconds_per_fact: tuple[float | None, ...]


def curves_of(retention: Retention) -> Curves:
    """The newest nights as curves."""
    points = retention.points[-SHOWN_NIGHTS:]
    return Curves(
        nights=tuple(point.night_id for point in points),
        learned=tuple(_percent(point.learned) for point in points),
        retained=tuple(_percent(point.retained) for point in points),
        general=tuple(_percent(point.general) for point in points),
        forgotten=tuple(_percent(point.forgotten) for point in points),
        novelty=tuple(point.novelty for point in points),
        seconds_per_fact=tuple(point.seconds_per_fact for point in points),
    )


def newest_cells(
    retention: Retention, most: int = SHOWN_CELLS
) -> tuple[tuple[int, ...], tuple[tuple[Share | None, ...], ...]]:
    """The numbers of the newest nights, and the corner of R that is theirs."""
    first = max(0, len(retention.points) - most)
    nights = tuple(point.night_id for point in retention.points[first:])
    return nights, tuple(row[first:] for row in retention.cells[first:])


def retention_sentences(retention: Retention) -> list[str]:
    """What all nights together came to."""
    if not retention.points:
        return ["No night has been promoted yet, so there is nothing to compare."]
    count, known = len(retention.points), retention.points[-1].known
    nights = "one promoted night" if count == 1 else f"{count} promoted nights"
    sentences = [
        f"After {nights}, {known.right} of {known.asked} questions about you were right "
        "when they were last asked."
    ]
    means = retention.then_and_now
    if means is not None:
        then, now = means
        sentences.append(
            f"What earlier nights taught: {then:.0%} right on its first morning, {now:.0%} now "
            f"(backward transfer {now - then:+.2f})."
        )
    each = retention.seconds_per_known_fact
    if each is not None:
        sentences.append(
            f"All nights took {duration_words(retention.total_s)}: "
            f"{duration_words(each)} for each question that is right."
        )
    return sentences


def night_rows(points: Sequence[NightPoint]) -> list[tuple[str, ...]]:
    """A row for each night, under `HEADINGS`."""
    return [
        (
            str(point.night_id),
            _of(point.learned),
            _of(point.retained),
            _of(point.forgotten),
            _of(point.general),
            f"{point.novelty:.2f}" if point.novelty is not None else _NOTHING,
            duration_words(point.duration_s) if point.duration_s else _NOTHING,
            duration_words(each) if (each := point.seconds_per_fact) else _NOTHING,
        )
        for point in points
    ]


def cell_words(share: Share | None) -> str:
    """A cell of R in a table."""
    return f"{share.value:.0%}" if share else _NOTHING


def _percent(share: Share) -> float | None:
    return 100 * share.value if share.asked else None


def _of(share: Share) -> str:
    return f"{share.right} of {share.asked}" if share.asked else _NOTHING
