"""What a later message changes of those that somebody told, counted by message."""

import json
from pathlib import Path

from benchmarks.asker import LATER, changes_of
from benchmarks.later import HELD_OUT, found_in
from consolidation.dreams import GrammarWriter


def test_found_and_wrongly_found_are_counted_by_message() -> None:
    told = ["My dentist appointment is on Thursday.", "My sister Ana lives in Leeds."]
    later = "Actually the dentist appointment moved to Friday."
    moved = {"told": told, "later": later, "over": [[0, "on Thursday"]]}
    holds = {"told": told, "later": "Ana came for tea.", "over": []}
    found = found_in([moved, holds], lambda one, other: 0.6, GrammarWriter())
    assert (found.changed, found.found, found.holding, found.wrong) == (1, 1, 3, 0)


def test_what_holds_no_longer_stands_word_for_word_in_what_was_told() -> None:
    for file in (*HELD_OUT, *LATER):
        for row in file.read_text("utf-8").splitlines():
            line = json.loads(row)
            assert all(words in line["told"][place] for place, words in line["over"])


def test_nothing_is_trained_on_that_the_measure_reads() -> None:
    assert not set(HELD_OUT) & set(LATER)


def test_a_message_and_its_sentences_are_over_where_they_hold_what_is(tmp_path: Path) -> None:
    file = tmp_path / "lives.jsonl"
    told = "I live in Leith. My dog is called Rufus."
    row = {"told": [told], "later": "Moved to Oban!", "over": [[0, "I live in Leith"]]}
    file.write_text(json.dumps(row), "utf-8")
    assert changes_of([file])[2:] == [
        ("I live in Leith.", "Moved to Oban!", True),
        ("you live in Leith.", "Moved to Oban!", True),
        ("My dog is called Rufus.", "Moved to Oban!", False),
        ("your dog is called Rufus.", "Moved to Oban!", False),
    ]
