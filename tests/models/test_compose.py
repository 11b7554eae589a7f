"""A reply that is held to a JSON schema is valid JSON of it, from the real default model."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.settings_file import load_settings
from models.base import Message, ReplyCutOff, Sampling
from models.engine import Engine

pytestmark = pytest.mark.slow

SCHEMA = {
    "type": "object",
    "properties": {
        "question": {"type": "string", "maxLength": 40},
        "answer": {"type": "string", "maxLength": 20},
    },
    "required": ["question", "answer"],
    "additionalProperties": False,
}
ASKED = [Message("user", "Ask about this: I moved to Lisbon with my brother Tom.")]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    home: Path = tmp_path_factory.mktemp("home")
    started = Engine(
        load_settings(home).packaged_gguf,
        context_tokens=512,
        gpu_layers=0,
        threads=1,
        log_file=home / "engine.log",
    )
    yield started
    started.close()


def test_ten_replies_are_all_valid_json_of_the_schema(engine: Engine) -> None:
    for seed in range(10):
        sampling = Sampling(temperature=1.0 if seed else 0.0, max_tokens=120, seed=seed)
        reply = json.loads(engine.compose(ASKED, SCHEMA, sampling))
        assert set(reply) == {"question", "answer"}
        assert len(reply["question"]) <= 40 and len(reply["answer"]) <= 20


def test_the_same_seed_gives_the_same_reply(engine: Engine) -> None:
    sampling = Sampling(temperature=0.8, max_tokens=120, seed=3)
    first, second = (engine.compose(ASKED, SCHEMA, sampling) for _ in range(2))
    assert first == second


def test_a_reply_that_has_no_room_to_end_is_an_error_that_says_so(engine: Engine) -> None:
    with pytest.raises(ReplyCutOff, match="not whole after 3 tokens"):
        engine.compose(ASKED, SCHEMA, Sampling(max_tokens=3))


def test_plain_replies_go_on_as_before_after_a_composed_one(engine: Engine) -> None:
    system = Message("system", "You are a helpful AI assistant named Reverie.")
    asked = [system, Message("user", "What is the capital of France?")]
    before = "".join(engine.stream(asked, Sampling(max_tokens=12)))
    engine.compose(ASKED, SCHEMA, Sampling(max_tokens=120))
    assert "".join(engine.stream(asked, Sampling(max_tokens=12))) == before
    assert "Paris" in before
