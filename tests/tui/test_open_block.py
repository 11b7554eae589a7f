"""A reply that comes word by word is Markdown block by block, and never laid out anew."""

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownBlock

from tui.widgets.open_block import Blocks, OpenBlock
from tui.widgets.transcript import Reply, Transcript, UserSaid


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("one", ["one"]),
        ("one\n\ntwo", ["one\n\n", "two"]),
        ("- a\n- b\n\n1. c\n", ["- a\n- b\n\n", "1. c\n"]),
        ("```py\na\n\nb\n```\n\nend", ["```py\na\n\nb\n```\n\n", "end"]),
        ("~~~\n\n\nstill code", ["~~~\n\n\nstill code"]),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_block_is_over_at_a_blank_line_out_of_code(
    text: str, blocks: list[str], size: int
) -> None:
    parts = Blocks()
    found = [parts.take(text[place : place + size]) for place in range(0, len(text), size)]
    found.append(parts.rest())
    assert "".join(found) == text
    if size == 1:
        assert [part for part in found if part] == blocks
    assert parts.open == ""


class Talk(App[None]):
    def compose(self) -> ComposeResult:
        yield Transcript()


async def test_what_came_block_by_block_looks_like_the_whole() -> None:
    text = "# Head\n\nSome *words*.\n\n- one\n- two\n\n```python\nx = 1\n\ny = 2\n```\n\nEnd."
    app = Talk()
    async with app.run_test(size=(80, 40)) as pilot:
        said = UserSaid("?", private=False)
        streamed, whole = Reply("…", said), Reply("…", said)
        await app.query_one(Transcript).append(streamed)
        await app.query_one(Transcript).append(whole)
        for place in range(0, len(text), 7):
            await streamed.add(text[place : place + 7])
            await pilot.pause()
        assert streamed.query_one(OpenBlock).display
        assert str(streamed.query_one(OpenBlock).render()) == "End."
        await streamed.finish(text, "")
        await whole.finish(text, "")
        await pilot.pause()
        assert not streamed.query_one(OpenBlock).display
        kinds, others = (
            [type(one).__name__ for one in reply.query_one(Markdown).query(MarkdownBlock)]
            for reply in (streamed, whole)
        )
        assert kinds == others
        assert streamed.text == text
