"""A home goes into one file and comes back as it was; a bad archive restores nothing."""

import json
import os
import stat
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from assistant.settings import Settings
from memory.database import Connections
from models.registry import Registry
from tests.tui.test_cli import Shell, _umask, home, lived_in, one_line, reverie

__all__ = ["_umask", "home", "lived_in", "reverie"]


@pytest.fixture
def trained(lived_in: Path) -> Path:
    """A home with a night's version live, caches, logs, and something forgotten."""
    base = lived_in.parent / "base.gguf"
    registry = Registry(lived_in / "weights", base)
    for name in ("model.gguf", "adapter.safetensors"):
        (lived_in / name).write_bytes(f"trained {name}".encode() * 1000)
    version = registry.add(
        lived_in / "model.gguf", lived_in / "adapter.safetensors", registry.champion(), 1
    )
    registry.promote(version)
    for name in (
        "cache/a.json",
        f"{Settings(home=lived_in).work_folder.relative_to(lived_in)}/night-9/x",
        "engine.log",
        "night.lock",
        "keep/me: a",
    ):
        (lived_in / name).parent.mkdir(parents=True, exist_ok=True)
        (lived_in / name).write_text(name)
    (lived_in / "link").symlink_to(base)
    return lived_in


@pytest.fixture
def archive(trained: Path, reverie: Shell, tmp_path: Path) -> Path:
    assert reverie("backup", str(tmp_path / "all.zip")).code == 0
    return tmp_path / "all.zip"


def restored(reverie: Shell, archive: Path, to: Path) -> Any:
    return reverie("--home", str(to), "restore", str(archive), home=False)


def test_a_backup_holds_the_home_and_no_caches(
    reverie: Shell, trained: Path, tmp_path: Path
) -> None:
    out = tmp_path / "all.zip"
    said = reverie("backup", str(out))
    assert said.out.splitlines() == [
        f"8 files are in {out} ({out.stat().st_size / 1e6:.1f} MB), for your eyes only.",
        "The base model, base.gguf, is not in it; it is yours: keep its file as well.",
        "What is forgotten later stays in it: delete it then.",
        "Left out, for it is no plain file: link.",
    ]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert set(zipfile.ZipFile(out).namelist()) == {
        "backup.json",
        "keep/me: a",
        "reverie.db",
        "settings.toml",
        "weights/champion.json",
        "weights/versions/base/version.json",
        "weights/versions/night-0001/adapter.safetensors",
        "weights/versions/night-0001/model.gguf",
        "weights/versions/night-0001/version.json",
    }
    assert not [path.name for path in trained.iterdir() if path.name.endswith(".part")]


