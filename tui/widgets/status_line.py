"""The top line: which model is live, what waits, when the next night comes."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from consolidation.plain_words import next_sleep_words
from consolidation.schedule import local_now

if TYPE_CHECKING:
    from assistant.turn import Usage

_SHOWN = ("version", "model_state", "waiting", "next_sleep", "night_runs", "private", "usage")
_WIDE = 104
_FULL = 0.9
"""From this share on, the oldest exchanges are soon left out of the prompt."""
PRIVATE_MARK = " PRIVATE · nothing is stored "


class StatusLine(Horizontal):
    """Facts about the home folder, always in sight."""

    version = reactive("")
    model_state = reactive("waking…")
    waiting = reactive(0)
    next_sleep: reactive[datetime | None] = reactive(None)
    night_runs = reactive(False)
    private = reactive(False)
    usage: reactive["Usage | None"] = reactive(None)

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="status-left")
        yield Static("", markup=False, id="status-right")

    def on_mount(self) -> None:
        for name in _SHOWN:
            self.watch(self, name, self._redraw, init=False)
        self.set_interval(20, self._redraw)  # "in 3 min" gets old
        self._redraw()

    def _redraw(self) -> None:
        left = [("☾ Reverie", "bold $primary")]
        if self.version:
            left.append((f"  {self.version}", "$text"))
        if self.model_state:
            left.append((f" · {self.model_state}", "$quiet"))
        if self.usage is not None:
            left.append((" · ", "$quiet"))
            left.append(_gauge(self.usage, is_wide=self.size.width >= _WIDE))
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


def _gauge(usage: "Usage", *, is_wide: bool) -> tuple[str, str]:
    share = min(1.0, usage.tokens / max(1, usage.context_tokens))
    words = f"{share:.0%} full"
    if is_wide:
        words = f"{usage.tokens:,} of {usage.context_tokens:,} tokens, {words}"
    return words, "$warning" if share >= _FULL else "$quiet"
