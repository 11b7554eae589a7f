"""The kind of each sentence, and why a message is skipped."""

import pytest

from consolidation.english.turns import Turn
from consolidation.english.utterances import heard, silent_kind


def kinds(message: str, *before: Turn) -> set[str]:
    return {utterance.kind for utterance in heard(message, before)}


def facts(message: str, *before: Turn) -> list[str]:
    return [utterance.text for utterance in heard(message, before) if utterance.is_fact]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("if I win the lottery I'm moving to Crete", "hypothetical"),
        ("Imagine we just ran off and told nobody!", "hypothetical"),
        ("Were I ten years younger I'd learn to sail.", "hypothetical"),
        ("I'd quit tomorrow if I could", "hypothetical"),
        ("If it's raining tomorrow, we stay in", "hypothetical"),
        ("My uncle always says: 'He who sleeps has no hunger in the house.'", "quotation"),
        ("he goes quote I have never been late in my life unquote", "quotation"),
        ("The magazine writes that every third nurse wants to leave", "quotation"),
        ("Got this today:\nDear tenant, we turn off the water on Monday.", "quotation"),
        ("Last night I dreamt that I was the mayor of Ghent", "fiction"),
        ("In my novel the heroine has just sold her horse", "fiction"),
        ("Let's go on with our story: you are the innkeeper", "fiction"),
        ("Can you make a packing list for five days?", "request"),
        ("Do us a caption for the team photo", "request"),
        ("what's the difference between a crow and a raven", "question"),
        ("no idea how long that takes?", "question"),
    ],
)
def test_what_is_no_fact_says_its_kind(message: str, kind: str) -> None:
    assert kind in kinds(message)
    assert facts(message) == []


@pytest.mark.parametrize(
    "message",
    [
        "Freezing today. Even the gulls walk.",
        "I'm so tired I could sleep standing up",
        "ok nice list, you forgot the socks",
        "The sun is shining so I go out, bye bye",
        "this coffee is terrible",
        "lol yeah. good bot. night",
        "my feet hurt",
    ],
)
def test_moods_weather_and_judgements_are_small_talk(message: str) -> None:
    assert facts(message) == []


def test_a_role_that_was_opened_a_moment_ago_is_still_played() -> None:
    opened = Turn("let's go on with our story", "Welcome, stranger!")
    assert facts("I am Stavros and I have three daughters.", opened) == []
    assert facts("By the way, I have three daughters.", opened) == ["I have three daughters."]


def test_what_is_said_after_a_supposition_belongs_to_it() -> None:
    assert facts("Imagine we ran off! My mother would never speak to me again.") == []


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("Any idea how to cheer up Tomas, he failed his test again?", "He failed his test again."),
        (
            "Do you know stretches for Otieno, who hurt his back on Sunday?",
            "Otieno hurt his back on Sunday.",
        ),
        (
            "She can't have shellfish – how does one say that in Japanese?",
            "She can't have shellfish.",
        ),
        ("Please write to my landlord that the boiler leaks.", "The boiler leaks."),
        ("You asked about my age: my sister Ana is sixty.", "My sister Ana is sixty."),
        ("Please remember, if I ask for trains, that I no longer drive.", "I no longer drive."),
        ("scratch that about Ben, he has moved to Oslo", "Ben has moved to Oslo."),
    ],
)
def test_a_fact_inside_something_else_is_taken_out(message: str, told: str) -> None:
    assert told in facts(message)


@pytest.mark.parametrize(
    "message",
    [
        "If it's about the farm shop, I always talk to Ms Featherstone.",
        "Everyone at the lifeboat fundraiser will be eating pumpkin risotto.",
        "The gazebo is no longer kept by the fire, it lives behind the bathroom door now.",
    ],
)
def test_what_holds_as_a_rule_and_what_becomes_of_a_thing_are_facts(message: str) -> None:
    assert [one.kind for one in heard(message)] == ["fact"]


def test_a_short_quoted_word_is_no_quotation() -> None:
    assert facts("My sister calls her boat 'Daisy'.") == ["My sister calls her boat Daisy."]


def test_a_skipped_message_says_why_in_plain_words() -> None:
    assert silent_kind("How tall is the tower?") == "question"
    assert silent_kind("if I were rich I'd buy it") == "hypothetical"
    assert silent_kind("lol") == "idle"


@pytest.mark.parametrize(
    "cry",
    [
        *("God help the neighbours", "God knows", "Heaven help us", "Bless him", "God forbid"),
        *("Thank God for that", "Long may it last", "Fingers crossed", "Wish me luck"),
        *("Knock on wood", "Good riddance", "Don't ask", "What a mess"),
    ],
)
def test_a_cry_is_no_fact_and_none_behind_one(cry: str) -> None:
    assert not [one for one in heard(f"{cry}.") if one.is_fact]
    behind = f"My neighbour moved out on Saturday, {cry[:1].lower()}{cry[1:]}."
    assert facts(behind) == ["My neighbour moved out on Saturday."]


