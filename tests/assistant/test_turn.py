"""A turn is remembered when it returns, whatever happened in it, and only if it may be."""

from collections.abc import Generator, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from assistant.session import Session
from assistant.settings import ChatSettings
from assistant.tools.folders import Folders
from assistant.tools.rules import plain_calls
from assistant.tools.toolbox import Toolbox, every_tool
from assistant.turn import MAX_TEXT_CHARACTERS, Assistant, MessageRefused, Usage
from memory.database import Connections
from memory.notebook import Notebook
from memory.recall import Recall
from memory.sessions import Voice
from memory.store import EpisodeStore
from models.base import ContextOverflow, Embeddings, EngineCrashed, Message, Sampling

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DOG = "My dog is called Biscuit."
CRASH = EngineCrashed("the process models.engine ended (exit -9)")


class ScriptedModel:
    """Says what it is told to; a token is a word. An exception among the pieces is raised."""

    def __init__(self, context_tokens: int = 4096) -> None:
        self.context_tokens = context_tokens
        self.pieces: list[str | Exception] = ["I ", "see."]
        self.bits: float | Exception = 6.0
        self.heard: list[list[Message]] = []
        self.sampled: list[Sampling] = []
        self.scored: list[tuple[list[Message], str]] = []
        self.read: list[list[Message]] = []
        self.closed_early = False

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Generator[str, None, None]:
        self.heard.append(list(messages))
        self.sampled.append(sampling)
        try:
            for piece in self.pieces:
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        except GeneratorExit:
            self.closed_early = True
            raise

    def answers(
        self, conversations: Sequence[Sequence[Message]], *, max_tokens: int
    ) -> Iterator[tuple[int, str]]:
        raise NotImplementedError

    def read_ahead(self, messages: Sequence[Message]) -> None:
        self.read.append(list(messages))

    def surprisal_bits(self, messages: Sequence[Message], text: str) -> float:
        self.scored.append((list(messages), text))
        if isinstance(self.bits, Exception):
            raise self.bits
        return self.bits

    def token_count(self, text: str) -> int:
        return len(text.split())

    def encode_chat(self, messages: Sequence[Message], *, open_reply: bool) -> list[int]:
        return [0] * sum(self.token_count(message.content) for message in messages)


class ScriptedEmbedder:
    """Texts with the word `dog` mean one thing, all others another."""

    def embed(self, texts: Sequence[str]) -> Embeddings:
        rows = [[1.0, 0.0] if "dog" in text.lower() else [0.0, 1.0] for text in texts]
        return np.array(rows, dtype=np.float32)


class ScriptedLive:
    def __init__(self) -> None:
        self.version = "night-0003"
        self.confirmed = 0

    def refresh_champion(self) -> str:
        return self.version

    def confirm_good(self) -> None:
        self.confirmed += 1


class Room:
    """An assistant, and everything it was put together from."""

    def __init__(self, database: Path, settings: ChatSettings, context_tokens: int = 4096) -> None:
        self.connections = Connections(database)
        self.store = EpisodeStore(self.connections)
        self.model = ScriptedModel(context_tokens)
        self.live = ScriptedLive()
        self.session = Session("session")
        self.notebook = Notebook(self.connections)
        (database.parent / "todo.txt").write_text("Call the plumber. Sing loudly.", "utf-8")
        tools = every_tool(
            notebook=self.notebook,
            recall=Recall(self.store),
            folders=Folders([str(database.parent)]),
            clock=lambda: NOON,
            zone=UTC,
        )
        self.assistant = Assistant(
            model=self.model,
            embedder=ScriptedEmbedder(),
            store=self.store,
            recall=Recall(self.store),
            live=self.live,
            settings=settings,
            clock=lambda: NOON,
            toolbox=Toolbox(tools, plain_calls),
        )

    def stored(self) -> list[tuple[str, str]]:
        """What another process reads from the file."""
        connections = Connections(self.connections.file)
        try:
            found = EpisodeStore(connections).newest(100)
            return [(e.user_text, e.assistant_text) for e in reversed(found)]
        finally:
            connections.close()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room(tmp_path / "reverie.db", ChatSettings(system_prompt="Be brief."))
    yield opened
    opened.connections.close()


