"""Versions of the weights, and which one is the champion. Knows files and hashes, no model.

    weights/champion.json            the pointer: the only way from night back to day
    weights/versions/<name>/         version.json; model.gguf and adapter.safetensors if trained

A base version names the owner's file where it lies. A version is never changed once it stands,
but the files of one that nobody needs can go; its version.json stays, and tells of it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from models.base import WeightsMissing
from models.bases import following
from models.locks import holding
from models.pointer import Pointer, PointerFile
from models.pruning import remove_files, without_need
from models.succession import nearest_before, successor, verifies
from models.version import (
    ADAPTER_NAME,
    GGUF_NAME,
    PRIVATE_FOLDER_MODE,
    REMOVED,
    ModelVersion,
    VerifyResult,
    free_name,
    hash_file,
    is_present,
    store_version,
    verify_version,
    version_folders,
    whole_versions,
)

__all__ = [
    "ModelVersion",
    "NothingToRollBack",
    "Registry",
    "UnknownVersion",
    "VerifyResult",
    "hash_file",
]

MAX_FAILED_LOADS = 2
"""A version on trial that fails to load this often gives way to the one before it."""


class UnknownVersion(LookupError):
    """No version has this name."""


class NothingToRollBack(RuntimeError):
    """The champion is the oldest version of its line."""


class Registry:
    """The versions in a folder. Several processes may use one folder at the same time."""

    def __init__(
        self,
        weights_folder: Path,
        base_gguf: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        make_base: Callable[[], object] = lambda: None,
    ) -> None:
        """`make_base` is called where the base's file is missing; it raises `WeightsMissing`."""
        self._folder = weights_folder
        self._versions = weights_folder / "versions"
        self._pointer = PointerFile(weights_folder / "champion.json")
        self._base_gguf = base_gguf
        self._clock = clock
        self._make_base = make_base

    def champion(self) -> ModelVersion:
        """The version that answers. The first call registers the base.

        When the settings name another base than before, its last champion takes over. A pointer
        that is lost or names lost weights gives way to the newest version that is intact.
        Raises `WeightsMissing` when there are no weights at all.
        """
        with self._locked():
            return self._champion()[0]

    def base(self) -> ModelVersion:
        """The base that the champion was made from. Raises `WeightsMissing` if it is gone."""
        with self._locked():
            champion, _ = self._champion()
            for version in self.versions():
                if version.gguf_sha256 == champion.base_sha256 and is_present(version):
                    return version
            raise WeightsMissing(
                f"the base of {champion.name} is gone; name its file in model.gguf of settings.toml"
            )

    def on_trial(self) -> bool:
        """Whether the champion has yet to load and answer for the first time."""
        with self._locked():
            return self._champion()[1].on_trial

    def gave_way(self) -> str:
        """Which champion failed, why, and which took over; empty once the owner chose another.

        As the last look at the champion found it.
        """
        return self._pointer.read().gave_way

    def versions(self) -> list[ModelVersion]:
        """All whole versions, oldest first."""
        return whole_versions(self._versions)

    def get(self, name: str) -> ModelVersion:
        """The version of that name, or `UnknownVersion`."""
        known = {version.name: version for version in self.versions()}
        if name not in known:
            raise UnknownVersion(f"no version {name!r}; known are {', '.join(known) or 'none'}")
        return known[name]

    def add(self, gguf: Path, adapter: Path, parent: ModelVersion, night_id: int) -> ModelVersion:
        """Move a night's two files, from the same filesystem, into a version of their own.

        It is listed once it is whole and on the disk. On failure the files are moved back.
        """
        with self._locked():
            name = free_name(self._versions, f"night-{night_id:04d}")
            folder = self._versions / name
            version = ModelVersion(
                name=name,
                parent=parent.name,
                gguf=folder / GGUF_NAME,
                gguf_sha256=hash_file(gguf),
                gguf_size_bytes=gguf.stat().st_size,
                adapter=folder / ADAPTER_NAME,
                adapter_sha256=hash_file(adapter),
                base_sha256=parent.base_sha256,
                night_id=night_id,
                created_at=self._clock().astimezone(UTC),
            )
            moves = {gguf: GGUF_NAME, adapter: ADAPTER_NAME}
            store_version(self._versions, version, moves)
            return version

    def promote(self, version: ModelVersion) -> None:
        """Make it the champion, on trial until `confirm_good`. One file is replaced."""
        self.use(version.name)

    def use(self, name: str) -> ModelVersion:
        """Make the version of that name the champion, on trial, and remember the one before.

        Raises `UnknownVersion`, or `WeightsMissing` when its file is gone.
        """
        with self._locked():
            version = self.get(name)
            if version.removed_at is not None:
                raise WeightsMissing(f"{name} cannot be used: {REMOVED}; use another")
            if not is_present(version):
                raise WeightsMissing(f"{version.gguf} of {name} is gone or not whole; use another")
            champion, pointer = self._champion()
            if champion.name != name:
                changed = replace(pointer, previous=champion.name, on_trial=True, gave_way="")
                self._pointer.point(changed, version)
            elif pointer.gave_way:
                self._pointer.write(replace(pointer, gave_way=""))
            return version

    def rollback(self) -> ModelVersion:
        """Make the version before the champion the champion; again goes on through parents.

        Raises `NothingToRollBack` when the champion is a base with nothing before it.
        """
        with self._locked():
            champion, pointer = self._champion()
            earlier = nearest_before(self.versions(), champion, pointer.previous)
            if earlier is None:
                raise NothingToRollBack(
                    f"{champion.name} is the oldest version; there is nothing to roll back to"
                )
            self._pointer.point(
                replace(pointer, previous=None, on_trial=False, gave_way=""), earlier
            )
            return earlier

    def confirm_good(self, version: ModelVersion | None = None) -> None:
        """End the trial: the champion loaded and answered.

        With `version`, only if that is still the champion: a night may have promoted another.
        """
        with self._locked():
            champion, pointer = self._champion()
            if pointer.on_trial and (version is None or version.name == champion.name):
                self._pointer.point(replace(pointer, on_trial=False), champion)

    def report_failed_load(self, version: ModelVersion | None = None) -> ModelVersion | None:
        """Count a failed load of a champion on trial; the version fallen back to, if any.

        With `version`, only if that is still the champion.
        """
        with self._locked():
            champion, pointer = self._champion()
            if not pointer.on_trial or (version and version.name != champion.name):
                return None
            failed = pointer.failed_loads + 1
            earlier = (
                nearest_before(self.versions(), champion, pointer.previous)
                if failed >= MAX_FAILED_LOADS
                else None
            )
            if earlier is None:
                self._pointer.write(replace(pointer, failed_loads=failed))
            else:
                self._pointer.give_way(
                    pointer, champion, earlier, "it could not be loaded", on_trial=True
                )
            return earlier

    def report_damaged(self, version: ModelVersion, reason: str) -> ModelVersion | None:
        """Give up a champion whose files are not those recorded; the version fallen back to.

        That is the nearest one before it whose every file verifies. None, and nothing changes,
        where there is none, and where another is the champion by now.
        """
        with self._locked():
            champion, pointer = self._champion()
            if champion.name != version.name:
                return None
            earlier = nearest_before(self.versions(), champion, pointer.previous, verifies)
            if earlier is not None:
                self._pointer.give_way(pointer, champion, earlier, reason, on_trial=True)
            return earlier

    def prune(self, keep: int) -> list[ModelVersion]:
        """Remove the files of trained versions, but for the `keep` newest; the ones removed.

        Every base's last champion stays; of one on trial, so does what it would give way to.
        Raises `OSError` for a file that cannot be removed; the next call tries again.
        """
        with self._locked():
            champion, pointer = self._champion()
            versions = self.versions()
            needed = {champion.name, *pointer.champions.values()}
            before = nearest_before(versions, champion, pointer.previous)
            if pointer.on_trial and before is not None:
                needed.add(before.name)
            removed = without_need(versions, needed, keep)
            remove_files(self._versions, versions, removed, self._clock())
            return removed

    def intact_champion(self) -> ModelVersion:
        """The champion, every file held against its hash; a damaged one gives way.

        Raises `WeightsMissing` when none is left to give way to.
        """
        while True:
            champion = self.champion()
            found = verify_version(champion)
            if found.ok:
                return champion
            if self.report_damaged(champion, found.reason) is None and self.champion() == champion:
                raise WeightsMissing(f"{found.reason}; run `reverie doctor`")

    def verify(self, name: str | None = None) -> list[VerifyResult]:
        """Hold every file of one version, or of all, against its recorded size and hash."""
        if name is not None:
            return [verify_version(self.get(name))]
        whole = self.versions()
        broken = {f.name for f in version_folders(self._versions)} - {v.name for v in whole}
        reason = "version.json cannot be read; delete the folder"
        lost = [VerifyResult(folder, False, reason) for folder in sorted(broken)]
        return [verify_version(version) for version in whole] + lost

    def _champion(self) -> tuple[ModelVersion, Pointer]:
        pointer = self._pointer.read()
        with suppress(WeightsMissing):  # trained weights answer without their base
            pointer = self._with_base(pointer)
        known = {version.name: version for version in self.versions()}
        champion = known.get(pointer.version)
        if champion is None or not is_present(champion):
            lost, champion = champion, successor(self.versions(), champion, pointer.previous)
            if champion is None:
                raise WeightsMissing(f"{self._base_gguf} not found; run `reverie doctor`")
            pointer = self._pointer.give_way(
                pointer, lost, champion, "its files are gone or not whole"
            )
        return champion, pointer

    def _with_base(self, pointer: Pointer) -> Pointer:
        """Follow the settings to their base; the pointer then valid. Raises `WeightsMissing`."""
        if not self._base_gguf.exists():
            self._make_base()
        changed, champion = following(pointer, self._base_gguf, self._versions, self._clock)
        if champion is not None:
            return self._pointer.point(changed, champion)
        if changed != pointer:
            self._pointer.write(changed)
        return changed

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process at a time read the pointer and replace it."""
        for folder in (self._folder, self._versions):
            folder.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
        with holding(self._folder / ".lock"):
            yield
