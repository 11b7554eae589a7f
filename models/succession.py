"""Which version takes over from one that fails. Reads files, and changes none."""

from collections.abc import Callable, Sequence

from models.version import ModelVersion, is_present, verify_version


def verifies(version: ModelVersion) -> bool:
    """Whether every file of it is the one that was recorded."""
    return version.removed_at is None and verify_version(version).ok


def nearest_before(
    versions: Sequence[ModelVersion],
    champion: ModelVersion,
    previous: str | None,
    is_whole: Callable[[ModelVersion], bool] = is_present,
) -> ModelVersion | None:
    """The previous champion, else the nearest ancestor whose weights are there, else the base."""
    known = {version.name: version for version in versions if version.name != champion.name}
    names = [previous, champion.parent]
    while names:
        version = known.pop(names.pop(0) or "", None)  # each once: a damaged file may name a circle
        if version is not None:
            if is_whole(version):
                return version
            names.append(version.parent)
    bases = [v for v in known.values() if v.gguf_sha256 == champion.base_sha256]
    return next((base for base in bases if is_whole(base)), None)


def successor(
    versions: Sequence[ModelVersion], lost: ModelVersion | None, previous: str | None
) -> ModelVersion | None:
    """Who follows a champion that is lost, or that nobody knows: one before it, else the newest."""
    before = nearest_before(versions, lost, previous, verifies) if lost else None
    return before or next((version for version in reversed(versions) if verifies(version)), None)
