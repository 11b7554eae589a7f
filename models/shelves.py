"""Where model files usually lie on a machine, and which are there. Opens none of them."""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_DEPTH = 5
"""Of folders: the hub's cache has a file in models--NAME/snapshots/COMMIT."""
_MOST = 40
_SECONDS = 5.0
_PART = re.compile(r"-(\d+)-of-\d+\.gguf$", re.IGNORECASE)


def usual_shelves(user: Path) -> tuple[Path, ...]:
    """The folders where programs keep GGUF files, in the home folder of a user."""
    return (
        user / "models",
        user / ".cache" / "huggingface" / "hub",
        user / ".lmstudio" / "models",
        user / ".cache" / "lm-studio" / "models",
        user / ".cache" / "llama.cpp",
    )


def model_files(
    shelves: Iterable[Path],
    *,
    depth: int = _DEPTH,
    most: int = _MOST,
    seconds: float = _SECONDS,
    now: Callable[[], float] = time.monotonic,
) -> Iterator[Path]:
    """GGUF files below these folders, each once, by name; so many, so deep and so long at most.

    Links to files are followed, links to folders are not. Of a split model its first part comes;
    projectors of images (mmproj) never do.
    """
    end = now() + seconds
    seen: set[Path] = set()
    for shelf in shelves:
        for folder, folders, names in os.walk(shelf):
            level = len(Path(folder).relative_to(shelf).parts)
            folders[:] = sorted(folders) if level < depth else []
            for name in sorted(names):
                if now() > end or len(seen) >= most:
                    return
                path = Path(folder) / name
                if _is_model(name) and _is_file(path) and path.resolve() not in seen:
                    seen.add(path.resolve())
                    yield path


def _is_model(name: str) -> bool:
    part = _PART.search(name)
    is_first = part is None or int(part[1]) == 1
    return name.lower().endswith(".gguf") and "mmproj" not in name.lower() and is_first


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # in a folder that may be listed and not entered
        return False
