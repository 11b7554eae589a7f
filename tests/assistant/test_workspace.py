"""The champion that answers is the one that is loaded, also after a load that failed."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.settings import ModelSettings, Settings
from assistant.workspace import Workspace, _Live
from models.base import EngineCrashed, WeightsMissing
from models.registry import ModelVersion, Registry


class ScriptedEngine:
    """Holds at most one set of weights, as the engine does; a load that fails leaves it empty."""

    def __init__(self) -> None:
        self.loaded: Path | None = None
        self.loads = 0
        self.broken: dict[Path, Exception] = {}

    def load(self, gguf: Path) -> None:
        self.loaded = None
        self.loads += 1
        if gguf in self.broken:
            raise self.broken[gguf]
        self.loaded = gguf


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    base = tmp_path / "base.gguf"
    base.write_bytes(b"base weights")
    return Registry(tmp_path / "weights", base, lambda: datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def live(registry: Registry, engine: ScriptedEngine) -> _Live:
    return _Live(registry, engine)  # type: ignore[arg-type]


@pytest.fixture
def promote(registry: Registry, tmp_path: Path) -> Callable[[], ModelVersion]:
    def promoted() -> ModelVersion:
        gguf, adapter = tmp_path / "new.gguf", tmp_path / "new.safetensors"
        gguf.write_bytes(b"new weights")
        adapter.write_bytes(b"adapter")
        version = registry.add(gguf, adapter, registry.champion(), 1)
        registry.promote(version)
        return version

    return promoted


def test_the_champion_is_loaded_once(live: _Live, engine: ScriptedEngine) -> None:
    assert live.refresh_champion() == live.refresh_champion() == "base"
    assert engine.loads == 1


def test_a_promotion_is_taken_over_at_the_next_turn_and_confirmed_by_a_reply(
    live: _Live, engine: ScriptedEngine, registry: Registry, promote: Callable[[], ModelVersion]
) -> None:
    live.refresh_champion()
    version = promote()
    assert live.refresh_champion() == version.name
    assert engine.loaded == version.gguf
    assert registry.on_trial()
    live.confirm_good()
    assert not registry.on_trial()


@pytest.mark.parametrize("failure", [WeightsMissing("cut short"), EngineCrashed("exit -6")])
def test_a_champion_that_fails_to_load_twice_gives_way_and_the_one_before_is_loaded(
    live: _Live,
    engine: ScriptedEngine,
    registry: Registry,
    promote: Callable[[], ModelVersion],
    failure: Exception,
) -> None:
    base = registry.champion()
    live.refresh_champion()
    engine.broken[promote().gguf] = failure
    with pytest.raises(type(failure)):
        live.refresh_champion()
    assert registry.gave_way() == ""
    assert live.refresh_champion() == "base"
    assert engine.loaded == base.gguf
    assert registry.gave_way() == "night-0001 gave way to base: it could not be loaded"


@pytest.mark.parametrize("crash", [False, True])
def test_a_champion_that_is_not_the_file_recorded_gives_way_at_once(
    live: _Live,
    engine: ScriptedEngine,
    registry: Registry,
    promote: Callable[[], ModelVersion],
    crash: bool,
) -> None:
    base, version = registry.champion(), promote()
    registry.confirm_good()
    version.gguf.write_bytes(b"new weighty")
    if crash:
        engine.broken[version.gguf] = EngineCrashed("exit -11")
    assert live.refresh_champion() == "base"
    assert engine.loaded == base.gguf
    told = registry.gave_way()
    assert told.startswith("night-0001 gave way to base: ")
    assert told.endswith("model.gguf is not the file that was recorded")
    registry.use("base")
    assert registry.gave_way() == ""


def test_a_damaged_base_with_nothing_before_it_is_an_error_that_names_it(
    live: _Live, registry: Registry
) -> None:
    base = registry.champion().gguf
    times = base.stat().st_atime_ns, base.stat().st_mtime_ns
    base.write_bytes(b"base weighty")
    os.utime(base, ns=times)
    with pytest.raises(WeightsMissing, match=r"base\.gguf is not the file that was recorded"):
        live.refresh_champion()


def test_after_a_failed_load_a_rollback_loads_the_old_weights_again(
    live: _Live, engine: ScriptedEngine, registry: Registry, promote: Callable[[], ModelVersion]
) -> None:
    base = registry.champion()
    live.refresh_champion()
    engine.broken[promote().gguf] = WeightsMissing("cut short")
    with pytest.raises(WeightsMissing):
        live.refresh_champion()
    registry.rollback()
    assert live.refresh_champion() == "base"
    assert engine.loaded == base.gguf


def test_opening_a_home_loads_no_model(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, model=ModelSettings(gguf=str(tmp_path / "gone.gguf")))
    workspace = Workspace(settings)
    try:
        assert workspace.store.newest(1) == []
        with pytest.raises(WeightsMissing, match=r"gone\.gguf not found; run `reverie doctor`"):
            workspace.refresh_champion()
        assert not settings.engine_log_file.exists()
        assert not settings.embedder_log_file.exists()
    finally:
        workspace.close()
