"""What writers made up as owners: the texts that memory and chat are measured with."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parents[1]


def rows_of(folder: str) -> Iterator[dict[str, Any]]:
    """The rows of a folder of JSON lines, `owners` or `later_lives`."""
    for file in sorted((_DATA / folder).glob("*.jsonl")):
        yield from map(json.loads, file.read_text("utf-8").splitlines())