def test_an_episode_is_durable_when_the_reply_returns(room: Room) -> None:
    result = room.assistant.reply(DOG, room.session)
    assert result.reply == "I see."
    assert not result.stopped
    assert room.stored() == [(DOG, "I see.")]
    episode = room.store.get(result.episode_id or 0)
    assert episode is not None
    assert (episode.session_id, episode.created_at) == ("session", NOON)
    assert (episode.model_version, episode.state) == ("night-0003", "waiting")


def test_pieces_are_passed_on_as_they_come(room: Room) -> None:
    pieces: list[str] = []
    room.assistant.reply(DOG, room.session, on_piece=pieces.append)
    assert pieces == ["I ", "see."]


def test_the_reply_is_sampled_as_the_settings_say(tmp_path: Path) -> None:
    settings = ChatSettings(temperature=0.7, top_p=0.5, max_reply_tokens=33)
    room = Room(tmp_path / "reverie.db", settings)
    room.assistant.reply(DOG, room.session)
    room.connections.close()
    assert room.model.sampled == [Sampling(temperature=0.7, top_p=0.5, max_tokens=33)]


def test_the_first_episode_is_new_and_a_repeat_is_not(room: Room) -> None:
    first = room.assistant.reply(DOG, room.session).novelty
    second = room.assistant.reply(DOG, room.session).novelty
    assert first is not None and second is not None
    assert (first.embedding_novelty, first.surprisal_bits) == (1.0, 6.0)
    assert first.score > 0.6
    assert second.score == 0.0


def test_surprisal_is_measured_without_memory_and_after_the_reply(room: Room) -> None:
    room.assistant.reply(DOG, room.session)
    room.assistant.reply("Is my dog old?", room.session)
    assert room.model.scored == [
        ([Message("system", "Be brief.")], DOG),
        ([Message("system", "Be brief.")], "Is my dog old?"),
    ]


def test_history_and_recalled_notes_are_sent_with_the_notes_last(room: Room) -> None:
    room.assistant.reply(DOG, room.session)
    result = room.assistant.reply("How is my dog called?", room.session)
    assert [found.episode.user_text for found in result.recalled] == [DOG]
    assert room.model.heard[-1] == [
        Message("system", "Be brief."),
        Message("user", DOG),
        Message("assistant", "I see."),
        Message("user", f"{DOG}\nHow is my dog called?"),
    ]


def test_what_was_told_in_one_conversation_is_recalled_in_another(room: Room) -> None:
    room.assistant.reply(DOG, room.session)
    result = room.assistant.reply("How is my dog called?", Session("another"))
    assert [found.episode.user_text for found in result.recalled] == [DOG]
    assert room.model.heard[-1] == [
        Message("system", "Be brief."),
        Message("user", f"{DOG}\nHow is my dog called?"),
    ]


def test_recalled_notes_are_not_stored_as_if_the_user_had_said_them(room: Room) -> None:
    room.assistant.reply(DOG, room.session)
    room.assistant.reply("How is my dog called?", room.session)
    assert room.stored()[-1] == ("How is my dog called?", "I see.")
    assert room.session.latest(-1)[2] == Message("user", "How is my dog called?")


def test_what_a_reply_recalled_is_kept_with_it(room: Room) -> None:
    first = room.assistant.reply(DOG, room.session)
    result = room.assistant.reply("What is my dog called?", room.session)
    assert result.recalled
    assert room.store.recalled_for(result.episode_id or 0) == list(result.recalled)
    room.store.forget(first.episode_id or 0)
    assert room.store.recalled_for(result.episode_id or 0) == []


def test_no_more_is_recalled_than_the_settings_allow(tmp_path: Path) -> None:
    for limit in (0, 2):
        room = Room(tmp_path / f"{limit}.db", ChatSettings(recall_limit=limit))
        for name in ("Biscuit", "Rex", "Fido"):
            room.assistant.reply(f"My dog is called {name}.", Session.new())
        result = room.assistant.reply("What about my dog?", Session.new())
        room.connections.close()
        assert len(result.recalled) == limit


