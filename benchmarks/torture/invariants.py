"""What must hold after every attack. Knows no attack.

Each check gives sentences, one for each thing that is lost; none is the only good answer.
"""

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from assistant.default_model import opened_registry
from assistant.settings_file import load_settings
from benchmarks.torture.faults import Ended, Fault
from benchmarks.torture.homes import Reference, champion_sha256, night, states_of
from memory.database import Connections, DatabaseUnusable
from models.base import EngineCrashed, Message, Sampling, WeightsMissing
from models.engine import Engine


def losses_of(home: Path, told: Mapping[int, str], engine: Engine) -> list[str]:
    """Database, episodes, champion, and an answer from it."""
    return [*database_losses(home, told), *champion_losses(home, engine)]


def database_losses(home: Path, told: Mapping[int, str]) -> list[str]:
    """The file is sound, and holds every episode that was acknowledged."""
    try:
        with Connections(home / "reverie.db") as connections:
            database = connections.database()
            sound = database.execute("PRAGMA integrity_check").fetchall()
            foreign = database.execute("PRAGMA foreign_key_check").fetchall()
            database.execute("INSERT INTO episode_text(episode_text) VALUES ('integrity-check')")
        _, texts = states_of(home)
    except (DatabaseUnusable, sqlite3.Error) as error:
        return [f"database: {error}"]
    lost = [] if sound == [("ok",)] and not foreign else [f"database: {sound[:2]} {foreign[:2]}"]
    missing = [i for i, text in told.items() if texts.get(i) != text]
    return lost + ([f"episodes {missing} are lost"] if missing else [])


def champion_losses(home: Path, engine: Engine) -> list[str]:
    """The pointer names a version whose every file verifies, and it answers."""
    settings = load_settings(home)
    registry = opened_registry(settings)
    try:
        champion = registry.champion()
        verified = registry.verify(champion.name)[0]
        pointer = json.loads((settings.weights_folder / "champion.json").read_text())
        lost = [] if verified.ok else [f"champion {champion.name}: {verified.reason}"]
        if pointer["version"] != champion.name:
            lost.append(f"the pointer names {pointer['version']}, {champion.name} answers")
        engine.load(champion.gguf)
        for _ in engine.stream([Message("user", "Hello")], Sampling(max_tokens=2)):
            pass
    except (OSError, ValueError, WeightsMissing, EngineCrashed) as error:
        return [f"champion: {error}"]
    return lost


def convergence_losses(home: Path, reference: Reference, pipes: Path) -> list[str]:
    """The night, run again, ends as it would have; and nothing half done is left behind."""
    ended = night(home, Fault(home), pipes, real=reference.real)
    if ended.code:
        return [f"the next night ended with {ended.code}: {ended.said.strip()[-300:]}"]
    lost = []
    if champion_sha256(home) != reference.gguf_sha256:
        lost.append("the next night made other weights")
    states, _ = states_of(home)
    if states != reference.states:
        lost.append(f"episodes are {states}, not {reference.states}")
    return lost + leftovers(home)


def leftovers(home: Path) -> list[str]:
    """Files of a cut off night that no later one removed, and nights that seem to run."""
    weights = home / "weights"
    found = [*weights.glob("work/*"), *weights.glob("versions/.*"), *home.glob("**/*.part")]
    lost = [f"left behind: {', '.join(sorted(f.name for f in found))}"] if found else []
    with Connections(home / "reverie.db") as connections:
        rows = connections.database().execute("SELECT id, status FROM night").fetchall()
        running = [i for i, status in rows if status == "running"]
    return lost + ([f"nights {running} seem to run"] if running else [])


def words_losses(ended: Ended) -> list[str]:
    """What an owner reads of a failure is one sentence, and no traceback."""
    said = ended.said.strip()
    if ended.code in (-9, -15):
        return [] if "Traceback" not in said else ["a traceback before the kill"]
    if ended.code in (0, 1, 130):
        lines = [line for line in said.splitlines() if line.startswith("reverie: ")]
        others = [line for line in said.splitlines() if not line.startswith("reverie: ")]
        if others or len(lines) > 1:
            return [f"it said {said[-400:]!r}"]
        if ended.code == 1 and not lines and not ended.printed.strip():
            return ["it failed without a word"]
        return []
    return [f"it ended with {ended.code}: {said[-400:]!r}"]
