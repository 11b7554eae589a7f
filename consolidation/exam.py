"""An exam: questions put to one version's weights alone, through the engine that chat uses.

Greedy answers of unchanged weights never change, so those to questions that hold nothing of the
owner's are kept by the weights' hash.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from pathlib import Path

from assistant.prompt import weights_only_messages
from consolidation.conversing import held_prompts
from consolidation.english.marking import is_right
from memory.records import Dream, DreamPrompt, Probe, ProbeResult
from models.base import Answering
from models.durable import read_json, replacing
from models.registry import ModelVersion

ANSWER_TOKENS = 80
FIRMLY = "Please answer briefly. {}"
ANCHOR_TOKENS = 8


Counted = Callable[[int, int], None]
"""Hears how many of how many answers are there."""


def _uncounted(done: int, total: int) -> None:
    pass


class Examiner:
    """Asks versions questions, with an empty memory."""

    def __init__(self, model: Answering, system_prompt: str, cache_folder: Path) -> None:
        self._model = model
        self._system_prompt = system_prompt
        self._cache_folder = cache_folder

    def answers(
        self,
        gguf: Path,
        gguf_sha256: str,
        questions: Sequence[DreamPrompt],
        *,
        max_tokens: int = ANSWER_TOKENS,
        keep: Callable[[DreamPrompt], bool] = lambda question: False,
        on_answer: Callable[[int], None] = lambda done: None,
    ) -> list[str]:
        """Greedy answers to questions, in order; those that `keep` admits are stored."""
        file = self._cache_file(gguf_sha256, max_tokens)
        known: dict[DreamPrompt, str] = {}
        known.update(read_json(file))
        kept = set(known)
        missing = [q for q in dict.fromkeys(questions) if q not in known]
        if missing:
            self._model.load(gguf)
        prompts = [weights_only_messages(self._system_prompt, question) for question in missing]
        replies = self._model.answers(prompts, max_tokens=max_tokens)
        for done, (index, reply) in enumerate(replies, start=len(questions) - len(missing) + 1):
            known[missing[index]] = reply.strip()
            on_answer(done)
        if missing:
            _write(file, {q: answer for q, answer in known.items() if q in kept or keep(q)})
        return [known[question] for question in questions]

    def forget_answers(self, gguf_sha256: str) -> None:
        """Drop what is kept of a version that was discarded."""
        for file in self._cache_folder.glob(f"answers-{gguf_sha256[:16]}-*.json"):
            file.unlink()

    def _cache_file(self, gguf_sha256: str, max_tokens: int) -> Path:
        prompt = hashlib.sha256(self._system_prompt.encode()).hexdigest()
        return self._cache_folder / f"answers-{gguf_sha256[:16]}-{prompt[:8]}-{max_tokens}.json"


def compare(
    probes: Sequence[Probe], before: Sequence[str], after: Sequence[str]
) -> tuple[ProbeResult, ...]:
    """Both versions' answers, scored."""
    return tuple(
        ProbeResult(
            probe=probe,
            before_answer=old,
            before_right=is_right(old, probe.expected),
            after_answer=new,
            after_right=is_right(new, probe.expected),
        )
        for probe, old, new in zip(probes, before, after, strict=True)
    )


def general_probes(
    examiner: Examiner, base: ModelVersion, on_answer: Counted = _uncounted
) -> list[Probe]:
    """The general questions that the base model answers firmly: what no night may lose.

    Firmly is right in the first sentence, and in two phrasings. What a small model gets right in
    one only, or rambling ("86,400 hours … equivalent to 24 hours"), is luck as often as
    knowledge, and a merge that changes nothing loses some of it.
    """
    asked = [
        Probe(item["question"], tuple(item["expected"]), "general")
        for item in json.loads(_data("general_questions.json"))
    ]

    def right_in(phrasing: str, probes: Sequence[Probe]) -> list[Probe]:
        questions = [phrasing.format(probe.question) for probe in probes]
        answers = examiner.answers(
            base.gguf,
            base.gguf_sha256,
            questions,
            keep=_always,
            on_answer=lambda done: on_answer(done, len(questions)),
        )
        marked = zip(probes, answers, strict=True)
        return [probe for probe, answer in marked if is_right(_first(answer), probe.expected)]

    return right_in(FIRMLY, right_in("{}", asked))


def write_anchors(
    examiner: Examiner,
    base: ModelVersion,
    on_answer: Counted = _uncounted,
    own: Sequence[DreamPrompt] = (),
) -> list[Dream]:
    """Everyday prompts with the base model's own answers: what it must go on saying.

    The answers to `own`, which hold what their owner told, are kept nowhere.
    """
    everyday = held_prompts()
    prompts = [*everyday, *own]
    answers = examiner.answers(
        base.gguf,
        base.gguf_sha256,
        prompts,
        max_tokens=ANCHOR_TOKENS,
        keep=frozenset(everyday).__contains__,
        on_answer=lambda done: on_answer(done, len(prompts)),
    )
    pairs = zip(prompts, answers, strict=True)
    return [Dream(prompt, answer, "anchor", ()) for prompt, answer in pairs if answer]


def questions_of(probes: Iterable[Probe]) -> list[str]:
    """The questions alone, in order."""
    return [probe.question for probe in probes]


def _first(answer: str) -> str:
    """The first sentence that says something: "The answer is: 8.", but not "Sure!"."""
    sentences = re.split(r"(?<=[.!?])\s+", answer.strip())
    return next((one for one in sentences if len(one.split()) > 1), answer)


def _always(_: DreamPrompt) -> bool:
    return True


def _data(name: str) -> str:
    return files("consolidation").joinpath(name).read_text(encoding="utf-8")


def _write(file: Path, known: dict[DreamPrompt, str]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replacing(file) as part:
        part.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