def test_a_restored_home_is_as_it_was(
    reverie: Shell, trained: Path, archive: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    said = restored(reverie, archive, new)
    assert (said.code, said.err) == (0, "")
    for words in (("memory", "list"), ("nights", "show", "1"), ("models", "verify")):
        before = reverie(*words, "--json")
        assert reverie("--home", str(new), *words, "--json", home=False) == before
    live = reverie("--home", str(new), "models", "--json", home=False).document
    assert [(one["name"], one["live"]) for one in live] == [("base", False), ("night-0001", True)]
    files = [path for path in new.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    folders = [path for path in new.rglob("*") if path.is_dir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_a_backup_is_of_one_moment_while_others_write(
    reverie: Shell, trained: Path, tmp_path: Path
) -> None:
    with Connections(trained / "reverie.db") as other, other.writing() as db:
        db.execute("UPDATE episode SET user_text = 'half' WHERE id = 1")
        assert reverie("backup", str(tmp_path / "all.zip")).code == 0
        db.execute("UPDATE episode SET user_text = 'half' WHERE id = 2")
    restored(reverie, tmp_path / "all.zip", tmp_path / "new")
    found = reverie("--home", str(tmp_path / "new"), "memory", "list", "--json", home=False)
    assert "half" not in found.out and "Biscuit" in found.out


def test_a_backup_never_has_what_was_forgotten(
    reverie: Shell, trained: Path, tmp_path: Path
) -> None:
    reverie("memory", "forget", "1")
    reverie("backup", str(tmp_path / "all.zip"))
    content = b"".join(
        zipfile.ZipFile(tmp_path / "all.zip").read(name)
        for name in zipfile.ZipFile(tmp_path / "all.zip").namelist()
    )
    assert b"Biscuit" not in content and b"Rex is my cat" in content
    assert reverie("memory", "undo").code == 0


@pytest.mark.usefixtures("trained")
def test_a_backup_is_not_written_over_or_into_what_it_keeps(
    reverie: Shell, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "there").touch()
    assert "is there already" in one_line(reverie("backup", str(tmp_path / "there")))
    assert "inside the home" in one_line(reverie("backup", str(home / "x.zip")))
    assert "cannot be written" in one_line(reverie("backup", str(tmp_path / "gone" / "x.zip")))
    with FileLock(home / "night.lock"):
        assert "a night is running" in one_line(reverie("backup", str(tmp_path / "x.zip")))


def test_a_home_with_something_in_it_is_left_alone(
    reverie: Shell, trained: Path, archive: Path
) -> None:
    said = reverie("restore", str(archive))
    assert said.code == 1
    assert one_line(said).endswith("is not empty; name a new folder with --home")


Members = dict[str, bytes]


def _rewritten(archive: Path, out: Path, change: Callable[[Members, Any], None]) -> Path:
    """The archive with other members, its list of files made to fit unless the change says so."""
    with zipfile.ZipFile(archive) as old:
        members = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(members.pop("backup.json"))
    before = dict(members)
    change(members, manifest)
    for name, content in members.items():
        if before.get(name) != content and name not in manifest.get("kept", ()):
            told = {"sha256": sha256(content).hexdigest(), "size_bytes": len(content)}
            manifest["files"][name] = told
    with zipfile.ZipFile(out, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)
        new.writestr("backup.json", json.dumps(manifest))
    return out


def _future_schema(members: Members, manifest: Any) -> None:
    file = Path(os.environ["TMP_DB"])
    file.write_bytes(members["reverie.db"])
    with Connections(file) as connections:
        connections.database()["_sqlite_migrations"].insert(
            {"migration_set": "reverie", "name": "m999_tomorrow", "applied_at": "later"}
        )
    members["reverie.db"] = file.read_bytes()


def _damaged(members: Members, manifest: Any) -> None:
    name = "weights/versions/night-0001/model.gguf"
    members[name] = members[name].replace(b"trained", b"drained")
    manifest["kept"] = [name]


def _swapped(members: Members, manifest: Any) -> None:
    members["weights/versions/night-0001/model.gguf"] = b"another model"


CHANGES: dict[str, tuple[Callable[[Members, Any], object], str]] = {
    "up": (lambda m, _: m.update({"../out": b"x"}), "'../out' has no business in a backup"),
    "root": (lambda m, _: m.update({"/out": b"x"}), "'/out' has no business"),
    "deep": (lambda m, _: m.update({"a/../../out": b"x"}), "has no business"),
    "slashes": (lambda m, _: m.update({"a\\..\\out": b"x"}), "has no business"),
    "drive": (lambda m, _: m.update({"C:out": b"x"}), "has no business"),
    "control": (lambda m, _: m.update({"a\x1bb": b"x"}), "has no business"),
    "line": (lambda m, _: m.update({"a\nb": b"x"}), "has no business"),
    "missing": (lambda m, _: m.pop("settings.toml"), "not whole: settings.toml"),
    "damaged": (_damaged, "model.gguf is damaged; nothing was restored"),
    "swapped": (_swapped, "version night-0001: "),
    "future schema": (_future_schema, "update Reverie"),
    "future backup": (lambda _, told: told.update(version=2), "this Reverie reads 1"),
    "other": (lambda _, told: told.update(format="x"), "this is no backup of Reverie"),
    "no list": (lambda _, told: told.pop("base"), "this is no backup of Reverie"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_an_archive_that_is_not_as_it_was_written_restores_nothing(
    reverie: Shell, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("TMP_DB", str(tmp_path / "copy.db"))
    change, why = CHANGES[name]
    bad = _rewritten(archive, tmp_path / "bad.zip", change)  # type: ignore[arg-type]
    said = restored(reverie, bad, tmp_path / "new")
    assert said.code == 1
    assert why in one_line(said)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["reverie.log"]
    assert not (tmp_path / "out").exists()
    assert restored(reverie, archive, tmp_path / "new").code == 0, "the folder can be used"


def test_a_link_in_an_archive_restores_nothing(
    reverie: Shell, archive: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(archive, "a") as opened:
        info = zipfile.ZipInfo("evil")
        info.external_attr = 0o120777 << 16
        opened.writestr(info, "/etc/passwd")
    said = restored(reverie, archive, tmp_path / "new")
    assert "'evil' has no business in a backup" in one_line(said)


@pytest.mark.parametrize("content", [b"", b"no zip", None])
def test_what_is_no_archive_is_one_line(
    reverie: Shell, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "x.zip"
    if content is not None:
        file.write_bytes(content)
    said = restored(reverie, file, tmp_path / "new")
    assert said.code == 1
    assert one_line(said).startswith("x.zip")
