"""A turn: recall, stream, score, store. The TUI and `reverie say` run this same code."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.notes import notes_of, recalled_for
from assistant.prompt import chat_messages, weights_only_messages
from assistant.session import Session
from assistant.settings import ChatSettings
from assistant.tools.base import ToolRun
from assistant.tools.toolbox import Toolbox, answers_of, kept_of, quotes_of
from memory.episode import EpisodeDraft, NoveltyScore, Recalled
from memory.novelty import embedding_novelty, novelty_score
from memory.recall import Near, Recall
from memory.store import EpisodeStore
from memory.text import clean_text
from models.base import ChatModel, Embedder, Embeddings, EngineCrashed, Message, Sampling

MAX_TEXT_CHARACTERS = 20_000
_KEPT = 0.75
"""Of the room for a prompt, what is left to it when the oldest exchanges are dropped."""


class MessageRefused(ValueError):
    """A message that cannot be taken as it is."""


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What a turn produced. A private turn has no episode and no novelty."""

    reply: str
    episode_id: int | None
    novelty: NoveltyScore | None
    recalled: tuple[Recalled, ...]
    stopped: bool
    tools: tuple[ToolRun, ...] = ()


class LiveModel(Protocol):
    """Which weights answer, and word that they did."""

    def refresh_champion(self) -> str:
        """Load the champion if it changed; its version name."""

    def confirm_good(self) -> None:
        """The champion gave a reply: its trial is over."""


class Assistant:
    """Answers messages and remembers them."""

    def __init__(
        self,
        *,
        model: ChatModel,
        embedder: Embedder,
        store: EpisodeStore,
        recall: Recall,
        live: LiveModel,
        settings: ChatSettings,
        clock: Callable[[], datetime],
        toolbox: Toolbox | None = None,
    ) -> None:
        """Without a toolbox it only talks."""
        self._model = model
        self._embedder = embedder
        self._store = store
        self._recall = recall
        self._live = live
        self._settings = settings
        self._clock = clock
        self._toolbox = toolbox

    def reply(
        self,
        text: str,
        session: Session,
        *,
        on_piece: Callable[[str], None] = lambda piece: None,
        stopped: Callable[[], bool] = lambda: False,
        allow: Callable[[str], bool] = lambda intent: False,
        recall: bool = True,
        private: bool = False,
    ) -> TurnResult:
        """Answer a message; the episode is durable when this returns.

        Without `recall` the weights answer alone: no retrieval, no history, no tools. `private`
        stores nothing. `allow` is asked before a tool writes, with what it would write. Raises
        `MessageRefused`, `ContextOverflow`, `EngineCrashed`, `WeightsMissing`; what was said
        before a crash is stored all the same.
        """
        text = _accepted(text)
        version = self._live.refresh_champion()
        runs: tuple[ToolRun, ...] = ()
        if recall and self._toolbox is not None:
            runs = self._toolbox.runs_for(text, allow=allow, private=private)
        quotes = quotes_of(runs)
        answer = "" if quotes else answers_of(runs)
        needs_memory = recall or not private
        embedding = self._embedder.embed([text])[0] if needs_memory else None
        near = self._recall.near(embedding) if embedding is not None else ()
        recalled = self._recalled(text, near) if recall and not runs else ()
        pieces: list[str] = []
        was_stopped = False
        bits = 0.0

        def finish(bits: float) -> TurnResult:
            reply = clean_text("".join(pieces)).strip()
            kept = kept_of(runs) if answer else reply
            session.add(text, kept)
            if private or embedding is None:
                return TurnResult(reply, None, None, recalled, was_stopped, runs)
            novelty = novelty_score(embedding_novelty([cosine for _, cosine in near]), bits)
            now = self._clock()
            draft = EpisodeDraft(session.session_id, now, text, kept, version, novelty)
            episode = self._store.add(draft, embedding)
            return TurnResult(reply, episode.id, novelty, recalled, was_stopped, runs)

        try:
            if answer:
                pieces.append(answer)
                on_piece(answer)
            else:
                notes = quotes or self._notes(recalled, embedding)
                messages = self._fitted(session, notes, text, recall)
                with closing(self._model.stream(messages, self._sampling())) as stream:
                    for piece in stream:
                        pieces.append(piece)
                        on_piece(piece)
                        if stopped():
                            was_stopped = True
                            break
                self._live.confirm_good()
            if not private:
                bits = self._surprisal_bits(text)
        except EngineCrashed:
            finish(bits)
            raise
        return finish(bits)

    def read_ahead(self, session: Session) -> None:
        """Read the conversation so far as the next prompt will begin, while its owner types.

        It is not what the cache holds: what was recalled stood in the last message, and goes.
        """
        system = Message("system", self._settings.system_prompt)
        self._model.read_ahead([system, *session.messages])

    def _recalled(self, text: str, near: Sequence[Near]) -> tuple[Recalled, ...]:
        return recalled_for(self._recall, text, near, self._settings.recall_limit)

    def _notes(self, recalled: Sequence[Recalled], meaning: Embeddings | None) -> list[str]:
        if meaning is None:
            return []
        return notes_of(recalled, meaning, self._embedder, whole=self._settings.recall_whole)

    def _sampling(self) -> Sampling:
        settings = self._settings
        return Sampling(
            temperature=settings.temperature,
            top_p=settings.top_p,
            max_tokens=settings.max_reply_tokens,
        )

    def _fitted(
        self, session: Session, notes: Sequence[str], text: str, with_memory: bool
    ) -> list[Message]:
        """The prompt, with the oldest exchanges dropped until a reply has room.

        When some must go, more go at once: all that is left has to be read anew after each drop.
        """
        system = self._settings.system_prompt
        if not with_memory:
            return weights_only_messages(system, text)
        room = self._model.context_tokens - self._settings.max_reply_tokens
        limit: float = room
        while True:
            messages = chat_messages(system, session.messages, notes, text)
            tokens = len(self._model.encode_chat(messages, open_reply=True))
            if tokens <= limit:
                return messages
            limit = _KEPT * room
            if not session.drop_oldest():
                return messages if tokens <= room else chat_messages(system, (), (), text)

    def _surprisal_bits(self, text: str) -> float:
        """Given the system prompt alone: what the weights did not expect, recall or not."""
        system = [Message("system", self._settings.system_prompt)]
        return self._model.surprisal_bits(system, text)


def _accepted(text: str) -> str:
    """A message as it is answered and stored. Raises `MessageRefused`."""
    text = clean_text(text).strip()
    if not text:
        raise MessageRefused("the message is empty; write something")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise MessageRefused(
            f"the message has {len(text)} characters, the limit is {MAX_TEXT_CHARACTERS}; "
            "send it in parts"
        )
    return text
