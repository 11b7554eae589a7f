"""What all nights came to, drawn: right answers, who forgot what, forgetting, cost, novelty."""

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.color import Color
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from consolidation.retention import Retention, Share
from consolidation.retention_words import curves_of, newest_cells, retention_sentences

_PLOTS = ("right", "forgotten", "cost", "novelty")
_COLOURS = ("primary", "success", "warning")
_MOST_CELLS = 8
_CELL = 5
Curve = tuple[str, Sequence[float | None]]


class NightCurves(VerticalScroll, can_focus=True):
    """Words first, then plots, each under a line that says what it shows."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._plots: dict[str, Any] = {}

    def compose(self) -> ComposeResult:
        from textual_plotext import PlotextPlot  # plotext is not needed for the first paint

        self._plots = {name: PlotextPlot() for name in _PLOTS}
        yield Static("", markup=False, id="curves-words")
        for name in _PLOTS:
            yield Static("", markup=False, classes="caption", id=f"{name}-caption")
            yield self._plots[name]
            if name == "right":
                yield Static("", markup=False, id="matrix")

    def show(self, retention: Retention) -> None:
        """Draw this line of nights."""
        self.query_one("#curves-words", Static).update(
            Content(" ".join(retention_sentences(retention)))
        )
        curves = curves_of(retention)
        right: list[Curve] = [
            ("learned that night", curves.learned),
            ("older facts", curves.retained),
            ("general knowledge", curves.general),
        ]
        self._draw("right", "Right answers, in percent", curves.nights, right, top=100)
        forgotten: list[Curve] = [("forgotten", curves.forgotten)]
        self._draw(
            "forgotten", "Older facts forgotten that night, in percent", curves.nights, forgotten
        )
        cost: list[Curve] = [("seconds", curves.seconds_per_fact)]
        self._draw("cost", "Seconds for each fact learned", curves.nights, cost)
        novelty: list[Curve] = [("novelty", curves.novelty)]
        self._draw("novelty", "Novelty of what was taken in, 0 to 1", curves.nights, novelty, top=1)
        nights, cells = newest_cells(retention, _MOST_CELLS)
        table = self.query_one("#matrix", Static)
        table.display = bool(nights)
        table.update(matrix_text(nights, cells))

    def _draw(
        self, name: str, title: str, nights: Sequence[int], curves: Sequence[Curve], top: float = 0
    ) -> None:
        plot, caption = self._plots[name], self.query_one(f"#{name}-caption", Static)
        known = [
            [(n, v) for n, v in zip(nights, c, strict=True) if v is not None] for _, c in curves
        ]
        plot.display = caption.display = any(known)
        if not any(known):
            return
        parts: list[tuple[str, str]] = [(title, "bold")]
        if len(curves) > 1:
            parts += [
                (f"{'  ' if place else chr(10)}■ {said}", f"${colour}")
                for place, ((said, _), colour) in enumerate(zip(curves, _COLOURS, strict=False))
            ]
        caption.update(Content.assemble(*parts))
        drawn = plot.plt
        drawn.clear_data()
        drawn.xticks(_some(nights), [str(night) for night in _some(nights)])
        drawn.ylim(0, max([top, *(value for one in known for _, value in one)]) or 1)
        for points, colour in zip(known, _COLOURS, strict=False):
            if points:
                draw = drawn.plot if len(points) > 1 else drawn.scatter
                rgb = Color.parse(self.app.theme_variables[colour]).rgb
                draw([n for n, _ in points], [v for _, v in points], marker="braille", color=rgb)
        plot.refresh()


def matrix_text(nights: Sequence[int], cells: Sequence[Sequence[Share | None]]) -> Content:
    """R as coloured numbers: a row for each night, a column for the night that taught the facts."""
    parts: list[tuple[str, str]] = [
        ("Right in percent: after night (down), of the facts of night (across)\n", "bold"),
        ("      " + "".join(f"{night:>{_CELL}}" for night in nights), "$quiet"),
    ]
    for night, row in zip(nights, cells, strict=True):
        parts.append((f"\n{night:>5} ", "$quiet"))
        parts += [_cell(share) for share in row]
    return Content.assemble(*parts)


def _cell(share: Share | None) -> tuple[str, str]:
    if share is None:
        return (f"{'·':>{_CELL}}", "$quiet")
    strength = round(5 + 35 * share.value)
    return (f"{100 * share.value:>{_CELL - 1}.0f} ", f"$foreground on $primary {strength}%")


def _some(nights: Sequence[int], most: int = 10) -> Sequence[int]:
    """As many of the numbers as have room under an axis."""
    return nights[:: -(-len(nights) // most)] if nights else ()
