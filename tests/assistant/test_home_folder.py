"""A home is unused until something of its owner is in it, and a look at it leaves nothing."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.home_folder import is_unused, why_unwritable
from assistant.settings import Settings
from memory.database import Connections


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def test_an_empty_home_is_unused_and_a_look_keeps_it_so(settings: Settings) -> None:
    assert is_unused(settings)
    assert why_unwritable(settings) == ""
    assert list(settings.home.iterdir()) == []
    assert is_unused(settings)


def test_a_look_of_its_own_is_no_use(settings: Settings) -> None:
    (settings.home / "look.json").touch()
    assert is_unused(settings)


def test_settings_are_use_though_their_file_is_elsewhere_or_gone(settings: Settings) -> None:
    settings.file.symlink_to(settings.home / "dotfiles" / "gone.toml")
    assert not is_unused(settings)


def test_a_database_is_use(settings: Settings) -> None:
    with Connections(settings.database_file) as connections:
        connections.database()
    assert not is_unused(settings)


def test_a_home_that_is_a_file_says_why_it_cannot_be_written(settings: Settings) -> None:
    file = settings.home / "file"
    file.touch()
    assert why_unwritable(replace(settings, home=file)) == "Not a directory"


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that nobody may write into")
def test_a_folder_that_nobody_may_write_into_says_so() -> None:
    assert why_unwritable(Settings(home=Path("/proc")))
