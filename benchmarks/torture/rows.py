"""Rows of results, kept on the disk as they come, and the engine that answers for a home."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from models.engine import Engine


@dataclass(frozen=True, slots=True)
class Row:
    """One attack."""

    case: str
    """Its name; a case that has a row is not run again."""
    kind: str
    at: str
    hit: bool
    """Whether the fault came before the work had ended."""
    lost: tuple[str, ...]


def read_rows(file: Path) -> list[Row]:
    """The rows that a family has so far."""
    if not file.exists():
        return []
    lines = file.read_text("utf-8").splitlines()
    values = [json.loads(line) for line in lines if line]
    return [Row(**value | {"lost": tuple(value["lost"])}) for value in values]


def add_row(file: Path, row: Row) -> None:
    """Keep a row."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


@contextmanager
def new_engine(work: Path) -> Iterator[Engine]:
    """A model process that outlives the homes; it starts when first asked."""
    engine = Engine(
        work / "base.gguf",
        context_tokens=512,
        gpu_layers=0,
        threads=1,
        log_file=work / "engine.log",
    )
    try:
        yield engine
    finally:
        engine.close()
