"""What is said one after the other has its names in full once."""

from consolidation.english.shortened import shortened


def test_whoever_is_named_in_full_is_named_for_short_after_it() -> None:
    told = ("Your sister's dog Monty sleeps.", "Your sister's dog Monty's friend is Tilly.")
    assert shortened([(text, "") for text in told]) == [told[0], "Monty's friend is Tilly."]


def test_two_of_one_name_are_not_mixed_up() -> None:
    told = ("Your aunt Mo sings.", "Your cousin Mo paints.")
    assert shortened([(text, "") for text in told]) == list(told)


def test_a_thing_is_it_while_nothing_else_is_told_of() -> None:
    club, barn = "The club", "The barn"
    told = [("The club is full.", club), ("The club has a sign.", club), ("The barn leaks.", barn)]
    assert shortened([*told, ("The club is old.", club)]) == [
        "The club is full.",
        "It has a sign.",
        "The barn leaks.",
        "The club is old.",
    ]


def test_what_belongs_to_a_thing_is_not_it() -> None:
    told = [("The club is full.", "The club"), ("The clubhouse leaks.", "The clubhouse")]
    assert shortened(told) == ["The club is full.", "The clubhouse leaks."]
