from consolidation.views import spread
from memory.records import Dream


def _dreams(answer: str, count: int) -> list[Dream]:
    kinds = ("question", "cue", "restatement")
    return [Dream(f"{answer} {i}?", answer, kinds[i % 3], (1,)) for i in range(count)]


def test_a_statement_gets_what_it_may_have_of_every_kind() -> None:
    chosen = spread(_dreams("You moved to Lisbon.", 40), 12)
    assert len(chosen) == 12
    assert {dream.kind for dream in chosen} == {"question", "cue", "restatement"}


def test_two_statements_get_their_whole_shares() -> None:
    dreams = _dreams("You moved to Lisbon.", 40) + _dreams("Your cat is called Rex.", 40)
    assert len(spread(dreams, 12)) == 24


def test_the_statements_of_a_long_message_share() -> None:
    answers = [f"You have {n} chairs." for n in ("four", "five", "six", "seven")]
    chosen = spread([dream for answer in answers for dream in _dreams(answer, 40)], 12)
    assert [sum(d.answer == answer for d in chosen) for answer in answers] == [6, 6, 6, 6]


def test_yes_and_no_count_with_their_statement() -> None:
    dreams = [*_dreams("You moved.", 9), Dream("Did I move?", "Yes, you moved.", "yes-no", (1,))]
    assert len(spread(dreams, 5)) == 5
