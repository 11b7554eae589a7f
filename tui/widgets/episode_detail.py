"""One episode, whole: both sides, the parts of its novelty, its state, the last choice."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from consolidation.plain_words import (
    STATE_WORDS,
    decision_words,
    novelty_words,
    surprisal_words,
    time_words,
)
from memory.episode import Episode
from memory.records import Decision
from memory.text import clean_text

_DIM = "$quiet"


class EpisodeDetail(VerticalScroll, can_focus=True):
    """Shows the episode under the cursor."""

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="episode-text")

    def show(self, episode: Episode, decision: Decision | None = None) -> None:
        """Show this episode from its top, with what the last night chose to do with it."""
        novelty = episode.novelty
        pinned = " · pinned: every night takes it" if episode.pinned else ""
        self.query_one("#episode-text", Static).update(
            Content.assemble(
                (f"Episode {episode.id}", "bold $primary"),
                (f"  {time_words(episode.created_at)} · {STATE_WORDS[episode.state]}", _DIM),
                (f"{pinned}\n", "$accent"),
                f"novelty {novelty.score:.2f}, {novelty_words(novelty.score)}",
                (
                    f"  distance {novelty.embedding_novelty:.2f} · "
                    f"{surprisal_words(novelty.surprisal_bits, '/token')}\n",
                    _DIM,
                ),
                (f"{clean_text(decision_words(decision))}\n\n", _DIM),
                ("You\n", "bold"),
                f"{clean_text(episode.user_text)}\n\n",
                ("Reverie", "bold"),
                (f"  {clean_text(episode.model_version)}\n", _DIM),
                clean_text(episode.assistant_text) or "(stopped before it answered)",
            )
        )
        self.scroll_home(animate=False)

    def show_words(self, words: str) -> None:
        """Show a line instead of an episode."""
        self.query_one("#episode-text", Static).update(Content.assemble((words, _DIM)))
