"""What names nothing but what several things go by is not asked."""

from consolidation.mistakable import shared_names, without_mistakable
from memory.records import Dream

SINGING = "The singing contest is an hour long."
PUMPKIN = "The pumpkin contest is at quarter past six."


def asked(question: str, answer: str, kind: str = "question") -> Dream:
    return Dream(question, answer, kind, (1,))


def kept(*dreams: Dream, beside: tuple[Dream, ...] = ()) -> list[str]:
    return [
        str(dream.prompt) for dream in without_mistakable(dreams, shared_names((*dreams, *beside)))
    ]


def test_a_name_that_two_things_go_by_is_not_brought_up_alone() -> None:
    bare = asked("I dreamt of the contest.", SINGING, "mention")
    full = asked("I dreamt of the singing contest.", SINGING, "mention")
    assert kept(bare, full, beside=(asked("When?", PUMPKIN),)) == [full.prompt]


def test_what_else_is_asked_tells_which() -> None:
    other = (asked("When?", PUMPKIN),)
    assert kept(asked("What of the contest?", SINGING), beside=other) == []
    told = asked("Is the contest an hour long, or two?", SINGING)
    assert kept(told, beside=other) == [told.prompt]


def test_one_thing_goes_by_a_short_name_too() -> None:
    bare = asked("Tell me about the contest.", SINGING, "cue")
    same = asked("Who judges?", "Your neighbour judges the contest.")
    assert kept(bare, beside=(same,)) == [bare.prompt]


def test_the_owners_things_are_told_apart_too() -> None:
    bare = asked("Tell me about the bike.", "Your mountain bike is in the cellar.", "cue")
    assert kept(bare, beside=(asked("Where?", "Your exercise bike is upstairs."),)) == []
