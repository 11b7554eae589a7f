"""By day: what the base answers of a conversation with recall, before any night.

    python -m benchmarks.by_day [--files FILE …] [--whole 0 1 3] [--every 2]

Every conversation is a memory of its own; of each fact that still holds, the first question about
it is asked. `--whole` compares how many recalled messages stand whole before the question.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.default_model import ready_base
from assistant.notes import notes_of, recalled_for
from assistant.prompt import chat_messages
from assistant.settings import Settings
from assistant.settings_file import load_settings
from benchmarks.engines import opened_engine
from benchmarks.intervals import Share
from benchmarks.read_changes import marked
from benchmarks.telling import tell
from benchmarks.two_nights import Asked, chosen, first_questions
from consolidation.exam import ANSWER_TOKENS
from memory.database import Connections
from memory.recall import Recall
from memory.store import EpisodeStore
from models.base import Embedder, Message
from models.embed import EmbedderProcess

HERE = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    every = sorted((HERE / "conversations").glob("*.json"))
    parser.add_argument("--files", nargs="+", type=Path, default=every)
    parser.add_argument("--whole", nargs="+", type=int, default=[1])
    parser.add_argument("--every", type=int, default=1, help="ask each nth question only")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        settings = load_settings(Path(folder))
        embedder = EmbedderProcess(settings.embedder_source, settings.embedder_log_file)
        cases = list(cases_of(options.files, settings, embedder, options.whole))
        embedder.close()
        marks = _marks(settings, cases[:: options.every])
    for place, whole in enumerate(options.whole):
        right = [of_one[place] for of_one in marks]
        print(Share(f"right by day, {whole} whole and a sentence", sum(right), len(right)))
    return 0


Case = tuple[Asked, list[list[Message]]]
"""A question, with a prompt for each way of recalling."""


def cases_of(
    files: Sequence[Path], settings: Settings, embedder: Embedder, whole: Sequence[int]
) -> Iterator[Case]:
    """Of each fact that holds, the first question about it."""
    chat = settings.chat
    for file in files:
        for talk in json.loads(file.read_text(encoding="utf-8"))["conversations"]:
            (told,), facts, questions = chosen([file], [talk["id"]])
            over = {old for fact in facts.values() for old in marked(fact)}
            asked = first_questions(questions, set(facts) - over)
            with TemporaryDirectory() as folder, Connections(Path(folder) / "day.db") as opened:
                store = EpisodeStore(opened)
                for said in told["messages"]:
                    at = datetime.fromisoformat(said["at"]).astimezone()
                    tell(store, embedder, talk["id"], at, said["user"], said["assistant"])
                recall = Recall(store)
                meanings = embedder.embed([one.question for one in asked])
                for one, meaning in zip(asked, meanings, strict=True):
                    found = recalled_for(
                        recall, one.question, recall.near(meaning), chat.recall_limit
                    )
                    ways = [notes_of(found, meaning, embedder, whole=count) for count in whole]
                    prompt = chat.system_prompt
                    yield one, [chat_messages(prompt, (), notes, one.question) for notes in ways]


def _marks(settings: Settings, cases: Sequence[Case]) -> list[list[bool]]:
    """Of each question, whether it was answered rightly in each way."""
    engine = opened_engine(settings)
    try:
        engine.load(ready_base(settings))
        prompts = [prompt for _, ways in cases for prompt in ways]
        replies = dict(engine.answers(prompts, max_tokens=ANSWER_TOKENS))
    finally:
        engine.close()
    given = iter(replies[place] for place in range(len(prompts)))
    return [[asked.is_right(next(given)) for _ in ways] for asked, ways in cases]


if __name__ == "__main__":
    raise SystemExit(main())
