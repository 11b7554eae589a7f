"""A changed setting leaves everything else in the file as its owner wrote it."""

import stat
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.settings_edit import set_setting, write_changes
from assistant.settings_file import SettingsInvalid, load_settings


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[schedule]\nat = "04:30"\n'),
        (
            '# mine\n[schedule] # nights\nat = "03:00"  # late\nenabled = true\n',
            '# mine\n[schedule] # nights\nat = "04:30"  # late\nenabled = true\n',
        ),
        ("[chat]\ntop_p = 0.9", '[chat]\ntop_p = 0.9\n[schedule]\nat = "04:30"\n'),
        ('schedule.at = "02:00"\n', 'schedule.at = "04:30"\n'),
        ('schedule = {at = "02:00"}\n', 'schedule = {at = "04:30"}\n'),
    ],
)
def test_one_key_is_written_and_the_rest_is_kept(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(before)
    set_setting(file, "schedule", "at", "04:30")
    assert file.read_text() == after
    assert load_settings(tmp_path).schedule.at == "04:30"


def test_a_missing_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    set_setting(file, "schedule", "at", "04:30")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_link_to_a_file_elsewhere_stays_one(tmp_path: Path) -> None:
    kept, file = tmp_path / "dotfile", tmp_path / "settings.toml"
    kept.write_text("# kept\n")
    file.symlink_to(kept)
    set_setting(file, "schedule", "at", "04:30")
    assert file.is_symlink()
    assert kept.read_text() == '# kept\n\n[schedule]\nat = "04:30"\n'


@pytest.mark.parametrize("text", ["schedule = 3\n", "[schedule\n"])
def test_a_file_that_cannot_be_changed_is_named_and_left(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(SettingsInvalid, match=r"settings\.toml"):
        set_setting(file, "schedule", "at", "04:30")
    assert file.read_text() == text


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    before = Settings(home=tmp_path)
    after = replace(
        before,
        model=replace(before.model, gguf="/m/ö\"x'.gguf", gpu_layers=0),
        schedule=replace(before.schedule, enabled=False, max_load=0.5),
    )
    write_changes(before, before)
    assert list(tmp_path.iterdir()) == []
    write_changes(before, after)
    assert load_settings(tmp_path) == after
    written = tomllib.loads(before.file.read_text(encoding="utf-8"))
    assert written == {
        "model": {"gguf": "/m/ö\"x'.gguf", "gpu_layers": 0},
        "schedule": {"enabled": False, "max_load": 0.5},
    }
