"""One episode, whole: both sides, its novelty, what nights made of it, what the weights know."""

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
from consolidation.why import nights_words
from memory.episode import Episode
from memory.past import Past
from memory.records import Decision, turns_of_prompt
from memory.text import clean_text
from tui.reading_process import Reading

_DIM = "$quiet"
_MOST_DREAMS = 30
Parts = list[str | tuple[str, str]]


class EpisodeDetail(VerticalScroll, can_focus=True):
    """Shows the episode under the cursor."""

    def compose(self) -> ComposeResult:
        yield Static("", markup=False, id="episode-text")
        yield Static("", markup=False, id="episode-reading")
        yield Static("", markup=False, id="episode-past")

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
        self.query_one("#episode-reading", Static).update("")
        self.query_one("#episode-past", Static).update("")
        self.scroll_home(animate=False)

    def show_past(self, past: Past) -> None:
        """Add what nights made of it, below."""
        self.query_one("#episode-past", Static).update(Content.assemble(*_past(past)))

    def show_reading(self, reading: Reading | str) -> None:
        """Add how it is understood, or a line on why that is not known."""
        parts = [(reading, _DIM)] if isinstance(reading, str) else _reading(reading)
        self.query_one("#episode-reading", Static).update(Content.assemble(*parts))

    def show_words(self, words: str) -> None:
        """Show a line instead of an episode."""
        self.query_one("#episode-text", Static).update(Content.assemble((words, _DIM)))
        self.query_one("#episode-reading", Static).update("")
        self.query_one("#episode-past", Static).update("")


def _past(past: Past) -> Parts:
    if not past.nights and not past.answered:
        return [("No promoted night trained it.", _DIM)]
    parts: Parts = [("In the weights\n", "bold")]
    if past.nights:
        parts.append(f"Trained on {nights_words(past.nights)}.\n")
    if past.answered:
        right = sum(one.right for one in past.answered)
        parts.append(f"When last asked, {right} of {len(past.answered)} questions were right.\n")
    for one in past.answered:
        mark = ("✓ ", "$success") if one.right else ("✗ ", "$error")
        parts += [mark, f"{_line(one.probe.question)} ", (f"{_line(one.answer)}", _DIM)]
        parts.append((f"  night {one.night_id}\n", _DIM))
    if past.dreams:
        parts.append((f"\nDreams ({len(past.dreams)})\n", "bold"))
    for dream in past.dreams[:_MOST_DREAMS]:
        said = " / ".join(turns_of_prompt(dream.prompt))
        parts += [f"{_line(said)} ", (f"→ {_line(dream.answer)}\n", _DIM)]
    if len(past.dreams) > _MOST_DREAMS:
        parts.append((f"and {len(past.dreams) - _MOST_DREAMS} more", _DIM))
    return parts


def _reading(reading: Reading) -> Parts:
    parts: Parts = [("How it is understood now\n", "bold")]
    for kind, text, reason in reading.utterances:
        parts += [f"{_line(text)}  ", (f"{_line(kind)}: {_line(reason)}\n", _DIM)]
    title = "What a night would teach of it" if reading.facts else "A night finds no fact in it."
    parts.append((f"{title}\n", "bold"))
    parts += [f"{_line(fact)}\n" for fact in reading.facts]
    for fact, by_fact in reading.replaced:
        parts += [
            ("no longer: ", "$warning"),
            f"{_line(fact)} ",
            (f"Now: {_line(by_fact)}\n", _DIM),
        ]
    return parts


def _line(text: str) -> str:
    return " ".join(clean_text(text).split())