def test_without_recall_the_weights_answer_alone(room: Room) -> None:
    room.assistant.reply(DOG, room.session)
    result = room.assistant.reply("How is my dog called?", room.session, recall=False)
    assert result.recalled == ()
    assert room.model.heard[-1] == [
        Message("system", "Be brief."),
        Message("user", "How is my dog called?"),
    ]
    assert len(room.stored()) == 2


def test_a_private_turn_is_stored_nowhere(room: Room) -> None:
    # longer than the microseconds of a moment, which the database holds some of
    result = room.assistant.reply("My PIN is 47110815.", room.session, private=True)
    assert (result.reply, result.episode_id, result.novelty) == ("I see.", None, None)
    assert room.stored() == []
    room.connections.close()
    written = b"".join(file.read_bytes() for file in room.connections.file.parent.iterdir())
    assert b"47110815" not in written


def test_a_private_turn_is_part_of_the_conversation(room: Room) -> None:
    room.assistant.reply("My PIN is 4711.", room.session, private=True)
    room.assistant.reply("And now?", room.session)
    assert room.model.heard[-1][1:3] == [
        Message("user", "My PIN is 4711."),
        Message("assistant", "I see."),
    ]


def test_a_stopped_reply_keeps_what_was_said(room: Room) -> None:
    room.model.pieces = ["one ", "two ", "three ", "four"]
    pieces: list[str] = []
    result = room.assistant.reply(
        DOG, room.session, on_piece=pieces.append, stopped=lambda: len(pieces) == 2
    )
    assert (result.reply, result.stopped) == ("one two", True)
    assert room.model.closed_early
    assert room.stored() == [(DOG, "one two")]
    assert room.session.latest(-1)[-1] == Message("assistant", "one two")


def test_what_was_said_before_a_crash_is_stored_and_the_crash_is_reported(room: Room) -> None:
    room.model.pieces = ["one ", "two ", CRASH]
    with pytest.raises(EngineCrashed) as raised:
        room.assistant.reply(DOG, room.session)
    assert raised.value is CRASH
    assert room.stored() == [(DOG, "one two")]
    assert room.session.latest(-1)[-1] == Message("assistant", "one two")
    assert room.live.confirmed == 0


def test_a_whole_reply_is_stored_when_its_scoring_crashes(room: Room) -> None:
    room.model.bits = CRASH
    with pytest.raises(EngineCrashed):
        room.assistant.reply(DOG, room.session)
    assert room.stored() == [(DOG, "I see.")]
    assert len(room.session.latest(-1)) == 2


def test_a_private_turn_is_stored_nowhere_even_when_it_crashes(room: Room) -> None:
    room.model.pieces = ["one ", CRASH]
    with pytest.raises(EngineCrashed):
        room.assistant.reply("My PIN is 4711.", room.session, private=True)
    assert room.stored() == []


def test_after_a_crash_the_conversation_goes_on(room: Room) -> None:
    room.model.pieces = ["one ", CRASH]
    with pytest.raises(EngineCrashed):
        room.assistant.reply("Tell me a story.", room.session)
    room.model.pieces = ["back"]
    assert room.assistant.reply("Go on.", room.session).reply == "back"
    assert [m.content for m in room.model.heard[-1][:3]] == ["Be brief.", "Tell me a story.", "one"]


def test_a_champion_that_answered_is_confirmed(room: Room) -> None:
    room.assistant.reply(DOG, room.session)
    assert room.live.confirmed == 1


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\x1b"])
def test_an_empty_message_is_refused(room: Room, text: str) -> None:
    with pytest.raises(MessageRefused, match="empty; write something"):
        room.assistant.reply(text, room.session)
    assert room.model.heard == []
    assert room.stored() == []


