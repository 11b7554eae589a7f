"""The top line: which model is live, what waits, when the next night comes."""

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from consolidation.plain_words import next_sleep_words
from consolidation.schedule import local_now

PRIVATE_MARK = " PRIVATE · nothing is stored "


class StatusLine(Horizontal):
    """Facts about the home folder, always in sight."""

    version = reactive("")
    model_state = reactive("waking…")
    waiting = reactive(0)
    next_sleep: reactive[datetime | None] = reactive(None)
    night_runs = reactive(False)
    private = reactive(False)

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="status-left")
        yield Static("", markup=False, id="status-right")

    def on_mount(self) -> None:
        for name in ("version", "model_state", "waiting", "next_sleep", "night_runs", "private"):
            self.watch(self, name, self._redraw, init=False)
        self.set_interval(20, self._redraw)  # "in 3 min" gets old
        self._redraw()

    def _redraw(self) -> None:
        left = [("☾ Reverie", "bold $primary")]
        if self.version:
            left.append((f"  {self.version}", "$text"))
        if self.model_state:
            left.append((f" · {self.model_state}", "$quiet"))
        self.query_one("#status-left", Static).update(Content.assemble(*left))
        right: list[tuple[str, str]] = []
        if self.private:
            right.append((PRIVATE_MARK, "bold $background on $warning"))
        else:
            right.append((self._facts(), "$quiet"))
        self.query_one("#status-right", Static).update(Content.assemble(*right))

    def _facts(self) -> str:
        facts = [f"{self.waiting} to learn" if self.waiting else "nothing to learn yet"]
        if self.night_runs:
            facts.append("asleep and learning")
        elif self.next_sleep is not None:
            facts.append(f"sleeps {next_sleep_words(local_now(), self.next_sleep)}")
        else:
            facts.append("sleeps when asked")
        return " · ".join(facts)
