from hashlib import sha256
from pathlib import Path

import pytest

from assistant.default_model import LISTENER, opened_registry, ready_base
from assistant.settings import DEFAULT_MODEL, ModelSettings, Settings
from models.base import WeightsMissing
from models.registry import hash_file

MADE_FROM = {
    "SmolLM2-135M-Reverie-1.gguf": (
        "56280afefe710c7104de9f9ed3def47c1b3e2496b48e533298c99ae074186b12",
        "478b2897f9a6a29d2e3fa0b7b227fc021241cb568ba442c9534c290d6a2a8b92",
    )
}
"""By the default model's name, the listener's hash and the file's own: both stay as they are, or
the name changes with them, for every version is bound to the hash of its base."""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    home = tmp_path / "home"
    home.mkdir()
    return Settings(home=home)


def test_the_default_model_is_made_once_for_its_owner_alone(settings: Settings) -> None:
    made = ready_base(settings)
    assert made == settings.base_gguf == settings.default_base_gguf
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.parent.stat().st_mode & 0o777 == 0o700
    before = made.stat().st_mtime_ns
    assert ready_base(settings).stat().st_mtime_ns == before


def test_it_has_the_same_bytes_on_every_machine(settings: Settings) -> None:
    adapter, merged = MADE_FROM[DEFAULT_MODEL]
    assert sha256(LISTENER.read_bytes()).hexdigest() == adapter
    assert hash_file(ready_base(settings)) == merged


def test_the_first_look_at_the_versions_makes_it(settings: Settings) -> None:
    champion = opened_registry(settings).champion()
    assert champion.name == "base"
    assert champion.gguf == settings.default_base_gguf
    champion.gguf.unlink()
    again = opened_registry(settings).champion()
    assert (again.name, again.gguf_sha256) == ("base", champion.gguf_sha256)
    assert again.gguf.is_file()


def test_the_owners_own_file_is_never_made(settings: Settings, tmp_path: Path) -> None:
    own = Settings(settings.home, ModelSettings(gguf=str(tmp_path / "own.gguf")))
    assert ready_base(own) == tmp_path / "own.gguf"
    assert not settings.default_base_gguf.exists()
    with pytest.raises(WeightsMissing, match=r"own\.gguf not found"):
        opened_registry(own).champion()


def test_a_folder_that_takes_nothing_is_named_with_what_helps(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("no folder")
    with pytest.raises(WeightsMissing, match=r"cannot be written to .* make room or rights"):
        ready_base(settings)
