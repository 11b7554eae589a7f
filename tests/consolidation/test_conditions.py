"""What a due night waits for, and how much room one needs."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import ScheduleSettings, Settings, TrainingSettings
from consolidation import conditions, room
from consolidation.conditions import Machine, hindrance, hindrance_on, this_machine
from consolidation.room import lack_of_room, needed_bytes

DESKTOP = Machine(battery_percent=None, on_mains=True, load=0.3)
UNPLUGGED = Machine(battery_percent=34, on_mains=False, load=0.3)
NEVER, ALWAYS = ScheduleSettings(), ScheduleSettings(battery="always")


def test_a_machine_without_a_battery_is_never_on_battery() -> None:
    assert hindrance_on(DESKTOP, NEVER) is None


def test_on_battery_a_night_waits_unless_its_owner_says_otherwise() -> None:
    assert hindrance_on(UNPLUGGED, NEVER) == "on battery (34 %)"
    assert hindrance_on(UNPLUGGED, ALWAYS) is None
    assert hindrance_on(replace(UNPLUGGED, on_mains=True), NEVER) is None


def test_a_busy_machine_holds_a_night_up_only_where_its_owner_set_a_limit() -> None:
    busy = replace(DESKTOP, load=1.8)
    assert hindrance_on(busy, NEVER) is None
    assert hindrance_on(busy, ScheduleSettings(max_load=2)) is None
    assert hindrance_on(busy, ScheduleSettings(max_load=1.5)) == (
        "the machine is busy (load 1.8 a processor)"
    )


def test_this_machine_can_be_looked_at() -> None:
    machine = this_machine()
    assert machine.load >= 0
    assert machine.on_mains or machine.battery_percent is not None


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def test_the_estimate_covers_what_a_night_on_the_default_model_was_seen_to_write(
    settings: Settings,
) -> None:
    # Sizes of the files that nights left: model.gguf, adapter, float32 base, texts.
    model, adapter, base, texts = 121_586_752, 19_565_600, 538_090_408, 19_009_696
    needed = needed_bytes(settings)
    assert needed > 2 * model + 5 * adapter + base + texts
    assert needed < 1_500_000_000


def test_a_base_that_was_converted_once_needs_less(settings: Settings) -> None:
    first = needed_bytes(settings)
    converted = settings.cache_folder / "hash" / "float32" / "model.safetensors"
    converted.parent.mkdir(parents=True)
    with converted.open("wb") as file:
        file.truncate(538_090_408)
    assert first - needed_bytes(settings) > 538_000_000


def test_larger_weights_and_adapters_need_more_room(settings: Settings) -> None:
    needed = needed_bytes(settings)
    for training in (
        TrainingSettings(merge_type="F32"),
        TrainingSettings(rank=256),
        TrainingSettings(upper_layers=1.0),
    ):
        assert needed_bytes(replace(settings, training=training)) > needed


def test_too_little_room_is_told_in_gigabytes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lack_of_room(settings) is None
    monkeypatch.setattr(room, "free_bytes", lambda folder: 400_000_000)
    lack = lack_of_room(settings)
    assert lack == f"needs about 1.2 GB free in {settings.home}, 0.4 GB there"
    monkeypatch.setattr(conditions, "this_machine", lambda: DESKTOP)
    assert hindrance(settings) == f"it {lack}"


def test_a_missing_base_is_a_reason_to_wait(settings: Settings) -> None:
    lost = replace(settings, model=replace(settings.model, gguf=str(settings.home / "lost.gguf")))
    assert "lost.gguf not found" in (hindrance(lost) or "")