def test_a_message_that_is_too_long_is_refused_with_the_limit(room: Room) -> None:
    room.assistant.reply("x" * MAX_TEXT_CHARACTERS, room.session)
    with pytest.raises(MessageRefused, match=r"has 20001 characters, the limit is 20000; send it"):
        room.assistant.reply("x" * (MAX_TEXT_CHARACTERS + 1), room.session)
    assert len(room.stored()) == 1


def test_control_characters_are_neither_sent_nor_stored(room: Room) -> None:
    room.model.pieces = ["a\x1b[31m", "b\x00\u202ec"]
    result = room.assistant.reply(" My \x1b[2Jdog\r\nis\u202e here\ud800.\n", room.session)
    assert result.reply == "a[31mbc"
    clean = "My [2Jdog\nis here."
    assert room.model.heard[0][-1] == Message("user", clean)
    assert room.stored() == [(clean, "a[31mbc")]


@pytest.mark.parametrize(("most", "before"), [(0, []), (1, ["Two."]), (-1, ["One.", "Two."])])
def test_as_much_history_stands_before_a_message_as_the_settings_say(
    tmp_path: Path, most: int, before: list[str]
) -> None:
    room = Room(tmp_path / "reverie.db", ChatSettings(history=most))
    for text in ("One.", "Two.", "Three."):
        room.assistant.reply(text, room.session)
    spoken = [message.content for message in room.model.heard[-1] if message.role == "user"]
    assert spoken[:-1] == before
    assert spoken[-1].endswith("Three.")
    room.assistant.read_ahead(room.session)
    room.connections.close()


def test_a_reply_that_begins_as_an_earlier_one_did_is_written_without_the_conversation(
    tmp_path: Path,
) -> None:
    room = Room(tmp_path / "reverie.db", ChatSettings(history=1))
    shown: list[str] = []
    room.model.pieces = ["I am sorry ", "to hear that. ", "Truly."]
    room.assistant.reply("One.", room.session)
    room.assistant.reply("Two.", room.session, on_piece=shown.append)
    _, second, alone = room.model.heard
    assert [message.content for message in second[1:]] == [
        "One.", "I am sorry to hear that. Truly.", "One.\nTwo.",
    ]  # fmt: skip
    assert alone == [second[0], second[-1]]
    assert shown == room.model.pieces
    assert room.model.closed_early


def test_a_reply_with_another_beginning_is_shown_as_soon_as_it_differs(tmp_path: Path) -> None:
    room = Room(tmp_path / "reverie.db", ChatSettings(history=1))
    shown: list[str] = []
    room.model.pieces = ["I am sorry to hear that."]
    room.assistant.reply("One.", room.session)
    room.model.pieces = ["I am", " sorry", " for it", " all."]
    room.assistant.reply("Two.", room.session, on_piece=shown.append)
    assert shown == ["I am sorry for it", " all."]
    room.model.pieces = ["I am sorry"]
    assert room.assistant.reply("Three.", room.session).reply == "I am sorry"
    assert len(room.model.heard) == 3


def test_where_all_of_a_conversation_stands_a_reply_may_be_said_again(tmp_path: Path) -> None:
    room = Room(tmp_path / "reverie.db", ChatSettings(history=-1))
    room.model.pieces = ["The gate code is 4711."]
    for text in ("What is the code?", "Say that again, please."):
        assert room.assistant.reply(text, room.session).reply == "The gate code is 4711."
    assert len(room.model.heard) == 2


def test_a_looping_reply_is_kept_with_one_round(room: Room) -> None:
    room.model.pieces = ["Yes. ", *["I am glad to hear that. "] * 4]
    assert room.assistant.reply("One.", room.session).reply == "Yes. I am glad to hear that."
    assert room.stored()[-1] == ("One.", "Yes. I am glad to hear that.")


