"""The writer of a night, for studies of what it writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import Settings
from benchmarks.engines import opened_engine
from consolidation.asker import AskingWriter
from consolidation.dreams import GrammarWriter
from consolidation.probes import write_probes
from memory.asked import AskedStore
from memory.database import Connections


@contextmanager
def asking_writer(settings: Settings) -> Iterator[AskingWriter]:
    """The writer of a night with its model, which nothing else uses."""
    engine = opened_engine(settings)
    with TemporaryDirectory() as folder, Connections(Path(folder) / "asked.db") as connections:
        notebook = AskedStore(connections)
        weights = (settings.packaged_gguf, settings.cache_folder)
        try:
            yield AskingWriter(GrammarWriter(), write_probes, engine, notebook, *weights)
        finally:
            engine.close()
