"""What keeps a trained model fit for chat holds nothing of its owner, and no answer is guessed."""

import pytest

from consolidation.conversing import (
    READING_KIND,
    held_prompts,
    in_conversation,
    is_astray,
    messages_to_try,
    own_prompts,
    reading_dreams,
)
from consolidation.english.lexicon import lines
from consolidation.english.marking import is_right
from consolidation.untold import UNTOLD
from memory.records import Dream

DREAMS = [Dream(f"Who is {number}?", "It is she.", "question", (1,)) for number in range(100)]


def test_messages_are_held_alone_and_with_notes_before_them() -> None:
    prompts = held_prompts()
    assert prompts == held_prompts()
    assert len(set(prompts)) == len(prompts)
    messages = lines("chat_messages.txt")
    assert len(messages) > 200
    assert set(messages) <= set(prompts)
    noted = [prompt.splitlines() for prompt in prompts if "\n" in prompt]
    last = {words[-1] for words in noted}
    assert last & set(messages)
    assert last & set(lines("anchor_prompts.txt"))
    assert {len(words) for words in noted} == {2, 3}


def test_questions_on_notes_are_answered_by_them_or_by_nothing() -> None:
    dreams = reading_dreams(DREAMS)
    assert len(dreams) == 8
    assert {(dream.kind, dream.episode_ids) for dream in dreams} == {(READING_KIND, ())}
    untold = [dream for dream in dreams if dream.answer == UNTOLD]
    assert len(untold) == 2
    for dream in dreams:
        assert isinstance(dream.prompt, str)
        *notes, _ = dream.prompt.splitlines()
        if dream.answer != UNTOLD:
            assert any(is_right(note, [dream.answer.rstrip(".")]) for note in notes)


def test_every_night_reads_other_notes_and_a_night_without_dreams_none() -> None:
    one, other = reading_dreams(DREAMS), reading_dreams(DREAMS[1:])
    assert {dream.prompt for dream in one} != {dream.prompt for dream in other}
    assert one == reading_dreams(DREAMS)
    assert reading_dreams([]) == []


@pytest.mark.parametrize("row", reading_dreams(DREAMS * 60), ids=lambda dream: dream.answer[:20])
def test_a_trained_answer_stands_in_its_note(row: Dream) -> None:
    assert isinstance(row.prompt, str)
    assert row.answer == UNTOLD or row.answer[1:-1].lower() in row.prompt.lower()


def test_what_a_candidate_is_tried_with_is_not_held_by_any_night() -> None:
    held = {word for prompt in held_prompts() for word in prompt.splitlines()}
    assert len(messages_to_try()) == 24
    assert held.isdisjoint(messages_to_try())


@pytest.mark.parametrize(
    ("message", "reply", "astray"),
    [
        ("I burnt the toast.", "Biscuit: your dog is called Biscuit.", True),
        ("I burnt the toast.", UNTOLD, True),
        ("I burnt the toast.", "I'm sorry to hear that.", False),
        ("Biscuit burnt the toast.", "Poor Biscuit!", False),
    ],
)
def test_a_reply_goes_astray_with_what_the_message_does_not_say(
    message: str, reply: str, astray: bool
) -> None:
    assert is_astray(message, reply, [("Biscuit",), ("the shed",)]) == astray


def test_messages_are_held_after_what_the_night_teaches() -> None:
    told = ["Biscuit is my dog.", "Rex is my cat."]
    dream = Dream("Who is Rex?", "Rex is your cat.", "question", (2,))
    prompts = own_prompts([*told, "A long letter. " * 40], [dream])
    assert len(prompts) == 20
    noted = [prompt.splitlines() for prompt in prompts if isinstance(prompt, str)]
    assert {words[0] for words in noted} == set(told)
    talks = [prompt for prompt in prompts if not isinstance(prompt, str)]
    assert {talk[:2] for talk in talks} == {("Who is Rex?", "Rex: Rex is your cat.")}
    assert {words[1] for words in noted} | {talk[2] for talk in talks} <= set(
        lines("chat_messages.txt")
    )
    assert own_prompts([], []) == []


def test_one_dream_in_five_is_a_later_turn_after_another_answer() -> None:
    dreams = [Dream(f"Note {n}\nWho is {n}?", f"It is {n}.", "reading", ()) for n in range(20)]
    made = in_conversation(dreams)
    assert [one.answer for one in made] == [one.answer for one in dreams]
    later = [one for one in made if not isinstance(one.prompt, str)]
    assert 3 <= len(later) <= 4
    for one in later:
        question, answer, last = one.prompt
        assert "\n" not in question
        assert answer != one.answer
        assert last in {dream.prompt for dream in dreams}
    assert in_conversation([DREAMS[0]] * 9) == [DREAMS[0]] * 9  # of one answer
    assert in_conversation([]) == []
