import json
import random
from pathlib import Path
from typing import Any

from benchmarks.listener import _REPLIES, UNANSWERED, lessons
from benchmarks.speed.written import NOT_TRAINED

ROWS = [
    {
        "message": f"My cat {name} is ill.",
        "reply": f"Poor {name}.",
        "asked": [{"question": f"Who is ill, {name}?", "reply": f"Your cat {name}."}] * 2,
    }
    for name in ("Ada", "Bo", "Cy", "Di")
]


def test_replies_come_alone_with_notes_and_after_another_exchange() -> None:
    made = [one for seed in range(40) for one in lessons(ROWS, 0.1, random.Random(seed))]
    assert len(made) == 40 * 4 * 3
    assert {len(prompt) for prompt, _ in made if not isinstance(prompt, str)} == {3}
    for prompt, reply in made:
        last = prompt if isinstance(prompt, str) else prompt[-1]
        question = last.rpartition("\n")[2]
        if reply in UNANSWERED:
            name = question.removesuffix("?").rpartition(" ")[2]
            assert name not in last.rpartition("\n")[0]
        elif "\n" in last and reply.startswith("Poor"):
            assert question == f"My cat {reply.split()[1].rstrip('.')} is ill."
            assert question not in last.splitlines()[:-1]
        elif "\n" in last:
            name = reply.removesuffix(".").rpartition(" ")[2]
            assert f"My cat {name} is ill." in last.splitlines()[:-1]
            assert question.endswith(f"{name}?")
    noted = ["\n" in str(prompt) for prompt, reply in made if reply.startswith("Poor")]
    assert 0.2 < sum(noted) / len(noted) < 0.6
    assert 0 < sum(reply in UNANSWERED for _, reply in made) < 60
    assert not any(reply in UNANSWERED for _, reply in lessons(ROWS, 0.0, random.Random(0)))


def test_every_turn_of_a_talk_is_answered() -> None:
    talk = {"talk": ["hi", "Hello.", "and you?", "Fine.", "ok", "Good."]}
    made = list(lessons([talk], 0.0, random.Random(0)))
    assert made == [
        (("hi",), "Hello."),
        (("hi", "Hello.", "and you?"), "Fine."),
        (("and you?", "Fine.", "ok"), "Good."),
    ]


def rows_in(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_replies_are_to_messages_of_writers_that_nothing_is_measured_with() -> None:
    files = sorted(_REPLIES.glob("*.jsonl"))
    assert files and all(int(file.stem) <= NOT_TRAINED for file in files)
    for file in files:
        owners = _REPLIES.parent / "owners" / file.name
        facts = {row["message"]: row["facts"] for row in rows_in(owners)}
        for row in rows_in(file):
            for asked in row.get("asked", ()):
                assert any(
                    asked["question"] in fact["questions"]
                    and fact["answer"].lower() in asked["reply"].lower()
                    for fact in facts[row["message"]]
                ), asked
