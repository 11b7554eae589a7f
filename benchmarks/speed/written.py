"""What writers made up as owners: the texts that memory and chat are measured with."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parents[1]


NOT_TRAINED = 16
"""Of the files in `owners`, those after so many: no night has seen their writers' messages."""


def rows_of(folder: str, after: int = 0) -> Iterator[dict[str, Any]]:
    """The rows of a folder of JSON lines, `owners` or `later_lives`; but for its first files."""
    for file in sorted((_DATA / folder).glob("*.jsonl"))[after:]:
        yield from map(json.loads, file.read_text("utf-8").splitlines())
