"""What studies ask: a process for models, and the base, as the settings have them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import Settings
from consolidation.asker import AskingWriter
from consolidation.dreams import GrammarWriter
from consolidation.probes import write_probes
from memory.asked import AskedStore
from memory.database import Connections
from models.engine import Engine
from models.registry import ModelVersion, Registry


def opened_engine(settings: Settings, threads: int = 0) -> Engine:
    """None of its models is loaded yet; 0 threads are those of the settings."""
    return Engine(
        settings.base_gguf,
        context_tokens=2048,
        gpu_layers=settings.model.gpu_layers,
        threads=threads or settings.model.threads,
        log_file=settings.engine_log_file,
    )


@contextmanager
def asking_writer(settings: Settings) -> Iterator[AskingWriter]:
    """The writer of a night with its model, which nothing else uses."""
    engine = opened_engine(settings)
    with TemporaryDirectory() as folder, Connections(Path(folder) / "asked.db") as connections:
        notebook = AskedStore(connections)
        weights = (settings.default_base_gguf, settings.cache_folder)
        try:
            yield AskingWriter(GrammarWriter(), write_probes, engine, notebook, *weights)
        finally:
            engine.close()


def base_of(settings: Settings) -> ModelVersion:
    """The frozen base."""
    return Registry(settings.weights_folder, settings.base_gguf, lambda: datetime.now(UTC)).base()
