from dataclasses import replace
from pathlib import Path

import pytest

from assistant.bearing import SMALL_BYTES, borne
from assistant.settings import Settings


@pytest.mark.parametrize(
    ("size", "set_to", "history"),
    [
        (SMALL_BYTES - 1, -1, 1),
        (SMALL_BYTES, -1, -1),
        (SMALL_BYTES - 1, 0, 0),
        (SMALL_BYTES - 1, 6, 6),
        (SMALL_BYTES, 6, 6),
    ],
)
def test_a_small_model_hears_one_exchange_unless_the_owner_says_otherwise(
    tmp_path: Path, size: int, set_to: int, history: int
) -> None:
    gguf = tmp_path / "model.gguf"
    with gguf.open("wb") as file:
        file.truncate(size)
    settings = Settings(home=tmp_path)
    settings = replace(
        settings,
        model=replace(settings.model, gguf=str(gguf)),
        chat=replace(settings.chat, history=set_to),
    )
    assert borne(settings) == replace(settings.chat, history=history)


def test_a_model_that_is_gone_leaves_the_settings_as_they_are(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    gone = replace(settings, model=replace(settings.model, gguf=str(tmp_path / "gone.gguf")))
    assert borne(gone) == gone.chat
