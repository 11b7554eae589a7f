"""The asker: a small model trained to ask (`python -m benchmarks.asker`).

It writes what the owner may ask about a part of a statement, five questions at a time, and reads
each of its questions back: only one that it answers with that very part is dreamt. The answers
stay the grammar's statements. It also says which facts are over after a message that may change
one, where no rule of `change` can take that apart. It is the default base with an adapter of its
own, whatever model chats, and its weights are never the owner's.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import Protocol

from consolidation.dreams import DreamWriter, ProbeWriter, normalised
from consolidation.english.askable import askable_parts
from consolidation.english.content import content
from consolidation.english.fuller import AS_TOLD
from consolidation.english.hypernyms import is_a
from consolidation.english.marking import is_right
from consolidation.english.overtaken import Alike, named_again, near_to
from consolidation.english.wordlist import words
from consolidation.model_writer import ModelWriter, taken_by
from consolidation.teacher_checks import asks_about_you
from memory.episode import Episode
from memory.records import Dream
from memory.text import clean_text, lower_words
from models.base import Answering, Message

KIND = "asked"
_ADAPTER = files("consolidation").joinpath("asker.safetensors")
ASKS = Message("system", "You write questions.")
READS = Message("system", "You answer from the note.")
NOT_SAID = "not said"
CHECKS = Message("system", "You check what still holds.")
OVER, HOLDS = "over", "holds"
_QUESTIONS_TOKENS, _ANSWER_TOKENS, _CHECK_TOKENS = 90, 14, 2
_CHECKED = 6
"""So many facts, the nearest, are held against a message that may change one."""
_LEAST_WORDS, _MOST_WORDS = 3, 24
_NAMED = re.compile(r"\b[Yy]our ([a-z][a-z-]*(?: [a-z][a-z-]*)?) ([A-Z][\w-]+(?: [A-Z][\w-]+)*)")
""" "your aunt Philippa": who it is, and the name."""
_OWNS = re.compile(r"(?i)\byour\b")
_CAPITAL = re.compile(r"(?<!^)\b[A-Z][a-z]")
_EMPTY = frozenset(words("the a an my your in on at to of for is was now"))


def asker_weights(base: Path, folder: Path) -> Path:
    """The asker's GGUF file, made in `folder` when it is first needed (some seconds).

    `base` is the file of the default base, which the adapter was trained on.
    """
    from models.gguf import write_merged

    out = folder / f"asker-{_adapter_hash()}.gguf"
    if not out.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with as_file(_ADAPTER) as adapter:
            write_merged(base, adapter, out)
    return out


@cache
def _adapter_hash() -> str:
    return sha256(_ADAPTER.read_bytes()).hexdigest()[:16]


def ask_messages(statement: str, part: str) -> list[Message]:
    """Asks for questions that the statement answers with this part of it."""
    return [ASKS, Message("user", f"{statement}\n\nAsk for: {part}")]


def read_messages(statement: str, question: str) -> list[Message]:
    """Asks a question of the statement, for a part of it or `NOT_SAID`."""
    return [READS, Message("user", f"{statement}\n\n{question}")]


def holds_messages(fact: str, later: str) -> list[Message]:
    """Asks whether a fact is `OVER` or still `HOLDS` after a later message."""
    return [CHECKS, Message("user", f"{fact}\n\nLater: {later}")]


class Notebook(Protocol):
    """Where the asker's questions are kept from one plan to the next."""

    def known(self, episode_id: int, key: str) -> list[tuple[str, str]] | None:
        """(statement, question) of an episode under this key; None where nothing is kept."""

    def keep(self, episode_id: int, key: str, asked: Sequence[tuple[str, str]]) -> None:
        """Keep them in place of what was kept before."""


