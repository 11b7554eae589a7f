"""The pointer to the champion: one small file, replaced whole."""

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from models.durable import read_json, write_json
from models.version import ModelVersion


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version is the champion, and what to do when it fails."""

    version: str
    previous: str | None = None
    on_trial: bool = False
    failed_loads: int = 0
    base_sha256: str = ""
    """The base that the settings named when this was written."""
    base_seen: str = ""
    """What its file looked like; as long as it looks the same, it is not hashed again."""
    champions: dict[str, str] = field(default_factory=dict)
    """Base hash -> its last champion, for an owner who changes the model and comes back."""
    gave_way: str = ""
    """Which champion failed, why, and which one took over; until the owner chooses another."""


class PointerFile:
    """The file; whoever holds the folder's lock replaces it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Pointer:
        """The pointer, an empty one when there is none that can be read."""
        values = read_json(self._path)
        kinds = {"version": str, "on_trial": bool, "failed_loads": int, "champions": dict}
        texts = all(isinstance(values.get(key), str) for key in ("base_sha256", "base_seen"))
        texts = texts and isinstance(values.get("previous"), str | None)
        texts = texts and isinstance(values.get("gave_way", ""), str)
        fits = all(isinstance(values.get(key), kind) for key, kind in kinds.items())
        fits = fits and all(isinstance(name, str) for name in values["champions"].values())
        try:
            return Pointer(**values) if fits and texts else Pointer("")
        except TypeError:
            return Pointer("")

    def write(self, pointer: Pointer) -> None:
        """Replace the file."""
        write_json(self._path, asdict(pointer))

    def point(self, pointer: Pointer, champion: ModelVersion) -> Pointer:
        """Make a version the champion, with no failed load yet; the pointer as written."""
        champions = {**pointer.champions, champion.base_sha256: champion.name}
        pointer = replace(pointer, version=champion.name, failed_loads=0, champions=champions)
        self.write(pointer)
        return pointer

    def give_way(
        self,
        pointer: Pointer,
        failed: ModelVersion | None,
        champion: ModelVersion,
        reason: str,
        *,
        on_trial: bool = False,
    ) -> Pointer:
        """Make `champion` answer for one that failed, and say so until the owner chooses."""
        name = failed.name if failed else pointer.version
        told = f"{name} gave way to {champion.name}: {reason}" if name else ""
        changed = replace(pointer, previous=None, on_trial=on_trial, gave_way=told)
        return self.point(changed, champion)
