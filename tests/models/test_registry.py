"""Versions are whole or not there, and there is always a way back."""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from models import version
from models.base import WeightsMissing
from models.locks import FolderHeld, holding
from models.registry import ModelVersion, NothingToRollBack, Registry, UnknownVersion


class Clock:
    """One minute later at every look."""

    def __init__(self) -> None:
        self._minutes = count()

    def __call__(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=next(self._minutes))


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "elsewhere" / "base.gguf"
    path.parent.mkdir()
    path.write_bytes(b"base weights")
    return path


@pytest.fixture
def registry(tmp_path: Path, base: Path) -> Registry:
    return Registry(tmp_path / "weights", base, Clock())


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "work"
    folder.mkdir()
    yield folder


def reopened(tmp_path: Path, base: Path) -> Registry:
    return Registry(tmp_path / "weights", base, Clock())


def add_night(
    registry: Registry, work: Path, night_id: int, parent: ModelVersion | None = None
) -> ModelVersion:
    (work / "out.gguf").write_bytes(f"merged {night_id}".encode())
    (work / "lora.safetensors").write_bytes(f"adapter {night_id}".encode())
    parent = parent or registry.champion()
    return registry.add(work / "out.gguf", work / "lora.safetensors", parent, night_id)


def promote_night(registry: Registry, work: Path, night_id: int) -> ModelVersion:
    night = add_night(registry, work, night_id)
    registry.promote(night)
    registry.confirm_good()
    return night


def pointer(tmp_path: Path) -> dict[str, object]:
    values = json.loads((tmp_path / "weights" / "champion.json").read_text())
    assert isinstance(values, dict)
    return values


def test_the_first_champion_is_the_base_where_it_lies(registry: Registry, base: Path) -> None:
    champion = registry.champion()
    assert (champion.name, champion.gguf, champion.parent) == ("base", base, None)
    assert champion.base_sha256 == champion.gguf_sha256
    assert champion.gguf_size_bytes == len(b"base weights")
    assert champion.adapter is None
    assert [v.name for v in registry.versions()] == ["base"]


