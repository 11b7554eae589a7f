"""What a dream is answered with when it is trained."""

import pytest

from consolidation.brought_up import MENTION_KIND
from consolidation.in_full import SUMMARY_KIND, tellings_of, told_in_full
from memory.records import Dream


@pytest.mark.parametrize("kind", [MENTION_KIND, "question", "asked"])
@pytest.mark.parametrize("name", ["the metal detector", "my detector"])
def test_a_name_with_several_facts_brings_up_all_of_them(name: str, kind: str) -> None:
    first = "Your metal detector has a sticker on it."
    both = f"{first} Your metal detector runs on two batteries."
    mention = Dream(f"Tell me about {name}.", first, kind, (1,))
    other = Dream("Tell me about the bees.", "You sell the bees.", MENTION_KIND, (3,))
    summary = Dream("Sum up what I told you about my metal detector.", both, SUMMARY_KIND, (1, 2))
    told = told_in_full([mention, other], [summary])
    assert [dream.answer for dream in told] == [both, "You sell the bees."]
    assert told[0].episode_ids == (1, 2)


def test_an_earlier_summary_tells_what_came_since() -> None:
    answers = ("Ada sings. Ada paints.", "Ada sings. Ada paints. Ada dives.")
    earlier, since = (
        Dream("Tell me about Ada.", answer, "summary", ids)
        for answer, ids in zip(answers, [(1, 2), (1, 2, 3)], strict=True)
    )
    told = told_in_full([earlier, since], [earlier, since])
    assert {dream.answer for dream in told} == {answers[1]}


def test_what_is_told_of_one_alone_stays_hers_where_others_share_her_role() -> None:
    every = Dream(
        "Tell me about my aunt.", "Your aunt Bo sings. Your aunt Di dives.", "summary", (1, 2, 3)
    )
    hers = Dream("Tell me about Bo.", "Your aunt Bo sings. Bo paints.", "summary", (1, 3))
    asked = Dream("What of Bo?", "Your aunt Bo sings.", "mention", (1,))
    assert told_in_full([asked], [every, hers])[0].answer == hers.answer


def said(answer: str, episode_id: int = 1, kind: str = "question") -> Dream:
    return Dream("Mm?", answer, kind, (episode_id,))


VISA = "Your visa appointment is on Thursday."
PHOTOS = "You must bring three photos."


def test_what_one_message_told_is_told_at_once() -> None:
    dreams = [said(VISA), said(PHOTOS), said("You keep bees.", 2)]
    told = told_in_full(dreams, (), tellings_of(dreams))
    assert [one.answer for one in told] == [f"{VISA} {PHOTOS}"] * 2 + ["You keep bees."]


def test_what_confirms_stays_short() -> None:
    dreams = [said(VISA), said(PHOTOS)]
    yes = said(f"Yes, {VISA}", kind="yes-no")
    assert told_in_full([yes], (), tellings_of([*dreams, yes])) == (yes,)


def test_what_stands_in_other_words_of_the_message_is_told_once() -> None:
    whole = "You share a flat with Inès, who sings, and Oksana, who bakes."
    part = "You share a flat with Inès and Oksana. Inès sings."
    name = "Your flatmate is called Oksana."
    tellings = tellings_of([said(part), said(whole), said(name)])
    assert tellings[1, part] == tellings[1, whole]
    assert tellings[1, whole].count("share a flat") == 1


def test_a_long_message_is_told_in_parts() -> None:
    sentences = [f"Your {word} friend{' and' * 12} stays the same." for word in ("a", "b", "c")]
    tellings = tellings_of([said(one) for one in sentences])
    assert [tellings[1, one].count("same") for one in sentences] == [2, 2, 1]


def test_a_summary_of_a_name_comes_before_the_rest_of_the_message() -> None:
    both = "Your vet Ada sings. Ada has moved to Oban."
    summary = Dream("Tell me about Ada.", both, SUMMARY_KIND, (1, 2))
    dreams = [said("Your vet Ada sings."), said("You keep bees.")]
    asked = Dream("What of Ada?", "Your vet Ada sings.", MENTION_KIND, (1,))
    assert told_in_full([asked], [summary], tellings_of(dreams))[0].answer == both
