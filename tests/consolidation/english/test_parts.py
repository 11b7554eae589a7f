"""Parts: which clauses of a long fact stand by themselves."""

import pytest

from consolidation.english.parts import parts_of


@pytest.mark.parametrize(
    ("fact", "parts"),
    [
        ("You live in Leith.", ["You live in Leith."]),
        (
            "You play tennis with Anna and your brother.",
            ["You play tennis with Anna and your brother."],
        ),
        (
            "The wedding is on 12 December 2026, and the garden is in Karen.",
            ["The wedding is on 12 December 2026.", "The garden is in Karen."],
        ),
        (
            "Nikhil's flight is changed and he will reach on 7 November 2026.",
            ["Nikhil's flight is changed.", "Nikhil will reach on 7 November 2026."],
        ),
        (
            "It is your neighbour Mrs Bello who is taking Marcus.",
            ["Your neighbour Mrs Bello is taking Marcus."],
        ),
        (
            "It is on 17 March 2026 you sail, not on 16 March 2026.",
            ["You sail on 17 March 2026, not on 16 March 2026."],
        ),
    ],
)
def test_a_fact_is_cut_where_its_clauses_stand(fact: str, parts: list[str]) -> None:
    assert list(parts_of(fact)) == parts


def test_she_is_not_the_owner_of_what_opens_the_part_before() -> None:
    parts = parts_of("Nikhil's wife is ill, so she will come later.")
    assert parts[-1] == "She will come later."
