"""Small homes: some episodes, and versions to go between. Made in no time, without a night."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import sqlite_utils
from safetensors.numpy import save_file

from assistant.settings import Settings
from assistant.settings_file import load_settings
from benchmarks.torture.tiny import FACTS, make_home, write_tiny_base
from memory.migrations import MIGRATIONS
from models.registry import Registry

SECRET = "Quagmire"
"""In the text of the episode that is forgotten."""
_TOLD = (f"My cat is called {SECRET}.", *FACTS)


def small_home(work: Path, home: Path) -> Settings:
    """Four episodes; the base and two nights, the second of them live."""
    kept = work / "home small"
    if not kept.exists():
        base = work / "base.gguf"
        if not base.exists():
            write_tiny_base(base)
        part = work / "home small.part"
        shutil.rmtree(part, ignore_errors=True)
        settings = make_home(part, base, facts=_TOLD)
        registry = Registry(settings.weights_folder, base)
        for night_id in (1, 2):
            add_version(registry, settings.weights_folder, base, night_id)
        part.replace(kept)
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(kept, home)
    return load_settings(home)


def add_version(registry: Registry, folder: Path, base: Path, night_id: int) -> None:
    """A version as a night makes it, of the base's own weights; it is live, and has answered."""
    champion = registry.champion()
    gguf, adapter = folder / "new.gguf", folder / "new.safetensors"
    shutil.copy(base, gguf)
    save_file({"a": np.full((4, 64), night_id, np.float32)}, adapter, metadata={"alpha": "4"})
    registry.promote(registry.add(gguf, adapter, champion, night_id))
    registry.confirm_good()


def old_database(work: Path, home: Path) -> None:
    """A home whose database has the first schema, and an episode."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    database = sqlite_utils.Database(home / "reverie.db")
    MIGRATIONS.apply(database, stop_before="m002_nights")
    row = {
        "session_id": "s",
        "created_at": datetime(2026, 3, 2, tzinfo=UTC).isoformat(timespec="microseconds"),
        "user_text": FACTS[0],
        "assistant_text": "Noted.",
        "model_version": "base",
        "novelty_score": 0.9,
        "embedding_novelty": 0.9,
        "surprisal_bits": 5.0,
    }
    episode_id = database["episode"].insert(row).last_rowid
    vector = np.ones(384, np.float32) / np.sqrt(np.float32(384))
    database["embedding"].insert(
        {"episode_id": episode_id, "dimensions": 384, "vector": vector.astype("<f4").tobytes()}
    )
    database.close()
