"""The training loss of one night, drawn."""

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.color import Color
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from memory.records import LossPoint


class LossCurve(Vertical):
    """A plot with a line of numbers below it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._plot: Any = None

    def compose(self) -> ComposeResult:
        from textual_plotext import PlotextPlot  # plotext is not needed for the first paint

        self._plot = PlotextPlot()
        yield self._plot
        yield Static("", markup=False, id="loss-words")

    def show(self, losses: Sequence[LossPoint]) -> None:
        """Draw these losses."""
        words = self.query_one("#loss-words", Static)
        self._plot.display = len(losses) > 1
        if not losses:
            words.update(Content("This night trained nothing."))
            return
        first, last = losses[0], losses[-1]
        words.update(
            Content(
                f"Loss {first.loss:.2f} → {last.loss:.2f} in {last.step} steps; "
                "below 0.69, answers come word for word."
            )
        )
        plot = self._plot.plt
        plot.clear_data()
        plot.xticks(sorted({first.step, (first.step + last.step) // 2, last.step}))
        plot.ylim(0, max(point.loss for point in losses))
        plot.plot(
            [point.step for point in losses],
            [point.loss for point in losses],
            marker="braille",
            color=Color.parse(self.app.theme_variables["primary"]).rgb,
        )
        self._plot.refresh()
