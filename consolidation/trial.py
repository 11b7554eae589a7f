"""The trial of a candidate: it and the live model are asked the same, and the gate judges."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import GateSettings
from consolidation.conversing import is_astray, messages_to_try
from consolidation.exam import Examiner, compare, questions_of
from consolidation.gate import Chat, decide
from consolidation.recorder import Recorder
from memory.records import Probe, ProbeResult, Verdict
from models.registry import ModelVersion, hash_file


@dataclass(frozen=True, slots=True)
class Tried:
    """A candidate with what it answered, and whether it may go live."""

    candidate: Path
    results: tuple[ProbeResult, ...]
    verdict: Verdict


class Trial:
    """Tries candidates against one live model; that one is asked once."""

    def __init__(
        self,
        examiner: Examiner,
        night: Recorder,
        champion: ModelVersion,
        probes: Sequence[Probe],
        gate: GateSettings,
        known: Container[Probe] = (),
    ) -> None:
        """`known` are probes of older facts that an earlier live model answered right."""
        self._examiner = examiner
        self._night = night
        self._champion = champion
        self._probes = probes
        self._gate = gate
        self._known = known
        self._messages = messages_to_try()
        self._questions = [*questions_of(probes), *self._messages]
        self._general = {probe.question for probe in probes if probe.group == "general"}
        self._before: list[str] | None = None
        self._taught = [probe.expected for probe in probes if probe.group != "general"]

    def of(self, candidate: Path) -> Tried:
        """Ask and judge it. The general answers of a refused one are not kept."""
        sha256 = hash_file(candidate)
        with self._night.stage("test"):
            if self._before is None:
                live = self._champion
                self._before = self._answers(live.gguf, live.gguf_sha256, "the live model")
            after = self._answers(candidate, sha256, "the candidate")
        asked = len(self._probes)
        results = compare(self._probes, self._before[:asked], after[:asked])
        before_after = (self._astray(answers[asked:]) for answers in (self._before, after))
        chat = Chat(len(self._messages), *before_after)
        verdict = decide(results, self._gate, self._known, chat)
        if not verdict.promotes:
            self._examiner.forget_answers(sha256)
        return Tried(candidate, results, verdict)

    def _astray(self, replies: Sequence[str]) -> int:
        """How many messages that ask nothing were answered with something that was taught."""
        pairs = zip(self._messages, replies, strict=True)
        return sum(is_astray(message, reply, self._taught) for message, reply in pairs)

    def _answers(self, gguf: Path, sha256: str, note: str) -> list[str]:
        total = len(self._questions)
        return self._examiner.answers(
            gguf,
            sha256,
            self._questions,
            keep=self._general.__contains__,
            on_answer=lambda done: self._night.progress(done, total, note),
        )
