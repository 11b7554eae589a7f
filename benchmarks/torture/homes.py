"""The homes that are attacked, each with what an undisturbed night makes of it."""

import json
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from assistant.settings_file import load_settings
from benchmarks.torture.faults import Ended, Fault, Forked
from benchmarks.torture.stand_in import command
from benchmarks.torture.tiny import FACTS, make_home, make_real_home, tell, write_tiny_base
from memory.database import Connections
from memory.store import EpisodeStore

LONGEST_NIGHT_S = 4 * 3600.0


@dataclass(frozen=True, slots=True)
class Reference:
    """A home before a night, and what the night leaves when nothing disturbs it."""

    name: str
    home: Path
    """Never attacked itself: copies of it are."""
    status: str
    gguf_sha256: str
    """Of the champion after the night."""
    states: dict[int, str]
    told: dict[int, str]
    """The acknowledged episodes: id and text."""
    calls: int
    """Changes on the disk that the night makes."""
    seconds: float
    stages: tuple[str, ...]
    real: bool = False
    """Whether its nights are as an owner's are, with the default model."""

    def copy_to(self, home: Path) -> Path:
        """A fresh copy of the home, in the place of whatever was there."""
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.home, home)
        return home


def references(work: Path, count: int = 3) -> list[Reference]:
    """A night that learns, one that is refused, one that goes on from another; so many of them."""
    work.mkdir(parents=True, exist_ok=True)
    base = work / "base.gguf"
    if not base.exists():
        write_tiny_base(work / "base.gguf.part").replace(base)
    makers = {"learns": _learning, "refused": _refused, "goes on": _going_on}
    homes = []
    for name, make in list(makers.items())[:count]:
        home = work / f"home {name}"
        if not home.exists():
            part = home.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            make(part, work)
            part.replace(home)
        homes.append(_reference(home, work))
    return homes


def real_reference(work: Path) -> Reference:
    """A night of the default model with the default settings."""
    home = work / "home real"
    if not home.exists():
        part = home.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        make_real_home(part)
        _warm(part, work, real=True)
        part.replace(home)
    return _reference(home, work, real=True)


def _learning(home: Path, work: Path) -> None:
    make_home(home, work / "base.gguf")
    _warm(home, work)


def _refused(home: Path, work: Path) -> None:
    make_home(home, work / "base.gguf", facts=FACTS, learns=False)
    shutil.copytree(work / "home learns" / "cache", home / "cache")


def _going_on(home: Path, work: Path) -> None:
    shutil.copytree(work / "home learns", home)
    ended = night(home, Fault(home), work / "pipes")
    if ended.code:
        raise RuntimeError(f"the first night failed: {ended.said}")
    with Connections(home / "reverie.db") as connections:
        tell(EpisodeStore(connections), FACTS[1], 1)


def night(home: Path, fault: Fault, pipes: Path, *, real: bool = False) -> Ended:
    """`reverie sleep` on a home, in a fork."""
    return started_night(home, fault, pipes, real=real).wait(LONGEST_NIGHT_S)


def started_night(home: Path, fault: Fault, pipes: Path, *, real: bool = False) -> Forked:
    """The same, running."""
    return Forked(command(["sleep", "--home", str(home), "--json"], real=real), fault, pipes)


def stages_begun(home: Path) -> list[str]:
    """The stages that the newest night has ended, and the one it is in; read beside it."""
    uri = f"file:{home / 'reverie.db'}?mode=ro"
    try:
        database = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=0.05)
        try:
            found = database.execute(
                "SELECT id, progress FROM night ORDER BY id DESC LIMIT 1"
            ).fetchone()
            if found is None:
                return []
            rows = database.execute(
                "SELECT name FROM stage WHERE night_id = ? ORDER BY id", [found[0]]
            )
            begun = [row[0] for row in rows]
            return [*begun, json.loads(found[1])["stage"]] if found[1] else begun
        finally:
            database.close()
    except sqlite3.Error:
        return []


def _warm(home: Path, work: Path, *, real: bool = False) -> None:
    """Fill the cache with what is made once for a base, by a night on a copy."""
    copy = home.with_suffix(".warm")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(home, copy)
    ended = night(copy, Fault(copy), work / "pipes", real=real)
    if ended.code:
        raise RuntimeError(f"the first night failed: {ended.said}")
    shutil.copytree(copy / "cache", home / "cache")
    for file in (home / "cache").glob(f"answers-{champion_sha256(copy)[:16]}*"):
        file.unlink()
    shutil.rmtree(copy)


def champion_sha256(home: Path) -> str:
    """The hash that the champion was registered with."""
    from assistant.default_model import opened_registry

    settings = load_settings(home)
    return opened_registry(settings).champion().gguf_sha256


def states_of(home: Path) -> tuple[dict[int, str], dict[int, str]]:
    """State and text of every episode, by its id."""
    with Connections(home / "reverie.db") as connections:
        episodes = EpisodeStore(connections).newest(10_000)
    return {e.id: e.state for e in episodes}, {e.id: e.user_text for e in episodes}


def _reference(home: Path, work: Path, *, real: bool = False) -> Reference:
    kept = work / f"{home.name}.json"
    if not kept.exists():
        copy = home.with_suffix(".undisturbed")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(home, copy)
        ended = night(copy, Fault(copy), work / "pipes", real=real)
        report = json.loads(ended.printed)
        states, told = states_of(copy)
        values = {
            "status": report["status"],
            "gguf_sha256": champion_sha256(copy),
            "states": list(states.items()),
            "told": list(told.items()),
            "calls": ended.calls,
            "seconds": ended.seconds,
            "stages": list(report["stages"]),
        }
        kept.write_text(json.dumps(values))
        shutil.rmtree(copy)
    values = json.loads(kept.read_text())
    values["states"], values["told"] = dict(values["states"]), dict(values["told"])
    values["stages"] = tuple(values["stages"])
    return Reference(home.name, home, **values, real=real)