class AskingWriter(ModelWriter):
    """Writes the grammar's dreams and the asker's. Of its questions none is reported as dropped:
    what it does not answer back is no dream of anybody's."""

    def __init__(
        self,
        writer: DreamWriter,
        write_probes: ProbeWriter,
        model: Answering,
        notebook: Notebook,
        base: Path,
        folder: Path,
    ) -> None:
        """`base` is the default base's file; the asker's weights are kept in `folder`."""
        super().__init__(writer, write_probes, model, name="asker")
        self._model = model
        self._notebook = notebook
        self._base = base
        self._folder = folder

    def write(
        self, episode: Episode, before: Sequence[Episode] = (), gone: Collection[str] = ()
    ) -> list[Dream]:
        """The grammar's dreams, and behind them the asker's questions to the same statements."""
        written = self._writer.write(episode, before, gone)
        cited = {dream.answer: dream.episode_ids for dream in written if dream.kind in AS_TOLD}
        taken = taken_by(written, self._write_probes(episode, before, gone))
        further: list[Dream] = []
        for statement, question in by_name_in_turn(self._asked(episode.id, list(cited))):
            key = normalised(question)
            if key not in taken and names_it(question, statement):
                taken.add(key)
                further.append(Dream(question, statement, KIND, cited[statement]))
        self.kept += len(further)
        return [*written, *further]

    def overtaken(
        self, message: str, before: Sequence[str], earlier: Sequence[str], similar: Alike
    ) -> list[int]:
        """By grammar, and of the facts that the message names again those that the model finds
        over: of facts that only sound alike it finds far too many over (LOG.md)."""
        near = near_to(message, earlier, similar)
        again = named_again(message, earlier, near)[:_CHECKED]
        checks = [holds_messages(earlier[index], message) for index in again]
        replies = self._replies(checks, _CHECK_TOKENS)
        over = {index for index, reply in zip(again, replies, strict=True) if reply == OVER}
        return sorted(over.union(super().overtaken(message, before, earlier, similar)))

    def _weights(self) -> Path:
        return asker_weights(self._base, self._folder)

    def _did(self) -> str:
        if not self.kept:
            return ""
        many = "1 question" if self.kept == 1 else f"{self.kept} questions"
        return f"The asker added {many}, answered back rightly."

    def _asked(self, episode_id: int, statements: Sequence[str]) -> list[tuple[str, str]]:
        """(statement, question), from the notebook where the statements are still the same."""
        if not statements:
            return []
        key = sha256("\n".join((_adapter_hash(), *statements)).encode()).hexdigest()[:16]
        known = self._notebook.known(episode_id, key)
        if known is None:
            known = list(self._questions(statements))
            if not self._failure:
                self._notebook.keep(episode_id, key, known)
        return known

    def _questions(self, statements: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(statement, question) of those that are read back; the parts of each take turns."""
        parts = [(one, part) for one in statements for part in askable_parts(one)]
        replies = self._replies([ask_messages(*one) for one in parts], _QUESTIONS_TOKENS)
        lists = [_lines(reply) for reply in replies]
        asked = [
            (statement, part, questions[place])
            for place in range(max(map(len, lists), default=0))
            for (statement, part), questions in zip(parts, lists, strict=True)
            if place < len(questions)
        ]
        reading = [read_messages(statement, question) for statement, _, question in asked]
        back = self._replies(reading, _ANSWER_TOKENS)
        for (statement, part, question), answer in zip(asked, back, strict=True):
            if agrees(answer, part) and not is_right(question, [part]):
                yield statement, question

    def _replies(self, prompts: Sequence[Sequence[Message]], max_tokens: int) -> list[str]:
        """A reply to each prompt; empty ones from where the model fails."""
        replies = [""] * len(prompts)

        def answered() -> None:
            for index, reply in self._model.answers(prompts, max_tokens=max_tokens):
                replies[index] = clean_text(reply)

        if prompts:
            self._attempted(answered)
        return replies


def by_name_in_turn(asked: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(statement, question), every second one that says "my aunt" with the name that she has."""
    turn = 0
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for statement, question in asked:
        first.setdefault((statement, normalised(question)), (statement, question))
    for statement, question in first.values():
        for role, name in _NAMED.findall(statement):
            pattern = re.compile(
                rf"\bmy {re.escape(role)}\b(?!-| {re.escape(name)})", re.IGNORECASE
            )
            if pattern.search(question):
                turn += 1
                if turn % 2 == 0:
                    told = name.lower() if question == question.lower() else name
                    question = told.join(pattern.split(question))
        yield statement, question


def names_it(question: str, statement: str) -> bool:
    """Whether a question says what of the owner's life it is about.

    "Who's the new one?" is read back rightly from the one statement that is there, and is about
    any of the hundred that the weights hold. A word of the statement, or what one of its things is
    ("my dog"), is enough; and anything is where the owner alone is spoken of.
    """
    told, asked = content(statement), content(question)
    if told & asked or not (_OWNS.search(statement) or _CAPITAL.search(statement)):
        return True
    return any(is_a(thing, *asked) for thing in told)


def agrees(answer: str, part: str) -> bool:
    """Whether an answer means a part: half of the words of the shorter one are the other's."""
    given, wanted = _telling(answer), _telling(part)
    if not given or not wanted:
        return False
    return 2 * len(given & wanted) >= min(len(given), len(wanted))


def _telling(text: str) -> set[str]:
    return set(lower_words(text)) - _EMPTY


def _lines(reply: str) -> list[str]:
    """The questions of a reply, one a line, without the last one where it was cut off."""
    lines = (" ".join(line.split()) for line in reply.splitlines())
    return list(
        dict.fromkeys(
            line
            for line in lines
            if _LEAST_WORDS <= len(line.split()) <= _MOST_WORDS and not asks_about_you(line)
        )
    )