@pytest.mark.parametrize(
    "closer",
    [
        *("just so you know", "so you know", "just letting you know", "in case you need it"),
        *("for the record", "just saying", "long story", "as usual", "believe me", "no joke"),
        *("to my surprise", "not that it matters", "in case I forget"),
    ],
)
def test_a_closer_is_cut_cleanly(closer: str) -> None:
    assert facts(f"The boat is in the shed, {closer}.") == ["The boat is in the shed."]


def test_a_closer_stays_where_it_carries_the_fact() -> None:
    assert facts("I write everything down in case I forget.") == [
        "I write everything down in case I forget."
    ]


@pytest.mark.parametrize(
    "message",
    [
        "If I won the lottery, I'd buy a boat.",
        'My mum always says "a stitch in time saves nine".',
        "In my novel, Elena lives in Prague.",
        "What a day!",
        "lol",
    ],
)
def test_what_its_owner_insists_on_is_told_whatever_its_kind(message: str) -> None:
    assert not facts(message)
    told = [one for one in heard(message, insist=True) if one.is_fact]
    assert [one.text for one in told] == [message]
    assert told[0].reason.endswith("; told all the same, for it is pinned")
    assert not facts(message), "the reading of an unpinned message is not touched by it"


@pytest.mark.parametrize(
    "message",
    ["Where do I live?", "Recommend me a film.", "Hello! How are you?", "?!", "\N{THUMBS UP SIGN}"],
)
def test_no_insisting_makes_a_fact_of_what_only_asks_or_says_nothing(message: str) -> None:
    assert not [one for one in heard(message, insist=True) if one.is_fact]


def test_a_quotation_that_is_insisted_on_keeps_its_words() -> None:
    message = '"I left. I never came back," said Tom.'
    assert [one.text for one in heard(message, insist=True)] == [message]


@pytest.mark.parametrize(
    "message",
    [
        "it's 2:30 in the morning and I still can't sleep",
        "Happy Monday everyone!",
        "The wind is howling round the house again",
        "I'm grinning like an idiot over here",
        "Sorry I'm typing with one thumb, baby on the other arm",
        "Can't believe it's already November",
        "My stomach is rumbling",
        "Which river runs through Prague, if I may ask?",
        "Over the door of the pub it reads abandon hope all ye who enter",
        "I read in the paper that a man in Leeds has married his car",
        "In a parallel universe I'm a jazz pianist in Havana",
        "Could you write a note to a guest saying that breakfast ends at ten? In Spanish please.",
    ],
)
def test_what_is_of_the_moment_or_of_others_is_no_fact(message: str) -> None:
    assert facts(message) == []


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("right knees acting up again", "My right knee is acting up again."),
        ("my moms 62 on sunday", "My mom is 62 on Sunday."),
        ("theos dentist is dr. kaur", "Theos dentist is Dr. Kaur."),
        ("Seein the osteopath on Friday", "Seeing the osteopath on Friday."),
        ("Meeting's moved to Thursday", "The meeting has moved to Thursday."),
        (
            "I can't eat gluten even tho I love bread",
            "I can't eat gluten even though I love bread.",
        ),
        ("Two for your list: the bins go out on Tuesdays.", "The bins go out on Tuesdays."),
        ("We sold the caravan, did I mention?", "We sold the caravan."),
        ("Got a new job.", "Got a new job."),
        ("How do I console Priya her sister moved to Perth", "Her sister moved to Perth."),
    ],
)
def test_facts_in_careless_spelling_and_between_words_for_the_assistant(
    message: str, fact: str
) -> None:
    assert fact in facts(message)


def test_make_believe_is_left_where_somebody_of_the_real_talk_is_named() -> None:
    real = Turn("I share a room with a man called Duarte", "How is it?")
    play = Turn("let's go on with our story: I am Stavros", "Stavros watched the harbour.")
    assert facts("I borrowed a phone from Duarte on Monday.", real, play)
    assert facts("I have three daughters and a boat.", real, play) == []


def test_who_speaks_of_a_thing_known_before_a_story_has_left_it() -> None:
    real = Turn("The shearers are coming on Thursday, to the old schoolhouse.", "Noted.")
    play = Turn("once upon a time a jackal sold the sheep their own wool", "The jackal grinned.")
    assert facts("The shearers stayed away.", real, play)
    left = Turn("The shearers stayed away.", "Oh.")
    assert facts("I have three daughters and a boat.", real, play, left)
    assert facts("The old jackal sold the farmer.", real, play) == []
    assert facts("The jackal ate the farmer.", real, play) == []


@pytest.mark.parametrize("message", ["144 / 12 =", "180 cm in inches", "2^10", "(3 + 4) * 12"])
def test_a_sum_for_a_tool_tells_nothing_of_its_owner(message: str) -> None:
    assert kinds(message) == {"request"}


def test_a_size_may_be_told() -> None:
    asked = Turn("How large is the bed?", "What size is it?")
    assert "request" not in kinds("The bed is 140 by 200 cm.", asked)
