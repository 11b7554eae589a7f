"""Who writes a night's questions beside the grammar, as the settings name it."""

from pathlib import Path

from assistant.settings import ASKER, CHAMPION, Settings
from consolidation.asker import AskingWriter, Notebook
from consolidation.dreams import DreamWriter, ProbeWriter
from consolidation.teacher import TeacherWriter
from models.engine import Engine
from models.registry import Registry


def teacher_of(
    settings: Settings,
    writer: DreamWriter,
    write_probes: ProbeWriter,
    engine: Engine,
    registry: Registry,
    notebook: Notebook,
) -> TeacherWriter | AskingWriter | None:
    """The writer with the model that the owner named; None where grammar writes alone."""
    named = settings.dreams.teacher
    if not named:
        return None
    if named == ASKER:
        base, cache = settings.packaged_gguf, settings.cache_folder
        return AskingWriter(writer, write_probes, engine, notebook, base, cache)
    live = named == CHAMPION
    gguf = registry.champion().gguf if live else Path(named).expanduser()
    return TeacherWriter(
        writer,
        write_probes,
        engine,
        gguf,
        name="(the live model)" if live else gguf.name,
        views=settings.dreams.teacher_views,
        seed=settings.training.seed,
    )
