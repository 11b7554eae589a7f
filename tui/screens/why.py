"""Why did you say that? What one reply rests on, over whatever screen asked."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from consolidation.plain_words import as_sentence
from consolidation.why import Why, nights_words, recalled_words, related_words, why
from memory.text import clean_text, excerpt

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_NOTHING_KEPT = (
    "There is no reply to look up.\n\nWhat is said in private leaves nothing behind, and before "
    "the first reply there is nothing yet. /why NUMBER looks up any exchange of the memory."
)
_EXCERPT_CHARACTERS = 160
_DIM = "$quiet"


class WhyScreen(ModalScreen[None]):
    """The exchange, what was recalled for it, and which nights trained what is near it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,w,q", "dismiss", "Back")]

    class Read(Message, bubble=False):
        """It was looked up."""

        def __init__(self, content: Content) -> None:
            super().__init__()
            self.content = content

    def __init__(self, workspace: "Workspace", episode: str) -> None:
        """`episode` is its number as it was typed, empty for none."""
        super().__init__()
        self._workspace = workspace
        self._episode = episode

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="why"):
            yield Static("", markup=False, id="why-text")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
        if not self._episode:
            self._show(Content(_NOTHING_KEPT))
        elif not self._episode.isdecimal():
            self._show(Content(f"{self._episode!r} is not the number of an episode."))
        else:
            self.run_worker(self._look_up, thread=True)

    def on_why_screen_read(self, event: Read) -> None:
        self._show(event.content)

    def _show(self, content: Content) -> None:
        self.query_one("#why-text", Static).update(content)

    def _look_up(self) -> None:
        try:
            store, history = self._workspace.store, self._workspace.history
            content = why_text(why(store, history, int(self._episode)))
        except Exception as error:
            content = Content(as_sentence(str(error) or type(error).__name__))
        self.post_message(self.Read(content))


def why_text(found: Why) -> Content:
    """The whole of it as styled text."""
    episode = found.episode
    parts: list[tuple[str, str]] = [
        ("Why did I say that?\n\n", "bold $primary"),
        ("You      ", _DIM),
        (f"{_line(episode.user_text)}\n", ""),
        ("Reverie  ", _DIM),
        (f"{_line(episode.assistant_text)}\n", ""),
        (f"         episode {episode.id}, by {clean_text(episode.model_version)}\n\n", _DIM),
        (f"{recalled_words(found)}\n", "bold"),
    ]
    for one in found.recalled:
        parts += [
            (f"  {one.score:.4f}  ", "$accent"),
            (f"{_line(one.episode.user_text)}", ""),
            (f"  episode {one.episode.id}\n", _DIM),
        ]
    parts.append(("\nIn the weights\n", "bold"))
    for near in found.related:
        parts += [
            (f"  {near.cosine:.2f}  ", "$accent"),
            (f"{_line(near.episode.user_text)}", ""),
            (f"  episode {near.episode.id}, {nights_words(near.nights)}\n", _DIM),
        ]
    return Content.assemble(*parts, (related_words(found), _DIM))


def _line(text: str) -> str:
    return excerpt(clean_text(text), _EXCERPT_CHARACTERS) or "(nothing)"
