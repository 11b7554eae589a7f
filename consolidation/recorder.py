"""Records a running night, stage by stage, where every reader looks for it. Decides nothing."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from consolidation.night_control import PAUSED, Heed, unheeded
from memory.nights import NightStore
from memory.records import (
    Choice,
    Dream,
    Dropped,
    LossPoint,
    NightStatus,
    ProbeResult,
    Progress,
    Replaced,
    Stage,
    Verdict,
)

Watch = Callable[[Progress], None]
_WRITE_EVERY_S = 0.5


class Recorder:
    """Writes what a night does to the store, and tells a watcher."""

    def __init__(
        self,
        nights: NightStore,
        night_id: int,
        clock: Callable[[], datetime],
        watch: Watch = lambda progress: None,
        heed: Heed = unheeded,
    ) -> None:
        self.night_id = night_id
        self._nights = nights
        self._clock = clock
        self._watch = watch
        self._heed = heed
        self._stage = ""
        self._began = 0.0
        self._written = 0.0
        self._losses: list[LossPoint] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Everything inside is one stage; its duration is recorded, also when it fails."""
        self._stage, self._began, self._written = name, time.monotonic(), 0.0
        self.progress(0, 0)
        try:
            yield
        finally:
            self._flush_losses()
            duration_s = time.monotonic() - self._began
            self._nights.record_stage(self.night_id, Stage(name, round(duration_s, 2)))

    def once(self, done: int, total: int) -> None:
        """Progress of what is kept for later nights."""
        self.progress(done, total, "needed once for this model")

    def progress(self, done: int, total: int, note: str = "") -> None:
        """`done` of `total` units of the running stage; 0 of 0 where that is not known.

        Here a night waits or ends when its owner said so. Raises `NightStopped`.
        """
        now = time.monotonic()
        if now - self._written < _WRITE_EVERY_S and done < total:
            return
        waited_s = self._heed(lambda: self._tell(Progress(self._stage, done, total, None, PAUSED)))
        self._began += waited_s
        self._written = now + waited_s
        passed = self._written - self._began
        eta_s = passed / done * (total - done) if 0 < done <= total else None
        self._tell(Progress(self._stage, done, total, eta_s, note))

    def loss(self, point: LossPoint, done: int, total: int) -> None:
        """The loss of one training step."""
        self._losses.append(point)
        self.progress(done, total, f"loss {point.loss:.2f}")

    def choices(self, selected: Sequence[Choice], skipped: Sequence[Choice]) -> None:
        self._nights.record_choices(self.night_id, selected, skipped)

    def replaced(self, replaced: Sequence[Replaced]) -> None:
        self._nights.record_replaced(self.night_id, replaced)

    def dreams(self, dreams: Sequence[Dream]) -> None:
        self._nights.record_dreams(self.night_id, dreams)

    def struck(self, count: int) -> None:
        self._nights.record_struck(self.night_id, count)

    def dropped(self, dropped: Sequence[Dropped]) -> None:
        self._nights.record_dropped(self.night_id, dropped)

    def teacher(self, said: str) -> None:
        self._nights.record_teacher(self.night_id, said)

    def candidate(self, version: str) -> None:
        self._nights.record_candidate(self.night_id, version)

    def probes(self, results: Sequence[ProbeResult]) -> None:
        self._nights.record_probes(self.night_id, results)

    def verdict(self, verdict: Verdict) -> None:
        self._nights.record_verdict(self.night_id, verdict)

    def finish(self, status: NightStatus, error: str | None = None) -> None:
        self._nights.finish(self.night_id, status, self._clock(), error)

    def _tell(self, progress: Progress) -> None:
        self._nights.record_progress(self.night_id, progress)
        self._flush_losses()
        self._watch(progress)

    def _flush_losses(self) -> None:
        for point in self._losses:
            self._nights.record_loss(self.night_id, point)
        self._losses.clear()
