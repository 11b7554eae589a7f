"""A night that trains while something else is measured."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import Settings
from consolidation.examples import Example, TrainingSet
from consolidation.training_job import TrainingJob, pack

_EXAMPLES, _TOKENS = 400, 60
_BEGUN_S = 25.0
"""By then the weights are read and steps are taken."""


@contextmanager
def night_beside(settings: Settings) -> Iterator[None]:
    """A training job in a process as polite as a night's, from when it takes steps."""
    facts = tuple(
        Example(tuple(1 + (7 * number + place) % 9_000 for place in range(_TOKENS)), 30)
        for number in range(_EXAMPLES)
    )
    training = replace(settings.training, max_epochs=1000, texts_per_step=0)
    job = TrainingJob(settings.backbone_gguf, None, TrainingSet(facts, facts[:8]), training)
    with TemporaryDirectory() as folder:
        pack(job, Path(folder))
        cache = str(settings.cache_folder)
        command = [sys.executable, "-m", "consolidation.training_job", folder, "--cache", cache]
        environment = os.environ | {"GOMP_SPINCOUNT": "20000"}
        night = subprocess.Popen(command, env=environment, preexec_fn=lambda: os.nice(10))
        try:
            time.sleep(_BEGUN_S)
            yield
            if night.poll() is not None:
                raise RuntimeError("the night beside ended before all was measured")
        finally:
            night.send_signal(signal.SIGTERM)
            night.wait()
