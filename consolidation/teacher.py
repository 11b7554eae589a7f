"""The teacher: a model that writes further questions about what the grammar has read.

The answers stay the grammar's statements. What the model adds is checked one by one, and asked
back of the model with the episode before it; what fails is dropped, and said in the report.
"""

import json
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from consolidation.checking import sources_of
from consolidation.dreams import DreamWriter, ProbeWriter, normalised
from consolidation.english.turns import turns_of
from consolidation.english.utterances import heard
from consolidation.model_writer import ModelWriter, taken_by
from consolidation.plain_words import TEACHERS
from consolidation.support import unsupported
from consolidation.teacher_checks import fault, in_second_person, rounds, strange
from consolidation.teacher_prompts import (
    ANSWER,
    ANSWER_TOKENS,
    FACT,
    PER_CALL,
    QUESTIONS,
    QUESTIONS_TOKENS,
    REGISTERS,
    answer_messages,
    fact_messages,
    questions_messages,
)
from memory.episode import Episode
from memory.records import Dream, Dropped, Probe
from memory.text import clean_text
from models.base import Composer, ContextOverflow, JsonSchema, Message, ReplyCutOff, Sampling

KIND = "teacher"
_TEMPERATURE = 0.7


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of the teacher's that passed every check."""

    question: str
    phrase: str


