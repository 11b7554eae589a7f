"""A talk in progress: its sessions, the turn under way, and what of it is on screen."""

import threading
from collections.abc import Callable
from functools import partial

from assistant.session import Session
from tui import chat_words
from tui.messages import PieceArrived, ToolAnswered, TurnEnded, TurnFailed
from tui.model_work import ModelWork
from tui.widgets.transcript import Notice, Reply, ToolUsed, Transcript, UserSaid


class Talk:
    """One turn at a time. What is said in private has a session of its own, left behind after."""

    def __init__(
        self,
        model: ModelWork,
        transcript: Transcript,
        in_thread: Callable[[Callable[[], None]], object],
    ) -> None:
        self._model = model
        self._transcript = transcript
        self._in_thread = in_thread
        self._session = Session.new()
        self._private_session: Session | None = None
        self._turn = 0
        self._stop = threading.Event()
        self._reply: Reply | None = None
        self._last_reply: Reply | None = None

    @property
    def answering(self) -> bool:
        """Whether a reply is being given."""
        return self._reply is not None

    @property
    def last_text(self) -> str:
        """What was answered last; empty before the first reply."""
        return self._last_reply.text if self._last_reply else ""

    async def say(self, text: str, waiting: str) -> None:
        """Begin a turn. `waiting` stands where the reply will be until it comes."""
        session = self._private_session or self._session
        private = self._private_session is not None
        self._turn += 1
        self._stop = threading.Event()
        reply = Reply(waiting)
        await self._transcript.append(UserSaid(text, private=private))
        await self._transcript.append(reply)
        self._transcript.anchor()
        self._reply = self._last_reply = reply
        turn = partial(self._model.turn, self._turn, text, session, self._stop, private=private)
        self._in_thread(turn)

    def stop(self) -> None:
        """End the reply; what was said stays."""
        self._stop.set()

    async def show_piece(self, event: PieceArrived) -> None:
        if self._reply is not None and event.turn == self._turn:
            await self._reply.add(event.piece)

    async def show_end(self, event: TurnEnded) -> None:
        reply = self._reply
        if reply is not None and event.turn == self._turn:
            self._reply = None
            for run in event.result.tools:
                await self._transcript.mount(ToolUsed(run), before=reply)
            await reply.finish(event.result.reply, chat_words.footnote(event.result))

    async def show_failure(self, event: TurnFailed) -> None:
        reply = self._reply
        if reply is not None and event.turn == self._turn:
            self._reply = None
            if reply.text:
                await reply.finish(reply.text, "")
            else:
                await reply.remove()
            await self.note(chat_words.failure(event.error), "error")

    async def show_tool(self, event: ToolAnswered) -> None:
        """What a tool gave that was called by name; no part of the conversation."""
        result = event.run.result
        reply = self._last_reply = Reply("")
        await self._transcript.append(UserSaid(event.line, private=False))
        await self._transcript.append(reply)
        self._transcript.anchor()
        await reply.finish(result.answer or result.quoted, chat_words.TOOL_FOOTNOTE)

    def is_current(self, turn: int) -> bool:
        """Whether this turn is the one that is being answered."""
        return self._reply is not None and turn == self._turn

    def wait_for(self, what: str) -> None:
        """Change what a reply that has not begun says it waits for."""
        if self._reply is not None:
            self._reply.wait_for(what)

    async def note(self, text: str, tone: str = "note") -> None:
        """A line from the app itself."""
        await self._transcript.append(Notice(text, tone))

    async def set_private(self, private: bool) -> None:
        """Enter or leave the private part; leaving drops its session for good."""
        self._private_session = Session.new() if private else None
        await self.note(
            chat_words.PRIVATE_ON if private else chat_words.PRIVATE_OFF,
            "private" if private else "note",
        )

    async def start_anew(self) -> None:
        """An empty transcript and an empty history."""
        self._session = Session.new()
        if self._private_session is not None:
            self._private_session = Session.new()
        self._last_reply = None
        await self._transcript.clear()
        await self.note(chat_words.NEW_CONVERSATION)
