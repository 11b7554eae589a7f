"""Files of a version cut short, with bits flipped or with a sector lost, under their old time.

Damage must be found by hash, chat must fall back to a version that verifies and answer, and a
loader that crashes must stay in its own process. Also damaged: champion.json and version.json.
"""

import json
import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from assistant.default_model import opened_registry
from assistant.settings import Settings
from assistant.workspace import _Live
from benchmarks.torture.rows import Row, new_engine
from benchmarks.torture.small import small_home
from models.base import EngineCrashed, Message, Sampling, WeightsMissing
from models.engine import Engine
from models.version import weights_damage
from tui.cli import main

LIVE, BEFORE = "night-0002", "night-0001"
_HANGS_AFTER_S = 120
Damage = Callable[[bytes, random.Random], bytes]


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


def _flip(data: bytes, draw: random.Random) -> bytes:
    place = draw.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << draw.randrange(8))]) + data[place + 1 :]


def _flip_in_header(data: bytes, draw: random.Random) -> bytes:
    """Where sizes, counts and offsets stand: what a loader trusts."""
    head = min(len(data), 2048)
    return _flip(data[:head], draw) + data[head:]


def _lose_sector(data: bytes, draw: random.Random) -> bytes:
    place = draw.randrange(max(1, len(data) // 512)) * 512
    return data[:place] + bytes(len(data[place : place + 512])) + data[place + 512 :]


def _empty(data: bytes, draw: random.Random) -> bytes:
    return b""


BINARY: dict[str, Damage] = {
    "cut short": _cut,
    "a bit flipped": _flip,
    "a bit flipped in the header": _flip_in_header,
    "a sector lost": _lose_sector,
}


def _wrong_value(data: bytes, draw: random.Random) -> bytes:
    values = json.loads(data)
    key = draw.choice(sorted(values))
    values[key] = draw.choice([None, 7, -1, "", "night-0099", "../..", [], {}, True, 1e400])
    return json.dumps(values).encode()


def _wrong_name(data: bytes, draw: random.Random) -> bytes:
    values = json.loads(data)
    key = draw.choice(sorted(values))
    values[draw.choice(["", "x", "versio", key.upper()])] = values.pop(key)
    return json.dumps(values).encode()


def _no_object(data: bytes, draw: random.Random) -> bytes:
    return draw.choice([b"[]", b"null", b"7", b'"night-0001"', b"{", b"\xff\xfe\x00", b"[" * 5000])


TEXT: dict[str, Damage] = {
    "cut short": _cut,
    "a bit flipped": _flip,
    "a wrong value": _wrong_value,
    "a wrong name": _wrong_name,
    "no object": _no_object,
    "empty": _empty,
}
FILES: dict[str, dict[str, Damage]] = {
    f"versions/{LIVE}/model.gguf": BINARY,
    f"versions/{LIVE}/adapter.safetensors": BINARY,
    "champion.json": TEXT,
    f"versions/{LIVE}/version.json": TEXT,
    f"versions/{BEFORE}/version.json": TEXT,
}


def run(work: Path, runs: int, seed: int, done: set[str]) -> Iterator[Row]:
    """As many cases as asked for, every damage of every file in turn."""
    settings = small_home(work, work / "damaged")
    kinds = [(file, name) for file, damages in FILES.items() for name in damages]
    with new_engine(work) as engine:
        for number in range(runs):
            case = f"files {seed}/{number}"
            if case in done:
                continue
            file, name = kinds[number % len(kinds)]
            draw = random.Random(case)
            with _damaged(settings.weights_folder, file, FILES[file][name], draw) as hit:
                lost = _losses(settings, engine, file) if hit else []
            yield Row(case, f"{Path(file).name}: {name}", file, hit, tuple(lost))


@contextmanager
def _damaged(folder: Path, file: str, damage: Damage, draw: random.Random) -> Iterator[bool]:
    """The damage is done under the old time, and undone afterwards with all that came of it."""
    kept = {path: path.read_bytes() for path in (folder / "champion.json", folder / file)}
    for version in (LIVE, BEFORE):
        path = folder / f"versions/{version}/version.json"
        kept[path] = path.read_bytes()
    target = folder / file
    status = target.stat()
    spoiled = damage(kept[target], draw)
    target.write_bytes(spoiled)
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
    try:
        yield spoiled != kept[target]
    finally:
        for path, data in kept.items():
            path.write_bytes(data)


def _losses(settings: Settings, engine: Engine, file: str) -> list[str]:
    registry = opened_registry(settings)
    lost: list[str] = []
    binary = not file.endswith(".json")
    if binary and registry.verify(LIVE)[0].ok:
        lost.append("the damage was not found by its hash")
    signal.signal(signal.SIGALRM, _hangs)
    signal.alarm(_HANGS_AFTER_S)
    try:
        live = _Live(registry, engine)
        answering = live.refresh()
        for _ in engine.stream([Message("user", "Hello")], Sampling(max_tokens=1)):
            pass
        if damage := weights_damage(answering):
            lost.append(f"{answering.name} answers: {damage}")
        if not registry.verify(registry.intact_champion().name)[0].ok:
            lost.append("the champion does not verify")
        lost += _command_losses(settings)
    except (WeightsMissing, EngineCrashed, TimeoutError) as error:
        lost.append(f"no answer: {error}")
    finally:
        signal.alarm(0)
    return lost


def _command_losses(settings: Settings) -> list[str]:
    """`reverie models …` works, and says what is wrong in lines for people."""
    lost = []
    for words in (["list"], ["verify"], ["use", "base"], ["rollback"]):
        code, said = _said("--home", str(settings.home), "models", *words)
        allowed = (0, 1) if words in (["verify"], ["rollback"]) else (0,)
        if code not in allowed or "Traceback" in said or said.count("\n") > 1:
            lost.append(f"models {' '.join(words)} ended with {code}: {said[-300:]}")
    return lost


def _said(*arguments: str) -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    return code, err.getvalue()


def _hangs(number: int, frame: Any) -> None:
    raise TimeoutError(f"it hung for {_HANGS_AFTER_S} s")
