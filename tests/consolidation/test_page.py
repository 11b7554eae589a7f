"""The page tells a night in words, plots and tables, and runs nothing that anybody said."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from consolidation.page import as_page
from consolidation.plots import lines, matrix
from consolidation.report import as_markdown
from consolidation.retention import Share, retention_of
from memory.history import NightOutline, ProbeMark
from memory.records import (
    Choice,
    Dream,
    Dropped,
    Probe,
    ProbeResult,
    Stage,
)
from tests.consolidation import night_reports

HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(1)> \x1b[31m &amp;"
AT = night_reports.NIGHT


def outline(number: int, before: str, *probes: ProbeMark) -> NightOutline:
    name = f"night-{number:04d}"
    return NightOutline(number, False, "promoted", AT, before, name, probes, 20, 0.5, 100.0, 60.0)


RETENTION = retention_of(
    [
        outline(
            1,
            "base",
            ProbeMark("Dog?", ("x",), "new", (1,), False, True),
            ProbeMark("Cat?", ("x",), "new", (2,), False, True),
        ),
        outline(
            2,
            "night-0001",
            ProbeMark("Home?", ("x",), "new", (3,), False, True),
            ProbeMark("Dog?", ("x",), "old", (1,), True, True),
            ProbeMark("Cat?", ("x",), "old", (2,), True, False),
            ProbeMark("2+2?", ("x",), "general", (), True, True),
        ),
    ]
)
WHOLE = replace(
    night_reports.WHOLE,
    id=2,
    champion_before="night-0001",
    candidate="night-0002",
    selected=(Choice(1, "new to me", 0.72, 0.72, 5.3),),
    dreams=(Dream(("Hi", "Hello.", "Who is my dentist?"), "Dr. Kim.", "dialogue", (1,)),),
    probes=night_reports.WHOLE.probes[:2],
    stages=(Stage("train", 84.0),),
    dropped=(Dropped("Where?", "In Oslo.", "says 'Oslo'", (1,)),),
    teacher="The teacher was asked for 2 questions.",
)
BARE = night_reports.bare(WHOLE)


class Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_says_the_night_in_words_first() -> None:
    read = Reader(as_page(WHOLE, RETENTION))
    said = "".join(read.words)
    assert "Learned 1 of 1. Kept the older fact." in said
    assert said.index("Learned 1 of 1") < said.index("Over the nights")
    assert read.tags.count("svg") == 6
    for text in ("Who is my dentist?", "It lost 0 of 1.", "You live in Leith.", "after 2", "of 1"):
        assert text in said


def test_what_a_plot_shows_stands_below_it_as_a_table() -> None:
    page = as_page(WHOLE, RETENTION)
    matrix_table = page[page.index("Which night") :]
    assert "<td>after 2</td><td>50%</td><td>100%</td>" in matrix_table
    assert "<td>after 1</td><td>100%</td><td>–</td>" in matrix_table


def test_nothing_on_the_page_runs_or_comes_from_elsewhere() -> None:
    hostile = replace(
        WHOLE,
        probes=(ProbeResult(Probe(HOSTILE, ("x",), "old", (1,)), HOSTILE, True, HOSTILE, False),),
        dreams=(Dream(HOSTILE, HOSTILE, "question", (1,)),),
        teacher=HOSTILE,
    )
    page = as_page(hostile, RETENTION)
    read = Reader(page)
    assert not {"script", "img", "link", "iframe", "object"} & set(read.tags)
    assert not [name for name, _ in read.attributes if name.startswith("on") or name == "src"]
    assert "\x1b" not in page
    assert "alert(1)" in "".join(read.words)  # it is shown, as text


def test_a_night_without_anything_still_has_a_page() -> None:
    said = "".join(Reader(as_page(BARE, retention_of([]))).words)
    assert "Nothing to learn" in said
    assert "No night has been promoted yet" in said


@pytest.mark.parametrize("values", [(50.0, None, 70.0), (None, None, None), (0.0, 0.0, 0.0)])
def test_a_gap_in_a_curve_stays_a_gap(values: tuple[float | None, ...]) -> None:
    drawn = ET.fromstring(lines("Learned <b>", (1, 2, 3), [("learned", values)], top=100))
    circles = [one for one in drawn.iter() if one.tag == "circle"]
    assert len(circles) == sum(value is not None for value in values)
    whole = values[0] == 0.0
    assert len([one for one in drawn.iter() if one.tag == "polyline"]) == int(whole)


def test_a_curve_is_drawn_where_its_values_are() -> None:
    drawn = ET.fromstring(lines("t", (1, 2), [("a", (0.0, 100.0))], top=100))
    low, high = (float(one.attrib["cy"]) for one in drawn.iter() if one.tag == "circle")
    assert low > high
    assert lines("t", (), []).startswith("<svg")


def test_the_matrix_has_a_cell_for_what_was_asked_and_none_for_what_was_not() -> None:
    drawn = ET.fromstring(matrix("R", (1, 2), ((Share(2, 2), None), (Share(1, 2), Share(1, 1)))))
    assert len([one for one in drawn.iter() if one.tag == "rect"]) == 3
    said = [one.text for one in drawn.iter() if one.attrib.get("class") == "share"]
    assert said == ["100%", "50%", "100%"]


def test_markdown_holds_the_nights_as_tables() -> None:
    text = as_markdown(WHOLE, RETENTION)
    assert "| after 2 | 50% | 100% |" in text
    assert "| 2 | 1 of 1 | 1 of 2 | 1 of 2 | 1 of 1 | 0.50 |" in text
    assert "Over the nights" not in as_markdown(WHOLE)