class TeacherWriter(ModelWriter):
    """Writes the grammar's dreams and a named model's further questions."""

    def __init__(
        self,
        writer: DreamWriter,
        write_probes: ProbeWriter,
        model: Composer,
        gguf: Path,
        *,
        name: str,
        views: int,
        seed: int = 0,
    ) -> None:
        """`views` is how many questions are asked for of each statement."""
        super().__init__(writer, write_probes, model, name=f"teacher {name}")
        self._model = model
        self._gguf = gguf
        self._views = views
        self._seed = seed
        self._stated: dict[int, str] = {}
        self._held_out: dict[int, Probe] = {}
        self.asked = 0

    def write(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Collection[str] = ()
    ) -> list[Dream]:
        """The grammar's dreams, and behind them what the teacher asks about the same facts."""
        written = self._writer.write(episode, before, gone)
        cited = {dream.answer: dream.episode_ids for dream in written if dream.kind != "yes-no"}
        stated = "" if written else self._fact(episode, before)
        if stated and stated not in gone:
            cited[stated] = (episode.id,)
        taken = taken_by(written, self._write_probes(episode, before, gone))
        further: list[Dream] = []
        for statement, ids in cited.items():
            asked = list(self._questions(episode, before, statement, ids, taken))
            if statement == stated:
                asked = self._without_held_out(episode, statement, asked)
            further += [Dream(one.question, statement, KIND, ids) for one in asked]
        self.kept += len(further)
        return [*written, *further]

    def facts(self, episode: Episode, before: Sequence[Episode] = ()) -> list[str]:
        """The grammar's facts; the teacher's one where the grammar finds none."""
        found = self._writer.facts(episode, before)
        if found:
            return found
        stated = self._fact(episode, before)
        return [stated] if stated else []

    def write_probes(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Collection[str] = ()
    ) -> list[Probe]:
        """The grammar's probes; for a fact that the teacher stated, a question of its own."""
        probes = self._write_probes(episode, before, gone)
        held = self._held_out.get(episode.id)
        return probes if probes or held is None else [held]

    def _weights(self) -> Path:
        return self._gguf

    def _did(self) -> str:
        return (
            f"The {self._name} was asked for {self.asked} questions; {self.kept} passed the checks."
        )

    def _without_held_out(
        self, episode: Episode, statement: str, asked: list[_Asked]
    ) -> list[_Asked]:
        """One question tests the night: a fact without a probe would never count as learned."""
        if len(asked) < 2:
            for one in asked:
                self._drop(one.question, statement, "is the only one to its fact", (episode.id,))
            return []
        *trained, last = asked
        self._held_out[episode.id] = Probe(last.question, (last.phrase,), "new", (episode.id,))
        return trained

    def _fact(self, episode: Episode, before: Sequence[Episode]) -> str:
        """What a message tells where the grammar found nothing in it; "" where that is not sure."""
        if episode.id not in self._stated:
            self._stated[episode.id] = self._stated_now(episode, before)
        return self._stated[episode.id]

    def _stated_now(self, episode: Episode, before: Sequence[Episode]) -> str:
        told = heard(episode.user_text, turns_of(before))
        if not any(one.is_fact for one in told) or not all(one.is_fact for one in told):
            return ""
        reply = self._composed(fact_messages(episode.user_text), FACT, ANSWER_TOKENS, 0.0, 0)
        fact = _one_line(reply.get("fact") if isinstance(reply, dict) else None)
        if not fact:
            return ""
        self.asked += 1
        fact = fact if fact[-1] in ".!" else f"{fact}."
        dream = Dream(episode.user_text, fact, KIND, (episode.id,))
        opens = fact.startswith(("You ", "Your ")) and "?" not in fact
        sources = sources_of(episode, before)
        reason = unsupported(dream, [sources[episode.id]]) if opens else "is not said to its owner"
        if reason:
            self.dropped.append(Dropped(dream.prompt, fact, reason, dream.episode_ids))
        return "" if reason else fact

    def _questions(
        self,
        episode: Episode,
        before: Sequence[Episode],
        statement: str,
        ids: tuple[int, ...],
        taken: set[str],
    ) -> Iterator[_Asked]:
        """The teacher's questions to a statement that pass; `taken` grows with them."""
        known = sources_of(episode, before)
        sources = [known[one] for one in ids if one in known]
        told = " ".join(one.text for one in reversed(sources))
        for question, phrase in self._proposed(told, statement):
            self.asked += 1
            phrase = in_second_person(phrase)
            reason = fault(question, phrase, statement, taken) or strange(question, sources)
            reason = reason or self._misses(told, question, phrase)
            if reason:
                self._drop(question, statement, reason, ids)
                continue
            taken.add(normalised(question))
            yield _Asked(question, phrase)

    def _proposed(self, told: str, statement: str) -> Iterator[tuple[str, str]]:
        """Questions with their answer phrases, of each register in turn."""
        for place in range(-(-self._views // PER_CALL)):
            register = REGISTERS[place % len(REGISTERS)]
            messages = questions_messages(told, statement, register)
            reply = self._composed(messages, QUESTIONS, QUESTIONS_TOKENS, _TEMPERATURE, place)
            for item in reply if isinstance(reply, list) else ():
                yield _one_line(item["question"]), _one_line(item["answer"]).rstrip(".!")

    def _misses(self, told: str, question: str, phrase: str) -> str:
        """Whether the model itself, with the episode before it, answers something else."""
        reply = self._composed(answer_messages(told, question), ANSWER, ANSWER_TOKENS, 0.0, 0)
        given = _one_line(reply.get("answer") if isinstance(reply, dict) else None)
        return "" if rounds(given, phrase) else f"is answered with '{given}', asked back"

    def _composed(
        self,
        messages: Sequence[Message],
        schema: JsonSchema,
        max_tokens: int,
        temperature: float,
        place: int,
    ) -> object:
        """The model's reply as data; None where it has none, now or for good."""
        seed = zlib.crc32(f"{self._seed} {place} {messages[-1].content}".encode())
        sampling = Sampling(temperature=temperature, max_tokens=max_tokens, seed=seed)

        def composed() -> object:
            try:
                return json.loads(self._model.compose(messages, schema, sampling))
            except (ReplyCutOff, ContextOverflow):
                return None

        return self._attempted(composed)

    def _drop(self, question: str, answer: str, reason: str, ids: tuple[int, ...]) -> None:
        self.dropped.append(Dropped(question, answer, f"{TEACHERS} {reason}", ids))


def _one_line(text: object) -> str:
    return " ".join(clean_text(text).split()) if isinstance(text, str) else ""