def test_a_base_is_hashed_once(
    registry: Registry, tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = registry.champion()
    monkeypatch.setattr("models.registry.hash_file", lambda path: pytest.fail("hashed again"))
    monkeypatch.setattr(version, "hash_file", lambda path: pytest.fail("hashed again"))
    assert reopened(tmp_path, base).champion() == first


def test_a_missing_base_is_weights_missing(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match=r"gone\.gguf not found; run `reverie doctor`"):
        Registry(tmp_path / "weights", tmp_path / "gone.gguf", Clock()).champion()


def test_a_night_moves_into_a_folder_closed_to_others(
    registry: Registry, tmp_path: Path, work: Path
) -> None:
    night = add_night(registry, work, 7)
    assert night.name == "night-0007"
    assert night.parent == "base"
    assert night.night_id == 7
    assert night.gguf.read_bytes() == b"merged 7"
    assert night.adapter is not None and night.adapter.read_bytes() == b"adapter 7"
    assert list(work.iterdir()) == []
    for folder in (tmp_path / "weights", tmp_path / "weights/versions", night.gguf.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in night.gguf.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert registry.champion().name == "base"
    assert registry.get("night-0007") == night
    assert [v.name for v in registry.versions()] == ["base", "night-0007"]


def test_a_night_run_twice_gets_a_name_of_its_own(registry: Registry, work: Path) -> None:
    assert [add_night(registry, work, 7).name for _ in range(3)] == [
        "night-0007",
        "night-0007-2",
        "night-0007-3",
    ]


@pytest.mark.parametrize("fails_at", range(1, 5))
def test_a_half_made_version_is_never_listed_and_its_files_come_back(
    registry: Registry, work: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    registry.champion()
    calls = count(1)

    def failing_fsync(descriptor: int) -> None:
        if next(calls) == fails_at:
            raise OSError("the disk is full")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="full"):
        patch.setattr("os.fsync", failing_fsync)
        add_night(registry, work, 1)
    assert [v.name for v in registry.versions()] == ["base"]
    assert sorted(f.name for f in work.iterdir()) == ["lora.safetensors", "out.gguf"]
    assert add_night(registry, work, 1).name == "night-0001"


def test_a_folder_that_is_not_a_version_is_not_listed_but_reported(
    registry: Registry, tmp_path: Path
) -> None:
    registry.champion()
    (tmp_path / "weights/versions/night-0009").mkdir()
    assert [v.name for v in registry.versions()] == ["base"]
    results = {r.name: r for r in registry.verify()}
    assert results["base"].ok
    assert not results["night-0009"].ok and "version.json" in results["night-0009"].reason


def test_a_promoted_version_is_on_trial_until_it_answers(
    registry: Registry, tmp_path: Path, base: Path, work: Path
) -> None:
    night = add_night(registry, work, 1)
    registry.promote(night)
    assert registry.champion() == night and registry.on_trial()
    assert reopened(tmp_path, base).champion() == night
    registry.confirm_good()
    assert not registry.on_trial()
    assert pointer(tmp_path)["previous"] == "base"


def test_one_version_answering_does_not_confirm_another(registry: Registry, work: Path) -> None:
    first = promote_night(registry, work, 1)
    registry.promote(add_night(registry, work, 2))
    registry.confirm_good(first)
    assert registry.on_trial()
    assert registry.report_failed_load(first) is None
    assert registry.report_failed_load(first) is None
    assert registry.champion().name == "night-0002"


def test_the_pointer_is_replaced_whole_or_not_at_all(
    registry: Registry, tmp_path: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = add_night(registry, work, 1)
    before = pointer(tmp_path)

    def fail(descriptor: int) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="full"):
        patch.setattr("os.fsync", fail)
        registry.promote(night)
    assert pointer(tmp_path) == before
    assert not list((tmp_path / "weights").glob("*.part"))


def test_the_pointer_is_on_the_disk_before_and_after_it_is_replaced(
    registry: Registry, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = add_night(registry, work, 1)
    steps: list[str] = []
    real_replace = Path.replace

    def recorded_replace(self: Path, target: Path) -> Path:
        steps.append("replace")
        return real_replace(self, target)

    monkeypatch.setattr("os.fsync", lambda descriptor: steps.append("fsync"))
    monkeypatch.setattr(Path, "replace", recorded_replace)
    registry.promote(night)
    assert steps == ["fsync", "replace", "fsync"]


def test_rollback_walks_back_to_the_base_and_no_further(registry: Registry, work: Path) -> None:
    for night_id in (1, 2, 3):
        promote_night(registry, work, night_id)
    names = [registry.rollback().name for _ in range(3)]
    assert names == ["night-0002", "night-0001", "base"]
    assert registry.champion().name == "base" and not registry.on_trial()
    with pytest.raises(NothingToRollBack, match="base is the oldest version"):
        registry.rollback()


def test_rollback_passes_over_weights_that_are_gone(registry: Registry, work: Path) -> None:
    promote_night(registry, work, 1)
    middle = promote_night(registry, work, 2)
    promote_night(registry, work, 3)
    middle.gguf.unlink()
    assert registry.rollback().name == "night-0001"


def test_rollback_after_use_returns_to_what_was_in_use(registry: Registry, work: Path) -> None:
    promote_night(registry, work, 1)
    assert registry.use("base").name == "base"
    assert registry.rollback().name == "night-0001"


def test_a_version_that_fails_to_load_twice_gives_way(registry: Registry, work: Path) -> None:
    promote_night(registry, work, 1)
    registry.promote(add_night(registry, work, 2))
    assert registry.report_failed_load() is None
    fallen_to = registry.report_failed_load()
    assert fallen_to is not None and fallen_to.name == "night-0001"
    assert registry.champion().name == "night-0001"


def test_failing_versions_fall_back_down_to_the_base(registry: Registry, work: Path) -> None:
    registry.promote(add_night(registry, work, 1))
    registry.promote(add_night(registry, work, 2))
    fallen = [registry.report_failed_load() for _ in range(6)]
    assert [v.name if v else None for v in fallen] == [
        None,
        "night-0001",
        None,
        "base",
        None,
        None,
    ]


def test_a_version_past_its_trial_is_not_dropped_for_a_failed_load(
    registry: Registry, work: Path
) -> None:
    promote_night(registry, work, 1)
    assert [registry.report_failed_load() for _ in range(3)] == [None] * 3
    assert registry.champion().name == "night-0001"


def test_an_unknown_name_is_named_with_the_known_ones(registry: Registry, work: Path) -> None:
    promote_night(registry, work, 1)
    for name in ("night-0002", "../versions/base", ""):
        with pytest.raises(UnknownVersion, match="known are base, night-0001"):
            registry.use(name)
        with pytest.raises(UnknownVersion, match=f"no version '{name}'"):
            registry.verify(name)


def test_weights_that_are_gone_cannot_be_used(registry: Registry, work: Path) -> None:
    night = add_night(registry, work, 1)
    night.gguf.unlink()
    with pytest.raises(WeightsMissing, match="night-0001 is gone"):
        registry.promote(night)
    assert registry.champion().name == "base"


DAMAGES = {
    "empty": b"",
    "half": b'{"version": "night-0',
    "a list": b"[]",
    "wrong types": b'{"version": 3, "previous": null, "on_trial": "no", "failed_loads": 0}',
    "unknown version": b'{"version": "night-0099", "previous": null, "on_trial": false, '
    b'"failed_loads": 0, "base_sha256": "", "base_seen": "", "champions": {}}',
    "not text": b"\xff\xfe\x00",
    "no end": b"[" * 100_000,
    "a list before": b'{"version": "night-0002", "previous": [], "on_trial": false, '
    b'"failed_loads": 0, "base_sha256": "", "base_seen": "", "champions": {}}',
    "a list of champions": b'{"version": "night-0002", "previous": null, "on_trial": false, '
    b'"failed_loads": 0, "base_sha256": "", "base_seen": "", "champions": {"a": []}}',
}


@pytest.mark.parametrize("damage", [*DAMAGES, "gone"])
def test_a_damaged_pointer_gives_way_to_the_newest_intact_version(
    registry: Registry, tmp_path: Path, base: Path, work: Path, damage: str
) -> None:
    promote_night(registry, work, 1)
    spoiled = promote_night(registry, work, 2)
    spoiled.gguf.write_bytes(b"merged !")
    file = tmp_path / "weights/champion.json"
    file.unlink() if damage == "gone" else file.write_bytes(DAMAGES[damage])
    assert reopened(tmp_path, base).champion().name == "night-0001"
    assert pointer(tmp_path)["version"] == "night-0001"


def test_champions_without_their_base_still_answer(
    registry: Registry, tmp_path: Path, base: Path, work: Path
) -> None:
    promote_night(registry, work, 1)
    base.unlink()
    assert reopened(tmp_path, base).champion().name == "night-0001"


def test_the_base_is_the_one_that_the_champion_was_made_from(
    registry: Registry, tmp_path: Path, base: Path, work: Path
) -> None:
    promote_night(registry, work, 1)
    assert registry.base().gguf == base
    other = tmp_path / "other.gguf"
    other.write_bytes(b"other weights")
    changed = reopened(tmp_path, other)
    assert changed.base().gguf == other
    changed.use("night-0001")
    assert changed.base().gguf == base
    base.unlink()
    with pytest.raises(WeightsMissing, match="base of night-0001 is gone"):
        changed.base()


def test_another_base_in_the_settings_takes_over_and_coming_back_restores(
    registry: Registry, tmp_path: Path, base: Path, work: Path
) -> None:
    promote_night(registry, work, 1)
    other = tmp_path / "other.gguf"
    other.write_bytes(b"other weights")
    changed = reopened(tmp_path, other)
    champion = changed.champion()
    assert champion.name == f"base-{champion.gguf_sha256[:8]}"
    assert champion.gguf == other
    assert add_night(changed, work, 2).base_sha256 == champion.gguf_sha256
    assert reopened(tmp_path, base).champion().name == "night-0001"
    assert reopened(tmp_path, other).champion().name == champion.name


def test_a_version_of_another_base_can_be_used_all_the_same(
    registry: Registry, tmp_path: Path, work: Path
) -> None:
    promote_night(registry, work, 1)
    other = tmp_path / "other.gguf"
    other.write_bytes(b"other weights")
    changed = reopened(tmp_path, other)
    changed.use("night-0001")
    assert reopened(tmp_path, other).champion().name == "night-0001"


def test_the_same_base_in_another_place_is_the_same_version(
    registry: Registry, tmp_path: Path, base: Path
) -> None:
    registry.champion()
    moved = tmp_path / "moved.gguf"
    base.rename(moved)
    champion = reopened(tmp_path, moved).champion()
    assert (champion.name, champion.gguf) == ("base", moved)


def test_a_base_changed_in_its_place_is_another_version(
    registry: Registry, tmp_path: Path, base: Path
) -> None:
    registry.champion()
    base.write_bytes(b"base changed")
    os.utime(base, ns=(1, 1))
    assert reopened(tmp_path, base).champion().name.startswith("base-")
    assert [r.ok for r in registry.verify()] == [False, True]


def test_verify_tells_what_is_wrong(registry: Registry, work: Path) -> None:
    nights = [add_night(registry, work, night_id) for night_id in (1, 2, 3, 4)]
    assert all(result.ok for result in registry.verify())
    nights[0].gguf.write_bytes(b"merged !")
    nights[1].gguf.write_bytes(b"merged")
    assert nights[2].adapter is not None
    nights[2].adapter.write_bytes(b"adapter !")
    nights[3].gguf.unlink()
    reasons = {result.name: result.reason for result in registry.verify()}
    assert "not the file that was recorded" in reasons["night-0001"]
    assert "has 6 bytes, recorded are 8" in reasons["night-0002"]
    assert "adapter.safetensors is not the file" in reasons["night-0003"]
    assert "cannot be read" in reasons["night-0004"]
    assert [r.ok for r in registry.verify("base")] == [True]


def test_a_version_read_back_is_the_one_added(
    registry: Registry, tmp_path: Path, base: Path, work: Path
) -> None:
    night = add_night(registry, work, 1)
    assert reopened(tmp_path, base).get("night-0001") == night
    assert replace(night, name="x") != night


def flip_a_bit(file: Path) -> None:
    """As a disk does: its time stays, and so does its size."""
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    file.write_bytes(bytes([file.read_bytes()[0] ^ 1]) + file.read_bytes()[1:])
    os.utime(file, ns=times)


def test_it_is_told_which_champion_is_gone_until_another_is_chosen(
    registry: Registry, work: Path
) -> None:
    first, second = (promote_night(registry, work, n) for n in (1, 2))
    second.gguf.unlink()
    assert registry.champion() == first
    assert registry.gave_way() == (
        f"{second.name} gave way to {first.name}: its files are gone or not whole"
    )
    registry.rollback()
    assert registry.gave_way() == ""


def test_a_damaged_champion_gives_way_to_the_nearest_whole_one_before_it(
    registry: Registry, work: Path
) -> None:
    first, second, third = (promote_night(registry, work, n) for n in (1, 2, 3))
    flip_a_bit(second.gguf)
    flip_a_bit(third.gguf)
    assert registry.report_damaged(second, "a bit") is None
    assert registry.report_damaged(third, "a bit") == first
    assert registry.champion() == first
    assert registry.on_trial()


def test_a_champion_cut_short_gives_way_to_the_one_before_not_to_one_rolled_back(
    registry: Registry, work: Path
) -> None:
    promote_night(registry, work, 1)
    second = promote_night(registry, work, 2)
    promote_night(registry, work, 3)
    registry.rollback()
    second.gguf.write_bytes(b"")
    assert registry.champion().name == "night-0001"


def test_the_intact_champion_is_one_whose_adapter_verifies_too(
    registry: Registry, work: Path
) -> None:
    first, second = (promote_night(registry, work, n) for n in (1, 2))
    assert registry.intact_champion() == second
    assert second.adapter is not None
    flip_a_bit(second.adapter)
    assert registry.intact_champion() == first


def test_without_any_whole_version_the_damage_is_named(registry: Registry, base: Path) -> None:
    registry.champion()
    flip_a_bit(base)
    with pytest.raises(WeightsMissing, match=r"base\.gguf is not the file.*run `reverie doctor`"):
        registry.intact_champion()


def test_what_a_killed_process_left_in_the_versions_goes(
    registry: Registry, tmp_path: Path, work: Path
) -> None:
    left = tmp_path / "weights/versions/.night-0007"
    left.mkdir(parents=True)
    (left / "model.gguf").write_bytes(b"half")
    promote_night(registry, work, 8)
    assert not left.exists()


def test_a_lock_that_is_not_let_go_is_an_error_not_a_wait_for_ever(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with (
        holding(lock),
        pytest.raises(FolderHeld, match=r"was held by another program for 0 s; close that one"),
        holding(lock, patience_s=0.05),
    ):
        pass
    with holding(lock):
        pass


def test_versions_that_name_each_other_as_parents_end_nowhere(
    registry: Registry, tmp_path: Path, work: Path
) -> None:
    for n in (1, 2):
        promote_night(registry, work, n)
        file = tmp_path / f"weights/versions/night-000{n}/version.json"
        values = json.loads(file.read_text())
        file.write_text(json.dumps(values | {"parent": f"night-000{3 - n}"}))
    for n in (1, 2):
        (tmp_path / f"weights/versions/night-000{n}/model.gguf").unlink()
    assert registry.champion().name == "base"


@pytest.mark.parametrize("key", ["gguf_size_bytes", "night_id", "created_at"])
def test_a_version_with_a_number_past_all_bounds_is_not_listed(
    registry: Registry, work: Path, key: str
) -> None:
    night = promote_night(registry, work, 1)
    file = night.gguf.with_name("version.json")
    values = json.loads(file.read_text()) | {key: float("inf")}
    file.write_text(json.dumps(values))
    assert [version.name for version in registry.versions()] == ["base"]


def test_old_versions_files_go_and_what_they_were_stays(
    registry: Registry, work: Path, tmp_path: Path, base: Path
) -> None:
    nights = [promote_night(registry, work, number) for number in range(1, 5)]
    removed = registry.prune(2)
    assert [one.name for one in removed] == ["night-0001", "night-0002"]
    assert registry.prune(2) == []
    again = reopened(tmp_path, base)
    assert [one.name for one in again.versions()] == ["base", *(one.name for one in nights)]
    gone = [one.name for one in again.versions() if one.removed_at is not None]
    assert gone == ["night-0001", "night-0002"]
    assert sorted(file.name for file in nights[0].gguf.parent.iterdir()) == ["version.json"]
    assert all(result.ok for result in again.verify())
    with pytest.raises(WeightsMissing, match="night-0001 cannot be used: its files were removed"):
        again.use("night-0001")
    assert again.rollback().name == "night-0003"
    assert again.rollback().name == "base"  # the two between have no files


def test_what_a_version_on_trial_gives_way_to_keeps_its_files(
    registry: Registry, work: Path
) -> None:
    first = promote_night(registry, work, 1)
    second = add_night(registry, work, 2)
    registry.promote(second)
    assert registry.prune(1) == []
    registry.confirm_good()
    assert [one.name for one in registry.prune(1)] == [first.name]
    assert registry.champion() == second


def test_a_live_version_keeps_its_files_however_old(registry: Registry, work: Path) -> None:
    first = promote_night(registry, work, 1)
    later = [promote_night(registry, work, number) for number in (2, 3)]
    registry.use(first.name)
    registry.confirm_good()
    assert [one.name for one in registry.prune(1)] == [later[0].name]
    assert registry.intact_champion() == first


def test_files_that_a_killed_removal_left_go_with_the_next(
    registry: Registry, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = promote_night(registry, work, 1)
    promote_night(registry, work, 2)
    with monkeypatch.context() as patched, pytest.raises(OSError, match="read-only"):
        patched.setattr(Path, "unlink", _refuse)
        registry.prune(1)
    assert first.gguf.exists()
    assert registry.get(first.name).removed_at is not None
    assert registry.prune(1) == []
    assert not first.gguf.exists()


def _refuse(*_: object, **__: object) -> None:
    raise OSError("read-only")
