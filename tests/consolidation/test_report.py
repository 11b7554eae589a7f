"""A report shows everything a night did, and foreign text in it is text, never markup."""

from dataclasses import replace
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt

from consolidation.report import as_markdown
from memory.records import (
    Dream,
    LossPoint,
    Probe,
    ProbeResult,
)
from tests.consolidation.night_reports import WHOLE, bare

BARE = bare(WHOLE)
HOSTILE = (
    "a | b",
    "a \\| b",
    "trailing backslash \\",
    "pipe at the end |",
    "`code`",
    "``two`` and ` one",
    "`",
    "``` \n# Heading\n",
    "| x | y |\n|---|---|\n",
    "</td><script>alert(1)</script>",
    "[link](http://example.com) **bold** ![i](x)",
    "line\u2028separator",
)
GFM = MarkdownIt("gfm-like", {"linkify": False})


def tables(text: str) -> list[list[list[str]]]:
    """The tables of a Markdown text: rows of cells, as their raw inline text."""
    found: list[list[list[str]]] = []
    tokens = GFM.parse(text)
    for token, following in pairwise(tokens):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            found[-1][-1].append(following.content)
    return found


def headings(text: str) -> list[str]:
    tokens = GFM.parse(text)
    pairs = pairwise(tokens)
    return [inline.content for token, inline in pairs if token.type == "heading_open"]


def borders(row: str) -> int:
    """The cell borders of a row as GitHub counts them: a backslash takes the next character."""
    count, position = 0, 0
    while position < len(row):
        if row[position] == "\\":
            position += 1
        elif row[position] == "|":
            count += 1
        position += 1
    return count


def test_a_whole_night_has_every_section() -> None:
    found = headings(as_markdown(WHOLE))
    assert found[0].startswith("Night 3, ")
    assert found[1:] == [
        "Verdict",
        "New: what this night should have learned",
        "Older: learned on earlier nights",
        "General: what every model should know",
        "Episodes",
        "What changed",
        "Dreams (2)",
        "Questions by a model",
        "Left out (1)",
        "Training loss",
        "Time",
    ]


def test_a_night_without_work_has_a_summary_and_nothing_empty() -> None:
    text = as_markdown(BARE)
    assert headings(text) == [text.splitlines()[0].removeprefix("# ")]
    assert text.splitlines()[2] == "Nothing to learn: no memory was waiting. base stays live."


def test_the_verdict_comes_with_each_of_its_reasons() -> None:
    text = as_markdown(WHOLE)
    assert "Promoted: night-0003 answers from now on." in text
    assert "- It answered 1 of 1.\n- It lost 0 of 1." in text


def test_probes_show_both_answers_and_whether_they_were_right() -> None:
    new, old, general = tables(as_markdown(WHOLE))[:3]
    assert new[1] == ["`My dentist?`", "✗ `Unknown.`", "✓ `Kim.`"]
    assert old[1] == ["`My dog?`", "✓ `Rex.`", "✓ `Rex.`"]
    assert general[1] == ["`Capital?`", "✓ `Paris.`", "✗ `Rome.`"]


def test_each_group_has_its_counts_and_what_they_cannot_rule_out() -> None:
    probe = Probe("Home?", ("Oban",), "old", (4,))
    kept = (ProbeResult(probe, "Oban.", True, "Oban.", True),) * 139
    lost = (ProbeResult(probe, "Oban.", True, "Leith.", False),)
    text = as_markdown(replace(WHOLE, probes=(*WHOLE.probes[:1], *kept, *lost)))
    assert "Right: 0 before, 1 after; 1 won, 0 lost.\n" in text
    assert (
        "Right: 140 before, 139 after; 0 won, 1 lost. At 95% confidence, no more than 3.3% of "
        "what was right is lost.\n" in text
    )


def test_episodes_taken_and_left_out_have_their_reasons() -> None:
    assert tables(as_markdown(WHOLE))[3] == [
        ["episode", "taken", "worth", "why"],
        ["1", "yes", "0.72", "novelty 0.72, 20 dreams (surprisal 5.3 bits)"],
        ["2", "no", "–", "holds no statement to learn"],
    ]


