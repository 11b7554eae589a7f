"""A reply of any size and shape is shown whole, and the screen goes on meanwhile."""

import asyncio
import time

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Markdown, Static

from tui.widgets.plain_tail import MAX_COST, Markup, PlainTail, as_markdown
from tui.widgets.transcript import Reply, Transcript, UserSaid

WORDS = "The quick brown fox jumps over the lazy dog. "
HUGE = {
    "prose": (WORDS * 20 + "\n\n") * 110,
    "a list": "\n".join(f"- item {n} {WORDS}" for n in range(1_700)),
    "code": "```python\n" + "\n".join(f"x{n} = f({n})  # {WORDS}" for n in range(1_500)) + "\n```",
    "2,000 columns": "|".join("abcdef" for _ in range(2_000))
    + "\n"
    + "---|" * 2_000
    + "\n"
    + "v|" * 2_000,
    "300 deep": "\n".join("  " * n + "- item" for n in range(300)),
}


class Screenful(App[None]):
    def compose(self) -> ComposeResult:
        yield Transcript()


@pytest.mark.parametrize("name", HUGE)
async def test_a_huge_reply_does_not_hold_up_the_screen(name: str) -> None:
    text = HUGE[name]
    app = Screenful()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = Reply("…", UserSaid("?", private=False))
        await app.query_one(Transcript).append(reply)
        worst, last = 0.0, time.perf_counter()

        async def beat() -> None:
            nonlocal worst, last
            while True:
                await asyncio.sleep(0.005)
                now = time.perf_counter()
                worst, last = max(worst, now - last), now

        beating = asyncio.create_task(beat())
        for start in range(0, len(text), 500):
            await reply.add(text[start : start + 500])
        await reply.finish(text, "")
        await pilot.pause()
        beating.cancel()
        assert reply.text == text.strip()
        # without a limit the list is some 7,000 widgets, which took 3 to 7 s on a quiet machine
        assert len(reply.query("*")) < 400
        assert worst < 4, f"{worst:.1f} s"


async def test_what_is_not_shown_as_markdown_is_shown_as_it_was_written() -> None:
    text = HUGE["a list"]
    app = Screenful()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = Reply("…", UserSaid("?", private=False))
        await app.query_one(Transcript).append(reply)
        await reply.finish(text, "")
        await pilot.pause()
        marked = reply.query_one(Markdown).source
        tail = "".join(str(part.content) for part in reply.query_one(PlainTail).query(Static))
        assert marked + tail == text
        assert marked.startswith("- item 0 ") and tail.startswith("- item ")


def test_an_everyday_reply_is_markdown_to_its_end() -> None:
    text = "## Plan\n\n" + "".join(f"{n}. **Step {n}**: {WORDS}\n" for n in range(1, 30))
    table = "| a | b | c |\n|---|---|---|\n" + "| 1 | 2 | 3 |\n" * 10
    code = "```python\n" + f"print(1 | 2)  # {WORDS}\n" * 60 + "```\n"
    for part in (text, table, code):
        assert as_markdown(part) == (part, "")


def test_pieces_are_counted_as_the_whole_is() -> None:
    text = HUGE["code"]
    whole, pieces = Markup(), Markup()
    taken = sum(pieces.takes(text[start : start + 7]) for start in range(0, len(text), 7))
    assert whole.takes(text) == taken < MAX_COST
