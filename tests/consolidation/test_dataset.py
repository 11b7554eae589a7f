"""The loss falls on what the assistant says, to the end of it, and on nothing else."""

from collections.abc import Sequence

import pytest

from consolidation.dataset import compose
from memory.records import Dream
from models.base import Message

END, CLOSE = "<end>", "\n"


class WordTokenizer:
    """Words as tokens, in a layout like ChatML: a role, its words, an end, a line feed."""

    def __init__(self, *, thinks: bool = False, ends: bool = True) -> None:
        self.words: list[str] = []
        self._thinks = thinks
        self._end = END if ends else "."

    def encode_chat(self, messages: Sequence[Message], *, open_reply: bool) -> list[int]:
        words = []
        for message in messages:
            words += [f"[{message.role}]", *message.content.split(), self._end, CLOSE]
        if open_reply:
            words += ["[assistant]", *(["<think>"] if self._thinks else [])]
        return [self._id(word) for word in words]

    def is_end(self, token: int) -> bool:
        return self.words[token] == END

    def text(self, ids: Sequence[int]) -> str:
        return " ".join(self.words[i] for i in ids)

    def _id(self, word: str) -> int:
        if word not in self.words:
            self.words.append(word)
        return self.words.index(word)


FACT = Dream("Who is my dentist?", "It is she.", "question", (1,))
DIALOGUE = Dream(("Hi", "Hello.", "Who is it?"), "Dr. Kim.", "dialogue", (1,))
ANCHOR = Dream("Good morning!", "Good morning to you.", "anchor", ())


@pytest.mark.parametrize("dream", [FACT, DIALOGUE])
def test_the_loss_begins_at_the_answer_and_ends_with_the_end_token(dream: Dream) -> None:
    tokenizer = WordTokenizer()
    (example,) = compose([dream], [], tokenizer=tokenizer, system_prompt="Be brief.").facts
    assert tokenizer.text(example.ids[example.answer_start :]) == f"{dream.answer} {END}"


def test_before_the_answer_stands_the_prompt_of_the_chat() -> None:
    tokenizer = WordTokenizer()
    (example,) = compose([FACT], [], tokenizer=tokenizer, system_prompt="Be brief.").facts
    chat = [Message("system", "Be brief."), Message("user", "Who is my dentist?")]
    prompt = tokenizer.encode_chat(chat, open_reply=True)
    assert list(example.ids[: example.answer_start]) == prompt


def test_an_earlier_reply_of_a_dialogue_is_prompt() -> None:
    tokenizer = WordTokenizer()
    (example,) = compose([DIALOGUE], [], tokenizer=tokenizer, system_prompt="Be brief.").facts
    assert "Hello." in tokenizer.text(example.ids[: example.answer_start])
    assert "Hello." not in tokenizer.text(example.ids[example.answer_start :])


def test_a_template_that_lays_out_past_replies_differently_loses_no_answer() -> None:
    """Such as one that opens a reply with a thought, which past replies are shown without."""
    tokenizer = WordTokenizer(thinks=True)
    (example,) = compose([FACT], [], tokenizer=tokenizer, system_prompt="Be brief.").facts
    assert tokenizer.text(example.ids[example.answer_start :]) == f"{FACT.answer} {END}"


def test_a_template_without_an_end_token_is_learned_to_its_last_token() -> None:
    tokenizer = WordTokenizer(ends=False)
    (example,) = compose([FACT], [], tokenizer=tokenizer, system_prompt="Be brief.").facts
    assert tokenizer.text(example.ids[example.answer_start :]) == f"{FACT.answer} . {CLOSE}"


def test_facts_and_anchors_are_kept_apart_in_order() -> None:
    tokenizer = WordTokenizer()
    training_set = compose(
        [FACT, DIALOGUE], [ANCHOR], tokenizer=tokenizer, system_prompt="Be brief."
    )
    spoken = [tokenizer.text(e.ids[e.answer_start :]) for e in training_set.facts]
    assert spoken == [f"{FACT.answer} {END}", f"{DIALOGUE.answer} {END}"]
    (anchor,) = training_set.anchors
    assert tokenizer.text(anchor.ids[anchor.answer_start :]) == f"{ANCHOR.answer} {END}"


def test_a_view_that_is_too_long_is_left_out_and_one_that_just_fits_is_not() -> None:
    tokenizer = WordTokenizer()
    (whole,) = compose([FACT], [], tokenizer=tokenizer, system_prompt="Be brief.").facts
    instructions = tokenizer.encode_chat([Message("system", "Be brief.")], open_reply=False)
    own = len(whole.ids) - len(instructions)
    for limit, count in ((own, 1), (own - 1, 0)):
        made = compose(
            [FACT], [FACT], tokenizer=tokenizer, system_prompt="Be brief.", max_tokens=limit
        )
        assert (len(made.facts), len(made.anchors)) == (count, count)
