"""A running night, in four lines: what it does, how far it is, how the loss falls."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import ProgressBar, Sparkline, Static

from consolidation.plain_words import night_name, progress_words
from memory.records import NightReport


class NightPanel(Vertical):
    """Shown between the conversation and the input while a night runs."""

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="night-words")
        yield ProgressBar(show_eta=False, id="night-progress")
        with Horizontal(id="night-losses"):
            yield Static("loss", markup=False, classes="label")
            yield Sparkline([], id="night-sparkline")
            yield Static("", markup=False, id="night-loss")

    def on_mount(self) -> None:
        self.display = False

    def show(self, report: NightReport) -> None:
        """Show where this night stands."""
        self.display = True
        words = Content.assemble(
            (f"☾ {night_name(report)}", "bold $accent"),
            (f"  {progress_words(report.progress)}", "$text"),
            ("  /pause · /cancel", "$quiet"),
        )
        self.query_one("#night-words", Static).update(words)
        progress = report.progress
        known = progress is not None and progress.total > 0
        self.query_one(ProgressBar).update(
            total=progress.total if progress and known else None,
            progress=progress.done if progress and known else 0,
        )
        losses = [point.loss for point in report.losses]
        self.query_one("#night-losses").display = bool(losses)
        if losses:
            self.query_one(Sparkline).data = losses
            self.query_one("#night-loss", Static).update(Content(f"{losses[-1]:.2f}"))

    def hide(self) -> None:
        """The night is over."""
        self.display = False
