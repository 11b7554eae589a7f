"""A talk in progress: its sessions, the turn under way, and what of it is on screen."""

import asyncio
import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.widget import Widget

from assistant.session import Session
from memory.episode import Episode
from memory.sessions import Voice
from tui import chat_words
from tui.messages import PieceArrived, ToolAnswered, TurnEnded, TurnFailed
from tui.model_work import ModelWork
from tui.widgets.transcript import Entry, Notice, Reply, Source, ToolUsed, Transcript, UserSaid

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_SHOWN_EXCHANGES = 30
_CHARACTERS_PER_TOKEN = 6
"""More than any text has: what is too much is dropped token by token when it is sent."""


class Talk:
    """One turn at a time. What is said in private has a session of its own, left behind after."""

    def __init__(
        self,
        workspace: "Workspace",
        model: ModelWork,
        transcript: Transcript,
        in_thread: Callable[[Callable[[], None]], object],
    ) -> None:
        self._workspace = workspace
        self._model = model
        self._transcript = transcript
        self._in_thread = in_thread
        self._session = Session.new()
        self._private_session: Session | None = None
        self._turn = 0
        self._stop = threading.Event()
        self._reply: Reply | None = None
        self._last_reply: Reply | None = None
        self._was_learned = False
        self._before: tuple[Session, Sequence[Widget]] | None = None

    @property
    def answering(self) -> bool:
        """Whether a reply is being given."""
        return self._reply is not None

    @property
    def last_reply(self) -> Reply | None:
        """What was answered last; None before the first reply."""
        return self._last_reply

    @property
    def is_private(self) -> bool:
        return self._private_session is not None

    @property
    def session(self) -> Session:
        """The conversation that the next message belongs to."""
        return self._private_session or self._session

    async def say(
        self,
        text: str,
        waiting: str,
        *,
        instead_of: Collection[int] = (),
        is_variation: bool = False,
    ) -> None:
        """Begin a turn. `waiting` stands where the reply will be until it comes."""
        private = self.is_private
        self._turn += 1
        self._stop = threading.Event()
        said = UserSaid(text, private=private)
        reply = Reply(waiting, said)
        await self._transcript.append(said)
        await self._transcript.append(reply)
        self._transcript.anchor()
        self._reply = self._last_reply = reply
        self._transcript.screen.refresh_bindings()  # there is something to stop
        turn = partial(
            self._model.turn,
            self._turn,
            text,
            self.session,
            self._stop,
            private=private,
            instead_of=instead_of,
            variation=self._turn if is_variation else 0,
        )
        self._in_thread(turn)

    async def say_instead(self, said: UserSaid, text: str, waiting: str) -> None:
        """Take back a message and all that followed it, once the new one is answered.

        What a forked conversation began with belongs to the other one, too: there a new fork
        begins, and nothing is taken back.
        """
        again = text == said.text
        gone = self._transcript.from_message(said)
        if said.source is not None and said.source.session_id != self.session.session_id:
            await self._fork_before(said)
            await self._transcript.remove_children(gone)
            await self.say(text, waiting, is_variation=again)
            return
        messages = [one for one in gone if isinstance(one, UserSaid)]
        sources = [one.source.episode_id for one in messages if one.source is not None]
        episodes = await asyncio.to_thread(self._workspace.store.by_ids, sources)
        self._was_learned = any(episode.state == "learned" for episode in episodes)
        self._before = (self.session, gone)
        if self.is_private:
            answered = sum(isinstance(one, Reply) for one in gone)
            self._set_session(self.session.without_latest(answered))
        elif sources:
            self._set_session(self.session.before(sources[0]))
        for one in gone:
            one.display = False
        await self.say(text, waiting, instead_of=frozenset(sources), is_variation=again)

    def after(self, said: UserSaid) -> int:
        """How many messages of the owner's follow one."""
        below = self._transcript.from_message(said)
        return sum(isinstance(one, UserSaid) for one in below) - 1

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
            result = event.result
            if result.episode_id is not None:
                reply.said.source = Source(result.episode_id, self.session.session_id)
            if self._before is not None:
                await self._transcript.remove_children(self._before[1])
                self._before = None
                if self._was_learned:
                    await self.note(chat_words.STILL_IN_WEIGHTS)
            if len(self.session.exchanges) == 1 and self.session.voice != Voice():
                self._keep_voice()
            for run in result.tools:
                await self._transcript.mount(ToolUsed(run), before=reply)
            await reply.finish(result.reply, chat_words.footnote(result))

    async def show_failure(self, event: TurnFailed) -> None:
        reply = self._reply
        if reply is None or event.turn != self._turn:
            return
        self._reply = None
        if self._before is not None:  # nothing was taken back
            session, entries = self._before
            self._before = None
            self._set_session(session)
            await self._transcript.remove_children([reply.said, reply])
            for one in entries:
                one.display = True
        elif reply.text:
            self._find_source(reply.said)
            await reply.finish(reply.text, "")
        else:
            await reply.remove()
        await self.note(chat_words.failure(event.error), "error")

    async def show_tool(self, event: ToolAnswered) -> None:
        """What a tool gave that was called by name; no part of the conversation."""
        result = event.run.result
        said = UserSaid(event.line, private=False, is_command=True)
        reply = self._last_reply = Reply("", said)
        await self._transcript.append(said)
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
        self._set_session(Session.new())
        self._last_reply = None
        await self._transcript.clear()
        await self.note(chat_words.NEW_CONVERSATION)

    async def resume(self, session_id: str) -> bool:
        """Take up a stored conversation again, where it ended; False when it is gone."""
        sessions = self._workspace.sessions
        history = await asyncio.to_thread(sessions.history, session_id)
        if not history:
            return False
        voice = await asyncio.to_thread(sessions.voice, session_id)
        room = self._workspace.settings.model.context_tokens * _CHARACTERS_PER_TOKEN
        self._session = Session.resumed(session_id, history, voice, room)
        self._last_reply = None
        await self._transcript.clear()
        await self.note(chat_words.resumed(len(history), min(len(history), _SHOWN_EXCHANGES)))
        for episode in history[-_SHOWN_EXCHANGES:]:
            await self._show_again(episode)
        self._transcript.anchor()
        return True

    async def fork(self, entry: Entry) -> bool:
        """Go on from a message in a conversation of its own; False when it is stored nowhere."""
        said = entry.said if isinstance(entry, Reply) else entry
        source = said.source
        if source is None:
            return False
        new = Session.new()
        await asyncio.to_thread(
            self._workspace.sessions.fork, source.session_id, new.session_id, source.episode_id
        )
        self._session = self.session.through(source.episode_id, new.session_id)
        later = [e for e in self._transcript.from_message(said) if e is not said]
        kept = next((e for e in later if isinstance(e, Reply) and e.said is said), None)
        await self._transcript.remove_children([e for e in later if e is not kept])
        self._last_reply = kept
        self._transcript.anchor()
        return True

    def set_voice(self, voice: Voice) -> None:
        """Answer in another way from the next message on."""
        self.session.voice = voice
        self._keep_voice()

    def _keep_voice(self) -> None:
        """A conversation is kept with its first exchange, and its voice not before that."""
        session = self.session
        if not self.is_private and session.exchanges:
            keep = partial(self._workspace.sessions.set_voice, session.session_id, session.voice)
            self._in_thread(keep)

    async def _fork_before(self, said: UserSaid) -> None:
        """A new conversation that begins with what stands above a message."""
        above = self._transcript.messages
        earlier = [m for m in above[: above.index(said)] if isinstance(m, UserSaid) and m.source]
        source = earlier[-1].source if earlier else None
        new = Session.new(self.session.voice)
        if source is None:
            self._session = new
            return
        await asyncio.to_thread(
            self._workspace.sessions.fork, source.session_id, new.session_id, source.episode_id
        )
        self._session = self.session.through(source.episode_id, new.session_id)

    def _find_source(self, said: UserSaid) -> None:
        """What a crash cut short was stored all the same."""
        latest = self.session.exchanges[-1:]
        for one in latest:
            if one.episode_id is not None and one.user_text == said.text:
                said.source = Source(one.episode_id, self.session.session_id)

    async def _show_again(self, episode: Episode) -> None:
        source = Source(episode.id, episode.session_id)
        said = UserSaid(episode.user_text, private=False, source=source)
        reply = Reply("", said)
        await self._transcript.append(said)
        await self._transcript.append(reply)
        await reply.finish(episode.assistant_text, "")
        self._last_reply = reply

    def _set_session(self, session: Session) -> None:
        if self._private_session is not None:
            self._private_session = session
        else:
            self._session = session
