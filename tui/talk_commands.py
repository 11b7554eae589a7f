"""The commands that concern the conversation: anew, forked, changed, copied, named."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from memory.text import clean_text
from tui import chat_words
from tui.code_blocks import code_blocks
from tui.messages import PlaceChosen
from tui.screens.confirm import Confirm
from tui.session_text import default_file, exported, form_of, write_private
from tui.talk import Talk
from tui.widgets.prompt import Prompt
from tui.widgets.status_line import StatusLine
from tui.widgets.transcript import Entry, Reply, Source, Transcript, UserSaid

if TYPE_CHECKING:
    from assistant.workspace import Workspace

_NOTE_S = 4


class TalkCommands:
    """What they do with the chosen message, or with the last one."""

    def __init__(
        self,
        screen: Screen[None],
        workspace: "Workspace",
        talk: Talk,
        transcript: Transcript,
        waiting: Callable[[], str],
    ) -> None:
        """`waiting` says what a reply waits for."""
        self._screen = screen
        self._workspace = workspace
        self._talk = talk
        self._transcript = transcript
        self._waiting = waiting
        self._edited: UserSaid | None = None
        self._copied: tuple[Reply | UserSaid | None, int] = (None, 0)

    @property
    def is_editing(self) -> bool:
        """Whether the text in the input will stand instead of an earlier message."""
        return self._edited is not None

    async def new(self, _: str) -> None:
        if self._is_free():
            self._leave_conversation()
            await self._talk.start_anew()

    async def resume(self, session_id: str) -> None:
        """Take up a stored conversation."""
        if not self._is_free() or not self._is_public():
            return
        self._leave_conversation()
        if not await self._talk.resume(session_id):
            self._tell(chat_words.NO_SUCH_SESSION)

    def why(self, argument: str) -> None:
        """What the chosen reply, or the one of an episode, rests on."""
        source = self._source()
        episode = argument or (str(source.episode_id) if source else "")
        self._screen.post_message(PlaceChosen("why", episode))

    async def title(self, text: str) -> None:
        session = self._talk.session
        if not self._is_public():
            return
        if not text.strip():
            self._tell(chat_words.TITLE_MISSING)
            return
        await asyncio.to_thread(self._workspace.sessions.rename, session.session_id, text)
        self._tell(chat_words.titled(clean_text(text).strip()))

    async def export(self, argument: str) -> None:
        """Write the conversation into a file of the owner's, or one named after it."""
        if not self._is_public():
            return
        try:
            file = await asyncio.to_thread(self._export, argument)
        except OSError as error:
            await self._talk.note(chat_words.not_exported(error), "error")
            return
        await self._talk.note(chat_words.exported(file) if file else chat_words.NOTHING_SAID)

    async def fork(self, _: str) -> None:
        entry = self._entry()
        if entry is None or not self._is_free() or not self._is_public():
            return
        if await self._talk.fork(entry):
            self._focus_prompt()
            await self._talk.note(chat_words.FORKED)
        else:
            self._tell(chat_words.NOT_STORED)

    def edit(self, _: str) -> None:
        said = self._said()
        if said is not None:
            self._edited = said
            self._focus_prompt().put(said.text)
            self._screen.set_class(True, "-editing")
            self._screen.refresh_bindings()

    async def retry(self, _: str) -> None:
        """Answer a message anew; where others follow it, only if the owner agrees."""
        said = self._said()
        if said is None:
            return
        self._focus_prompt()
        after = self._talk.after(said)
        if not after or said.source is None or self._is_inherited(said):
            await self._talk.say_instead(said, said.text, self._waiting())
            return

        async def answered(agrees: bool | None) -> None:
            if agrees:
                await self._talk.say_instead(said, said.text, self._waiting())

        question, consequence = chat_words.retry_question(after)
        dialog = Confirm(question, consequence, yes="Answer anew", no="Keep")
        self._screen.app.push_screen(dialog, answered)

    async def say(self, text: str) -> None:
        """Send what was typed, anew where it is an edited message."""
        edited = self._edited
        self.stop_editing()
        if edited is None or edited.parent is None:
            await self._talk.say(text, self._waiting())
        else:
            await self._talk.say_instead(edited, text, self._waiting())

    def stop_editing(self) -> None:
        """Leave the edited message as it was."""
        self._edited = None
        self._screen.set_class(False, "-editing")
        self._screen.refresh_bindings()

    def copy(self, _: str) -> None:
        entry = self._entry()
        if entry is None or not entry.text:
            self._tell(chat_words.NOTHING_TO_COPY)
            return
        self._screen.app.copy_to_clipboard(entry.text)
        self._tell(chat_words.copied(is_reply=isinstance(entry, Reply)))

    def code(self, _: str) -> None:
        """Copy a block of code; asked again, the next one."""
        entry = self._entry()
        blocks = code_blocks(entry.text) if entry is not None else []
        if not blocks:
            self._tell(chat_words.NO_CODE)
            return
        before, place = self._copied
        place = place % len(blocks) if before is entry else 0
        self._copied = (entry, place + 1)
        self._screen.app.copy_to_clipboard(blocks[place])
        self._tell(chat_words.copied_code(place + 1, len(blocks)))

    def _leave_conversation(self) -> None:
        self.stop_editing()
        self._screen.query_one(StatusLine).usage = None

    def _export(self, argument: str) -> Path | None:
        sessions, session_id = self._workspace.sessions, self._talk.session.session_id
        history = sessions.history(session_id)
        if not history:
            return None
        summary = sessions.get(session_id) or sessions.get(history[0].session_id)
        assert summary is not None  # it has the history that was just read
        form, name = form_of(argument)
        home = self._workspace.settings.home
        file = Path(name).expanduser() if name else default_file(home, summary, form)
        write_private(file, exported(summary, history, form))
        return file.absolute()

    def _entry(self) -> Entry | None:
        """The chosen message, else the last reply, else the last message."""
        messages = self._transcript.messages
        latest = messages[-1] if messages else None
        return self._transcript.chosen or self._talk.last_reply or latest

    def _source(self) -> Source | None:
        entry = self._entry()
        said = entry.said if isinstance(entry, Reply) else entry
        return said.source if said is not None else None

    def _said(self) -> UserSaid | None:
        """The owner's message that is meant, if it can be taken back now."""
        entry = self._entry()
        said = entry.said if isinstance(entry, Reply) else entry
        if said is None or said.is_command:
            self._tell(chat_words.NOTHING_SAID)
        elif self._is_free():
            if said.has_class("private") == self._talk.is_private:
                return said
            self._tell(chat_words.OTHER_SIDE)
        return None

    def _is_inherited(self, said: UserSaid) -> bool:
        """Whether it belongs to the conversation that this one was forked from."""
        source = said.source
        return source is not None and source.session_id != self._talk.session.session_id

    def _is_free(self) -> bool:
        if self._talk.answering:
            self._tell(chat_words.STILL_ANSWERING)
        return not self._talk.answering

    def _is_public(self) -> bool:
        if self._talk.is_private:
            self._tell(chat_words.NOT_IN_PRIVATE)
        return not self._talk.is_private

    def _focus_prompt(self) -> Prompt:
        prompt = self._screen.query_one(Prompt)
        prompt.focus()
        return prompt

    def _tell(self, words: str) -> None:
        self._screen.notify(words, timeout=_NOTE_S, markup=False)