def test_the_oldest_history_is_dropped_when_the_context_is_full(tmp_path: Path) -> None:
    """Twelve words of room: the system prompt has two, an exchange three, the message one."""
    settings = ChatSettings(system_prompt="Be brief.", max_reply_tokens=10, recall_limit=0)
    room = Room(tmp_path / "reverie.db", settings, context_tokens=22)
    for word in ("one", "two", "three", "four", "five", "six"):
        room.assistant.reply(word, room.session)
    room.connections.close()
    told = [[m.content for m in heard if m.role == "user"] for heard in room.model.heard]
    assert told == [
        ["one"],
        ["one", "two"],
        ["one", "two", "three"],
        ["one", "two", "three", "four"],
        ["three", "four", "five"],  # one more than must: a quarter of the room is free again
        ["three", "four", "five", "six"],
    ]
    assert room.session.latest(-1)[0].content == "three"


def test_with_some_history_what_stands_in_no_prompt_is_not_dropped(tmp_path: Path) -> None:
    settings = ChatSettings(
        system_prompt="Be brief.", max_reply_tokens=10, recall_limit=0, history=1
    )
    room = Room(tmp_path / "reverie.db", settings, context_tokens=22)
    for text in ("one", "two", "a b c d e f", "a b c d"):
        room.assistant.reply(text, room.session)
    room.connections.close()
    told = [[m.content for m in heard if m.role == "user"] for heard in room.model.heard]
    assert told == [["one"], ["one", "two"], ["two", "a b c d e f"], ["a b c d"]]
    assert len(room.session.exchanges) == 4


def test_what_the_next_prompt_begins_with_is_read_without_what_was_recalled(room: Room) -> None:
    room.assistant.reply(DOG, Session.new())
    room.assistant.reply("What is my dog called?", room.session)
    assert DOG in room.model.heard[-1][-1].content
    room.assistant.read_ahead(room.session)
    room.assistant.reply("Thank you.", room.session)
    (ahead,) = room.model.read
    assert ahead == room.model.heard[-1][: len(ahead)]
    assert [m.content for m in ahead[1:]] == ["What is my dog called?", "I see."]


def test_memory_gives_way_when_a_message_alone_fills_the_context(tmp_path: Path) -> None:
    settings = ChatSettings(system_prompt="Be brief.", max_reply_tokens=10)
    room = Room(tmp_path / "reverie.db", settings, context_tokens=20)
    room.assistant.reply("My dog is Rex.", room.session)
    text = "Well now what is my dog called?"
    result = room.assistant.reply(text, room.session)
    room.connections.close()
    assert [m.content for m in room.model.heard[-1]] == ["Be brief.", text]
    assert result.reply == "I see."


def test_a_message_that_no_context_holds_is_refused_and_not_stored(room: Room) -> None:
    room.model.pieces = [ContextOverflow("the conversation has 9000 tokens")]
    with pytest.raises(ContextOverflow):
        room.assistant.reply(DOG, room.session)
    assert room.stored() == []
    assert room.session.latest(-1) == ()


def test_what_is_answered_anew_is_one_episode_that_was_not_recalled_for_itself(
    room: Room,
) -> None:
    other = room.assistant.reply("My dog eats fish.", room.session)
    first = room.assistant.reply(DOG, room.session)
    assert first.episode_id is not None
    earlier = room.session.before(first.episode_id)
    room.model.pieces = ["Again."]
    second = room.assistant.reply(DOG, earlier, instead_of=[first.episode_id])
    assert room.stored() == [("My dog eats fish.", "I see."), (DOG, "Again.")]
    assert first.episode_id not in [one.episode.id for one in second.recalled]
    assert [one.episode_id for one in earlier.exchanges] == [other.episode_id, second.episode_id]
    prompt = [message.content for message in room.model.heard[-1]]
    assert "I see." in prompt
    assert len([text for text in prompt if DOG in text]) == 1


def test_a_crash_keeps_what_was_to_be_replaced(room: Room) -> None:
    first = room.assistant.reply(DOG, room.session)
    assert first.episode_id is not None
    room.model.pieces = ["Half", CRASH]
    with pytest.raises(EngineCrashed):
        room.assistant.reply("Other.", room.session.before(None), instead_of=[first.episode_id])
    assert room.stored() == [(DOG, "I see.")]


