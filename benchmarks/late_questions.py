"""Late questions: what a conversation before them does to general questions, and how much of it.

    python -m benchmarks.late_questions --home HOME [--gguf FILE] [--history 0 1 2 all]
        [--reply-tokens 40] [--as-said]

Each question that the base answers when it is all that is said is asked again after four messages
of others (`benchmarks/owners`) and the model's own replies to them; so many of these exchanges
stand before each message. As in the program, what a reply repeats is left out, and one that begins
as an earlier one did is written anew without them; or all stands as it was said. Nothing is
recalled.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.repeats import Said, without_loop
from assistant.session import Session
from assistant.settings_file import load_settings
from benchmarks.engines import base_of, machine, opened_engine
from benchmarks.intervals import Share
from benchmarks.speed.written import NOT_TRAINED, rows_of
from consolidation.english.marking import is_right
from consolidation.exam import ANSWER_TOKENS, Examiner, general_probes
from memory.records import DreamPrompt, Probe

ALL = -1
_BEFORE = 4
_WORDS = 8
"""A reply that says so many words in a row as an earlier one did repeats it."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--gguf", help="another model than the default")
    parser.add_argument("--history", nargs="+", default=["0", "1", "2", "all"])
    parser.add_argument("--reply-tokens", type=int, default=ANSWER_TOKENS)
    parser.add_argument("--as-said", action="store_true", help="leave in what a reply repeats")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    settings = load_settings(options.home)
    if options.gguf:
        settings = replace(settings, model=replace(settings.model, gguf=options.gguf))
    base = base_of(settings)
    print(
        f"{machine(settings.training.device)}; {base.gguf.name}, seed {options.seed}, "
        f"replies of {options.reply_tokens} tokens at most{', as said' * options.as_said}"
    )
    engine = opened_engine(settings)
    try:
        examiner = Examiner(engine, settings.chat.system_prompt, settings.cache_folder)
        probes = general_probes(examiner, base)
        rows = random.Random(options.seed).sample(
            list(rows_of("owners", NOT_TRAINED)), _BEFORE * len(probes)
        )
        said = [row["message"] for row in rows]

        def ask(prompts: Sequence[DreamPrompt]) -> list[str]:
            return examiner.answers(
                base.gguf, base.gguf_sha256, prompts, max_tokens=options.reply_tokens
            )

        for history in options.history:
            right, repeated = late(
                ask,
                probes,
                said,
                ALL if history == "all" else int(history),
                as_said=options.as_said,
            )
            replies = len(probes) * (_BEFORE + 1)
            print(Share(f"history {history}: question right", right, len(probes)))
            print(Share(f"history {history}: repeats a reply", repeated, replies), flush=True)
    finally:
        engine.close()
    return 0


def late(
    ask: Callable[[Sequence[DreamPrompt]], list[str]],
    probes: Sequence[Probe],
    said: Sequence[str],
    history: int,
    *,
    as_said: bool = False,
) -> tuple[int, int]:
    """How many late questions are answered right, and how many replies repeat an earlier one.

    `ask` answers prompts, in order; `said` holds four messages for each probe.
    """
    talks = [Session(str(number)) for number in range(len(probes))]
    passages: list[set[tuple[str, ...]]] = [set() for _ in probes]
    right = repeated = 0
    for turn in range(_BEFORE + 1):
        texts = [
            probe.question if turn == _BEFORE else said[_BEFORE * number + turn]
            for number, probe in enumerate(probes)
        ]
        if as_said:
            before = [_as_said(talk, history) for talk in talks]
        else:
            before = [[message.content for message in talk.latest(history)] for talk in talks]
        replies = ask([(*first, text) for first, text in zip(before, texts, strict=True)])
        if history > 0 and not as_said:
            earlier = [Said(one.assistant_text for one in talk.recent) for talk in talks]
            again = [n for n, reply in enumerate(replies) if earlier[n].opens(reply)]
            afresh = ask([texts[n] for n in again]) if again else []
            for number, reply in zip(again, afresh, strict=True):
                replies[number] = reply
        for number, reply in enumerate(replies):
            now = passages_of(reply)
            repeated += bool(now & passages[number])
            passages[number] |= now
            talks[number].add(texts[number], reply if as_said else without_loop(reply))
            right += turn == _BEFORE and is_right(reply, probes[number].expected)
    return right, repeated


def _as_said(talk: Session, count: int) -> list[str]:
    begin = max(0, len(talk.exchanges) - count) if count >= 0 else 0
    return [text for one in talk.exchanges[begin:] for text in (one.user_text, one.assistant_text)]


def passages_of(reply: str) -> set[tuple[str, ...]]:
    """Every run of eight words."""
    words = reply.lower().split()
    return {tuple(words[i : i + _WORDS]) for i in range(len(words) - _WORDS + 1)}


if __name__ == "__main__":
    raise SystemExit(main())
