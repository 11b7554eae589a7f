"""A turn: recall, stream, score, store. The TUI and `reverie say` run this same code."""

from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.notes import notes_of, recalled_for
from assistant.prompt import chat_messages, weights_only_messages
from assistant.repeats import Said, without_loop
from assistant.session import Session
from assistant.settings import ChatSettings
from assistant.tools.base import ToolRun
from assistant.tools.toolbox import Toolbox, answers_of, kept_of, quotes_of
from memory.episode import EpisodeDraft, NoveltyScore, Recalled
from memory.novelty import embedding_novelty, novelty_score
from memory.recall import Near, Recall
from memory.sessions import Voice
from memory.store import EpisodeStore
from memory.text import clean_text
from models.base import ChatModel, Embedder, Embeddings, EngineCrashed, Message, Sampling

MAX_TEXT_CHARACTERS = 20_000
VARIED_TEMPERATURE = 0.7
"""The likeliest words are the same every time: who asks for another answer wants freer ones."""
_KEPT = 0.75
"""Of the room for a prompt, what is left to it when the oldest exchanges are dropped."""


class MessageRefused(ValueError):
    """A message that cannot be taken as it is."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of a turn, as the model counts them, and how many it can hold."""

    prompt_tokens: int
    reply_tokens: int
    context_tokens: int

    @property
    def tokens(self) -> int:
        return self.prompt_tokens + self.reply_tokens


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What a turn produced. A private turn has no episode and no novelty."""

    reply: str
    episode_id: int | None
    novelty: NoveltyScore | None
    recalled: tuple[Recalled, ...]
    stopped: bool
    usage: Usage | None = None
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
        instead_of: Collection[int] = (),
        variation: int = 0,
    ) -> TurnResult:
        """Answer a message; the episode is durable when this returns.

        Without `recall` the weights answer alone: no retrieval, no history, no tools. `private`
        stores nothing. `allow` is asked before a tool writes, with what it would write. The
        episodes that it stands `instead_of` are not recalled for it, and are gone when it is
        stored; if it fails they stay. A `variation` above 0 is a seed for another answer than
        before, drawn at least as freely as `VARIED_TEMPERATURE`. Raises `MessageRefused`,
        `ContextOverflow`, `EngineCrashed`, `WeightsMissing`; what was said before a crash is
        stored all the same, unless it stands instead of something whole.
        """
        text = accepted(text)
        version = self._live.refresh_champion()
        runs: tuple[ToolRun, ...] = ()
        if recall and self._toolbox is not None:
            runs = self._toolbox.runs_for(text, allow=allow, private=private)
        quotes = quotes_of(runs)
        answer = "" if quotes else answers_of(runs)
        needs_memory = recall or not private
        embedding = self._embedder.embed([text])[0] if needs_memory else None
        near = self._recall.near(embedding) if embedding is not None else ()
        near = [one for one in near if one[0] not in instead_of]
        recalled = self._recalled(text, near, instead_of) if recall and not runs else ()
        pieces: list[str] = []
        was_stopped = False
        bits = 0.0
        usage: Usage | None = None

        def finish(bits: float) -> TurnResult:
            reply = without_loop(clean_text("".join(pieces)).strip())
            kept = kept_of(runs) if answer else reply
            if private or embedding is None:
                session.add(text, kept)
                return TurnResult(reply, None, None, recalled, was_stopped, usage, runs)
            novelty = novelty_score(embedding_novelty([cosine for _, cosine in near]), bits)
            now = self._clock()
            draft = EpisodeDraft(session.session_id, now, text, kept, version, novelty)
            episode = self._store.add(draft, embedding, recalled, instead_of=instead_of)
            session.add(text, kept, episode.id)
            return TurnResult(reply, episode.id, novelty, recalled, was_stopped, usage, runs)

        try:
            if answer:
                pieces.append(answer)
                on_piece(answer)
            else:
                notes = quotes or self._notes(recalled, embedding)
                messages, prompt_tokens = self._fitted(session, notes, text, recall)
                sampling = self._sampling(session.voice, variation)
                with closing(self._written(messages, sampling, session)) as stream:
                    for piece in stream:
                        pieces.append(piece)
                        on_piece(piece)
                        if stopped():
                            was_stopped = True
                            break
                self._live.confirm_good()
                usage = self._usage(prompt_tokens, "".join(pieces))
            if not private:
                bits = self._surprisal_bits(text)
        except EngineCrashed:
            if not instead_of:
                finish(bits)
            raise
        return finish(bits)

    def _written(
        self, messages: list[Message], sampling: Sampling, session: Session
    ) -> Generator[str, None, None]:
        """The pieces of a reply; another one, without the conversation, where it begins with what
        an earlier one said.

        Not where all of the conversation stands before it: such a model may well be asked to say
        something again.
        """
        with closing(self._model.stream(messages, sampling)) as stream:
            if self._settings.history < 0 or len(messages) <= 2:
                yield from stream
                return
            said = Said(one.assistant_text for one in session.recent)
            begun = ""
            for piece in stream:
                begun += piece
                if said.opens(begun):
                    break
                if not said.may_open(begun):
                    yield begun
                    yield from stream
                    return
            else:
                yield begun
                return
        with closing(self._model.stream([messages[0], messages[-1]], sampling)) as stream:
            yield from stream

    def read_ahead(self, session: Session) -> None:
        """Read the conversation so far as the next prompt will begin, while its owner types.

        It is not what the cache holds: what was recalled stood in the last message, and goes.
        """
        system = Message("system", self._system_prompt(session))
        self._model.read_ahead([system, *session.latest(self._settings.history)])

    def _recalled(
        self, text: str, near: Sequence[Near], but: Collection[int]
    ) -> tuple[Recalled, ...]:
        limit = self._settings.recall_limit
        found = recalled_for(self._recall, text, near, limit + len(but))
        return tuple(one for one in found if one.episode.id not in but)[:limit]

    def _notes(self, recalled: Sequence[Recalled], meaning: Embeddings | None) -> list[str]:
        if meaning is None:
            return []
        return notes_of(recalled, meaning, self._embedder, whole=self._settings.recall_whole)

    def _sampling(self, voice: Voice, variation: int) -> Sampling:
        settings = self._settings
        temperature = settings.temperature if voice.temperature is None else voice.temperature
        return Sampling(
            temperature=max(temperature, VARIED_TEMPERATURE) if variation else temperature,
            top_p=settings.top_p,
            max_tokens=settings.max_reply_tokens,
            seed=variation,
        )

    def _system_prompt(self, session: Session) -> str:
        own = session.voice.system_prompt
        return self._settings.system_prompt if own is None else own

    def _usage(self, prompt_tokens: int, reply: str) -> Usage:
        spoken = self._model.token_count(reply)
        return Usage(prompt_tokens, spoken, self._model.context_tokens)

    def _fitted(
        self, session: Session, notes: Sequence[str], text: str, with_memory: bool
    ) -> tuple[list[Message], int]:
        """The prompt and its tokens, the oldest exchanges dropped until a reply has room.

        When some must go, more go at once: all that is left has to be read anew after each drop.
        """
        system = self._system_prompt(session)
        if not with_memory:
            messages = weights_only_messages(system, text)
            return messages, self._tokens(messages)
        room = self._model.context_tokens - self._settings.max_reply_tokens
        limit: float = room
        all_of_it = self._settings.history < 0
        told = len(session.exchanges)
        count = told if all_of_it else min(told, self._settings.history)
        while True:
            messages = chat_messages(system, session.latest(count), notes, text)
            tokens = self._tokens(messages)
            if tokens <= limit:
                return messages, tokens
            limit = _KEPT * room
            if not count:
                if tokens > room:
                    messages = chat_messages(system, (), (), text)
                return messages, self._tokens(messages)
            count -= 1
            if all_of_it:
                session.drop_oldest()

    def _tokens(self, messages: Sequence[Message]) -> int:
        return len(self._model.encode_chat(messages, open_reply=True))

    def _surprisal_bits(self, text: str) -> float:
        """Given the settings' system prompt alone: what the weights did not expect, however this
        conversation is held."""
        system = [Message("system", self._settings.system_prompt)]
        return self._model.surprisal_bits(system, text)


def accepted(
    text: str,
    noun: str = "message",
    *,
    if_empty: str = "write something",
    if_long: str = "send it in parts",
) -> str:
    """A message as it is answered and stored. Raises `MessageRefused` with the fix given."""
    text = clean_text(text).strip()
    if not text:
        raise MessageRefused(f"the {noun} is empty; {if_empty}")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise MessageRefused(
            f"the {noun} has {len(text)} characters, the limit is {MAX_TEXT_CHARACTERS}; {if_long}"
        )
    return text