def test_a_conversation_with_a_voice_is_answered_in_it_and_scored_as_any(
    room: Room,
) -> None:
    room.session.voice = Voice("You are a pirate.", 0.7)
    room.assistant.reply(DOG, room.session)
    assert room.model.heard[0][0].content == "You are a pirate."
    assert room.model.sampled[0].temperature == 0.7
    scored, _ = room.model.scored[0]
    assert scored[0].content == "Be brief."
    room.assistant.read_ahead(room.session)
    assert room.model.read[0][0].content == "You are a pirate."


def test_a_turn_counts_its_tokens(room: Room) -> None:
    usage = room.assistant.reply(DOG, room.session).usage
    assert usage == Usage(prompt_tokens=7, reply_tokens=2, context_tokens=4096)


def test_another_answer_is_drawn_more_freely_and_with_another_seed(room: Room) -> None:
    room.assistant.reply(DOG, room.session)
    room.assistant.reply(DOG, room.session, variation=3)
    room.session.voice = Voice(temperature=1.2)
    room.assistant.reply(DOG, room.session, variation=4)
    sampled = [(one.temperature, one.seed) for one in room.model.sampled]
    assert sampled == [(0.0, 0), (0.7, 3), (1.2, 4)]


def test_a_tool_answers_at_once_and_the_exchange_is_remembered(room: Room) -> None:
    pieces: list[str] = []
    result = room.assistant.reply("What is 12*7?", room.session, on_piece=pieces.append)
    assert pieces == [result.reply] == ["12 × 7 = 84."]
    assert room.model.heard == []
    assert room.live.confirmed == 0, "no model spoke"
    assert [run.call.name for run in result.tools] == ["calc"]
    assert room.stored() == [("What is 12*7?", "12 × 7 = 84.")]
    assert room.session.latest(-1)[-1] == Message("assistant", "12 × 7 = 84.")


def test_from_weights_alone_no_tool_answers(room: Room) -> None:
    result = room.assistant.reply("What is 12*7?", room.session, recall=False)
    assert (result.reply, result.tools) == ("I see.", ())


def test_a_turn_writes_nothing_that_nobody_allowed(room: Room) -> None:
    result = room.assistant.reply("Note that it rains", room.session)
    assert (result.reply, result.tools) == ("I see.", ())
    assert room.notebook.notes() == []
    asked: list[str] = []
    room.assistant.reply(
        "Note that it rains", room.session, allow=lambda intent: not asked.append(intent)
    )
    assert asked == ["Write into your notes: it rains"]
    assert [note.text for note in room.notebook.notes()] == ["it rains"]


def test_a_file_is_quoted_to_the_model_and_stored_as_nobodys_words(room: Room) -> None:
    result = room.assistant.reply("What does todo.txt say about the plumber?", room.session)
    assert result.reply == "I see."
    prompt = room.model.heard[-1][-1].content
    assert prompt.startswith("todo.txt says:\n```\nCall the plumber. Sing loudly.\n```\nWhat does")
    assert room.stored() == [("What does todo.txt say about the plumber?", "I see.")]


def test_a_tool_in_private_leaves_no_trace(room: Room) -> None:
    result = room.assistant.reply("What is 4711 + 1?", room.session, private=True)
    assert (result.reply, result.episode_id) == ("4711 + 1 = 4712.", None)
    assert room.stored() == []


def test_an_answer_of_a_tool_is_kept_when_its_scoring_crashes(room: Room) -> None:
    room.model.bits = CRASH
    with pytest.raises(EngineCrashed):
        room.assistant.reply("What is 12*7?", room.session)
    assert room.stored() == [("What is 12*7?", "12 × 7 = 84.")]


def test_what_a_file_says_is_shown_and_stays_out_of_memory_and_history(room: Room) -> None:
    result = room.assistant.reply("Read todo.txt", room.session)
    assert "Sing loudly." in result.reply
    assert room.stored() == [("Read todo.txt", "I showed you todo.txt.")]
    assert room.session.latest(-1)[-1] == Message("assistant", "I showed you todo.txt.")