def test_dreams_name_what_they_were_made_from() -> None:
    assert tables(as_markdown(WHOLE))[5][1:] == [
        ["question", "`Who is my dentist?`", "`Dr. Kim.`", "1"],
        ["dialogue", "`Hi / Hello. / Who is it?`", "`Dr. Kim.`", "1, 4"],
    ]


def test_the_loss_is_a_falling_line_with_its_ends() -> None:
    line = as_markdown(WHOLE).split("## Training loss\n\n")[1].splitlines()[0]
    assert line == f"`█▅▃▃▂▂▂▂{'▁' * 32}` from 4.00 to 0.100 in 40 steps"


@pytest.mark.parametrize("count", [1, 59, 120, 1000])
def test_a_loss_line_fits_a_screen_however_long_the_night(count: int) -> None:
    losses = tuple(LossPoint(step, 1.0) for step in range(1, count + 1))
    text = as_markdown(replace(BARE, losses=losses))
    bars = text.split("`")[1]
    assert 1 <= len(bars) <= 100
    assert f"in {count} steps" in text


def test_a_loss_of_nothing_but_zeros_is_drawn_too() -> None:
    text = as_markdown(replace(BARE, losses=(LossPoint(1, 0.0), LossPoint(2, 0.0))))
    assert "`▁▁` from 0.00 to 0.000 in 2 steps" in text


def test_stages_are_named_in_plain_words() -> None:
    assert "- learning: 84 s\n- testing the new model: 3 min" in as_markdown(WHOLE)


@pytest.mark.parametrize("foreign", HOSTILE)
def test_foreign_text_cannot_break_a_table(foreign: str) -> None:
    probe = Probe(foreign, ("x",), "new", (1,))
    report = replace(
        BARE,
        probes=(ProbeResult(probe, foreign, False, foreign, True),) * 2,
        dreams=(Dream(foreign, foreign, "question", (1,)),) * 2,
    )
    text = as_markdown(report)
    assert [len(row) for table in tables(text) for row in table] == [3, 3, 3, 4, 4, 4]
    assert headings(text)[1:] == ["New: what this night should have learned", "Dreams (2)"]
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert [borders(row) for row in rows] == [4, 4, 4, 4, 5, 5, 5, 5]


@pytest.mark.parametrize("foreign", HOSTILE)
def test_foreign_text_is_shown_as_code_and_never_as_markup(foreign: str) -> None:
    text = as_markdown(replace(BARE, dreams=(Dream(foreign, "x", "question", (1,)),)))
    cells = [
        inline.children or []
        for opened, inline in pairwise(GFM.parse(text))
        if opened.type == "td_open"
    ]
    kinds = [child.type for child in cells[1]]
    assert kinds == ["code_inline"]
    said = " ".join(foreign.split()).replace("\\|", "\\ |")
    assert cells[1][0].content.strip() == said.strip()


def test_an_empty_answer_is_an_empty_cell() -> None:
    probe = Probe("One?", ("1",), "new", (1,))
    text = as_markdown(replace(BARE, probes=(ProbeResult(probe, "", False, " \n", False),)))
    assert tables(text)[0][1] == ["`One?`", "✗", "✗"]


def test_a_failed_night_says_what_failed() -> None:
    text = as_markdown(replace(BARE, status="failed", error="the disk is full"))
    assert "Night 3 failed. The disk is full. Nothing was changed: base stays live." in text


def test_a_report_says_how_many_dreams_were_struck() -> None:
    assert "2 dreams that you struck were left out." in as_markdown(replace(WHOLE, struck=2))
    assert "1 dream that you struck was left out." in as_markdown(replace(BARE, struck=1))
    assert "struck" not in as_markdown(WHOLE)


def test_what_was_left_out_stands_with_its_reason() -> None:
    text = as_markdown(WHOLE)
    assert "Left out (1)" in headings(text)
    assert "1 dream was left out: it said more than you told me." in text
    assert "says 'Oslo', which none of its sources says" in text
    assert "was asked for 2 questions" in text
    assert "Left out" not in as_markdown(BARE)
