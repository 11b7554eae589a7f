"""What a later message changes of those that somebody told, counted by message."""

import json

from benchmarks.later import HELD_OUT, found_in


def test_found_and_wrongly_found_are_counted_by_message() -> None:
    told = ["My dentist appointment is on Thursday.", "My sister Ana lives in Leeds."]
    later = "Actually the dentist appointment moved to Friday."
    moved = {"told": told, "later": later, "over": [[0, "on Thursday"]]}
    holds = {"told": told, "later": "Ana came for tea.", "over": []}
    found = found_in([moved, holds], lambda one, other: 0.6)
    assert (found.changed, found.found, found.holding, found.wrong) == (1, 1, 3, 0)


def test_what_holds_no_longer_stands_word_for_word_in_what_was_told() -> None:
    for file in HELD_OUT:
        for row in file.read_text("utf-8").splitlines():
            line = json.loads(row)
            assert all(words in line["told"][place] for place, words in line["over"])
