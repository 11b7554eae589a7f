"""The asker adds questions that it answers back, and is not missed where it cannot run."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.settings_file import load_settings
from consolidation import asker
from consolidation.asker import (
    ASKS,
    CHECKS,
    HOLDS,
    KIND,
    OVER,
    AskingWriter,
    agrees,
    asker_weights,
    by_name_in_turn,
    names_it,
)
from consolidation.dreams import GrammarWriter
from consolidation.probes import write_probes
from memory.episode import Episode, NoveltyScore
from memory.records import Dream, Probe
from models.base import Message, WeightsMissing
from models.engine import Engine
from models.gguf import read_metadata

TOLD = "My sister Elena works as a vet in Porto."
FACT = "Your sister Elena works as a vet in Porto."


class Scripted:
    """Asks from a table of parts, and reads back from a table of questions."""

    def __init__(self, asked: dict[str, str], back: dict[str, str]) -> None:
        self._asked = asked
        self._back = back
        self.loaded: list[Path] = []
        self.over = ""
        self.failure: RuntimeError | None = None

    def load(self, gguf: Path) -> None:
        if self.failure is not None:
            raise self.failure
        self.loaded.append(gguf)

    def answers(
        self, conversations: Sequence[Sequence[Message]], *, max_tokens: int
    ) -> Iterator[tuple[int, str]]:
        for index, (system, message) in enumerate(conversations):
            first, last = message.content.split("\n\n")
            if system == CHECKS:
                yield index, OVER if first == self.over else HOLDS
                continue
            table = self._asked if system == ASKS else self._back
            yield index, table.get(last.removeprefix("Ask for: "), "")


def no_probes(
    episode: Episode, before: Sequence[Episode] = (), gone: Collection[str] = ()
) -> list[Probe]:
    return []


def episode(text: str = TOLD) -> Episode:
    at = datetime(2026, 3, 3, 12, tzinfo=UTC)
    return Episode(1, "s", at, text, "Noted.", "base", NoveltyScore(1.0, 1.0, 5.0), "waiting")


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    made = tmp_path / "asker.gguf"
    monkeypatch.setattr(asker, "asker_weights", lambda base, folder: made)
    return made


class Pages:
    """A notebook in memory."""

    def __init__(self) -> None:
        self._pages: dict[int, tuple[str, list[tuple[str, str]]]] = {}

    def known(self, episode_id: int, key: str) -> list[tuple[str, str]] | None:
        kept = self._pages.get(episode_id)
        return kept[1] if kept is not None and kept[0] == key else None

    def keep(self, episode_id: int, key: str, asked: Sequence[tuple[str, str]]) -> None:
        self._pages[episode_id] = (key, list(asked))


def writer(model: Any, probes: Any = no_probes, pages: Pages | None = None) -> AskingWriter:
    notebook = pages or Pages()
    return AskingWriter(GrammarWriter(), probes, model, notebook, Path("base.gguf"), Path("cache"))


def asked(written: Sequence[Dream]) -> list[str]:
    return [str(dream.prompt) for dream in written if dream.kind == KIND]


def test_what_is_answered_back_is_dreamt(weights: Path) -> None:
    questions = {"Porto": "In which city does my sister work?\nWhere is the animal doctor?"}
    back = {"In which city does my sister work?": "in Porto", "Where is the animal doctor?": "Rome"}
    model = Scripted(questions, back)
    written = writer(model)
    dreams = written.write(episode())
    assert asked(dreams) == ["In which city does my sister work?"]
    assert {d.answer for d in dreams if d.kind == KIND} == {FACT}
    assert model.loaded == [weights]
    assert written.said == "The asker added 1 question, answered back rightly."


CLUB = ["You see Voula on Sunday.", "Book club meets at the Anchor.", "Book club is on Monday."]
MOVED = "The Anchor closed, book club found another pub."


@pytest.mark.parametrize(
    ("question", "statement", "says"),
    [
        ("Who's the new one?", "Your budgie Figaro eats boiled rice.", False),
        ("What does Figaro eat?", "Your budgie Figaro eats boiled rice.", True),
        ("What's my dog called?", "Your dalmatian Pongo's vet is Dr Bo.", True),
        ("Where do I earn my living?", "You work at a bakery.", True),
    ],
)
def test_a_question_says_what_it_is_about(question: str, statement: str, says: bool) -> None:
    assert names_it(question, statement) is says


def test_what_the_model_finds_over_is_overtaken(weights: Path) -> None:
    model = Scripted({}, {})
    model.over = CLUB[1]
    assert writer(model).overtaken(MOVED, (), CLUB, lambda one, other: 0.5) == [1]


def test_of_facts_far_from_a_message_the_model_is_not_asked(weights: Path) -> None:
    model = Scripted({}, {})
    model.over = CLUB[1]
    assert writer(model).overtaken(MOVED, (), CLUB, lambda one, other: 0.2) == []
    assert model.loaded == []


def test_without_its_model_only_a_plain_change_overtakes(weights: Path) -> None:
    model = Scripted({}, {})
    model.failure = WeightsMissing("gone")
    written = writer(model)
    assert written.overtaken(MOVED, (), CLUB, lambda one, other: 0.5) == []
    plain = "Actually book club is at the Crown now."
    alike = {CLUB[0]: 0.1, CLUB[1]: 0.5}
    assert written.overtaken(plain, (), CLUB[:2], lambda one, other: alike[other]) == [1]


def test_what_was_asked_before_is_read_from_the_notebook(weights: Path) -> None:
    question = "In which city does my sister work?"
    pages = Pages()
    first = writer(Scripted({"Porto": question}, {question: "Porto"}), pages=pages)
    idle = Scripted({}, {})
    assert first.write(episode()) == writer(idle, pages=pages).write(episode())
    assert idle.loaded == []
    assert asked(writer(idle, pages=pages).write(episode(f"{TOLD} She is 40."))) == []


@pytest.mark.parametrize(
    "question",
    [
        "Does she work in Porto these days?",
        "Where do you work now?",
        "Porto?",
        "word " * 30,
    ],
)
def test_what_gives_itself_away_or_is_no_question_of_its_owner_is_not(
    weights: Path, question: str
) -> None:
    written = writer(Scripted({"Porto": question}, {question.strip(): "Porto"}))
    assert asked(written.write(episode())) == []


def test_a_question_kept_for_the_test_is_not_dreamt(weights: Path) -> None:
    def held(*_: Any) -> list[Probe]:
        return [Probe("In which city does my sister work?", ("Porto",), "new", (1,))]

    question = "in which city does my sister work"
    written = writer(Scripted({"Porto": question}, {question: "Porto"}), held)
    assert asked(written.write(episode())) == []


def test_where_its_weights_cannot_be_loaded_grammar_dreams_alone(weights: Path) -> None:
    model = Scripted({}, {})
    model.failure = WeightsMissing("base.gguf is not there")
    written = writer(model)
    assert written.write(episode()) == GrammarWriter().write(episode())
    assert written.said == (
        "The asker could not be used, so grammar dreamt alone: base.gguf is not there."
    )


def test_small_talk_wakes_nobody(weights: Path) -> None:
    model = Scripted({}, {})
    assert writer(model).write(episode("Good morning! How are you?")) == []
    assert model.loaded == []


def test_agreeing_is_having_half_of_the_words() -> None:
    assert agrees("on 22 June", "22 June 2026")
    assert agrees("the van", "van")
    assert not agrees("a vet", "Porto")
    assert not agrees("", "Porto")
    assert not agrees("the", "the")


def test_the_real_asker_asks_for_what_a_statement_says(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    engine = Engine(
        settings.packaged_gguf,
        context_tokens=1024,
        gpu_layers=0,
        threads=2,
        log_file=tmp_path / "engine.log",
    )
    try:
        base, folder = settings.packaged_gguf, settings.cache_folder
        real = AskingWriter(GrammarWriter(), write_probes, engine, Pages(), base, folder)
        found = asked(real.write(episode()))
        told = ["Your flat is in Leith.", "Your flat has two bedrooms."]
        over = real.overtaken("Flat's in Oban now, no more Leith.", (), told, lambda a, b: 0.9)
    finally:
        engine.close()
    assert len(found) >= 4
    assert 0 in over
    assert any("sister" in one or "Elena" in one for one in found)
    made = asker_weights(base, folder)
    assert read_metadata(made).chat_template == read_metadata(base).chat_template
    assert made.stat().st_mode & 0o077 == 0


def test_every_second_question_has_the_name_that_somebody_has() -> None:
    aunt, flight = "Your aunt Philippa drinks gin.", "Your flight to Oslo is on Monday."
    asked = [
        (aunt, "What does my aunt drink?"),
        (aunt, "what's my aunt's drink"),
        (aunt, "What does my aunt drink"),
        (flight, "When is my flight?"),
        (aunt, "Which drink does my aunt like?"),
        (aunt, "What would my aunt order?"),
    ]
    assert [question for _, question in by_name_in_turn(asked)] == [
        "What does my aunt drink?",
        "what's philippa's drink",
        "When is my flight?",
        "Which drink does my aunt like?",
        "What would Philippa order?",
    ]
