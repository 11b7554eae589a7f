"""Blind: the live version and the one before it answer the same; the owner says which is better."""

import json
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static

from assistant.clock import utc_now
from consolidation.blind import Answer, vote_of, vote_words
from consolidation.plain_words import as_sentence
from memory.text import clean_text
from memory.votes import VoteStore
from tui.command_process import CommandFailed, CommandProcess
from tui.keys import bindings, key_of

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_ASKING = "Both versions are asked, one after the other. This takes a while; Esc gives up."
_NOTHING_ASKED = "Write what both are to answer: /ab followed by a message."
_HELP = "The weights alone answer: no memory, no history. Which is better: {}, {}, or {} for alike?"


class BlindScreen(Screen[None]):
    """Two answers without names, and a vote that reveals them."""

    TITLE = "Blind comparison"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("blind")]

    class Answered(Message, bubble=False):
        """Both have answered."""

        def __init__(self, answers: list[Answer]) -> None:
            super().__init__()
            self.answers = answers

    class Told(Message, bubble=False):
        """There is a line to show below: a failure, or what a vote revealed."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, workspace: "Workspace", prompt: str) -> None:
        super().__init__()
        self._workspace = workspace
        self._prompt = prompt.strip()
        self._answers: list[Answer] = []
        words = ("models", "compare", "-", "--json")
        self._process = CommandProcess(workspace.settings.home, *words, told=self._prompt)

    def compose(self) -> ComposeResult:
        yield Static("☾ Blind comparison", markup=False, classes="title")
        yield Static(clean_text(self._prompt), markup=False, id="blind-prompt")
        with VerticalScroll(id="blind-answers"):
            yield Static("", markup=False, classes="answer", id="answer-1")
            yield Static("", markup=False, classes="answer", id="answer-2")
        yield Static(_ASKING, markup=False, id="blind-words")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#blind-answers").focus()
        if self._prompt:
            self.run_worker(self._ask, thread=True)
        else:
            self._say(_NOTHING_ASKED)

    def on_unmount(self) -> None:
        self._process.end()

    def on_blind_screen_answered(self, event: Answered) -> None:
        self._answers = event.answers
        for place, answer in enumerate(event.answers, start=1):
            text = Content.assemble((f"{place}\n", "bold $primary"), answer.text or "(nothing)")
            self.query_one(f"#answer-{place}", Static).update(text)
        chosen = self._workspace.settings.keys
        votes = [key_of(f"blind.{vote}", chosen) for vote in ("first", "second", "alike")]
        self._say(_HELP.format(*votes))

    def on_blind_screen_told(self, event: Told) -> None:
        self._say(event.words)

    def action_vote(self, choice: str) -> None:
        """Store the vote; one is enough."""
        answers, self._answers = self._answers, []
        if answers:
            vote = vote_of(answers, choice)

            def store() -> None:
                try:
                    VoteStore(self._workspace.connections).add(vote, utc_now())
                    self.post_message(self.Told(f"{vote_words(vote)} Your vote is kept."))
                except Exception as error:
                    self.post_message(self.Told(as_sentence(str(error) or type(error).__name__)))

            self.run_worker(store, thread=True)

    def _say(self, words: str) -> None:
        self.query_one("#blind-words", Static).update(clean_text(words))

    def _ask(self) -> None:
        try:
            out = self._process.read()
            if out is None:
                return
            found = json.loads(out)["answers"]
            answers = [Answer(one["version"], clean_text(one["text"])) for one in found]
            self.post_message(self.Answered(answers))
        except CommandFailed as error:
            self.post_message(self.Told(as_sentence(str(error))))
        except (ValueError, LookupError, TypeError):
            self.post_message(self.Told("The comparison printed no answers."))
