"""Questions by grammar alone: of passives, causatives, denials, exceptions and what there is."""

import pytest

from consolidation.dreams import normalised, write_views


def prompts(message: str) -> set[str]:
    return {prompt for prompt, _, _ in write_views(message)}


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("The piano is getting tuned by a Mrs Okafor next week.", "Who is tuning the piano?"),
        ("The piano is getting tuned by Mrs Okafor next week.", "Who tunes the piano next week?"),
        ("The allotment has been taken over by Ferdinand.", "Who has taken over the allotment?"),
        ("The choir will be led by Miriam.", "Who will lead the choir?"),
        ("My laptop got stolen by a guy on the train.", "Who stole my laptop?"),
        ("My hair gets cut by Bev every six weeks.", "Who cuts my hair?"),
        ("I'm having my roof mended by Stefan.", "Who is mending my roof?"),
        ("I've had my eyes tested by Mr Patel.", "Who has tested my eyes?"),
        ("We had the kitchen done by Ana.", "Who did the kitchen?"),
        ("I got Ana to fix my bike.", "Who fixed my bike?"),
        ("I had Stefan repaint the hall in May.", "Who repainted the hall?"),
    ],
)
def test_who_did_it_is_asked_in_the_active(message: str, asked: str) -> None:
    assert normalised(asked) in map(normalised, prompts(message))


def test_what_happens_otherwise_is_the_reason() -> None:
    views = write_views(
        "I'm not drinking coffee after two in the afternoon any more, "
        "otherwise I lie awake half the night."
    )
    answers = {normalised(prompt): answer for prompt, answer, _ in views}
    assert {
        "when am i not drinking coffee",
        "after when am i not drinking coffee",
        "what am i not drinking after two in the afternoon",
        "why am i not drinking coffee after two in the afternoon",
    } <= answers.keys()
    assert answers["why am i not drinking coffee"].endswith(
        "otherwise you lie awake half the night."
    )
    assert "Which beverage do I not touch?" not in answers


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (
            "I have to take the tablets with food, or I feel sick.",
            "Why do I have to take the tablets with food?",
        ),
        ("We never park on Mill Road, or we get a fine.", "Why do we never park on Mill Road?"),
        ("I must be home by six or else the dog chews the sofa.", "Why must I be home?"),
    ],
)
def test_or_else_gives_a_reason(message: str, asked: str) -> None:
    assert asked in prompts(message)


def test_or_between_two_plans_gives_none() -> None:
    assert not [one for one in prompts("We'll go to Rome in May, or we stay.") if "Why" in one]


def test_what_there_is_can_be_asked_for_in_many_ways() -> None:
    views = write_views("There is a spare EpiPen in the glove compartment, just so you know.")
    asked = {normalised(prompt) for prompt, _, _ in views}
    assert {
        "where is the spare epipen",
        "where would i find a spare epipen",
        "where do we have a spare epipen",
        "what is in the glove compartment",
        "do we have a spare epipen",
    } <= asked
    assert any("about the spare epipen" in one for one in asked)


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (
            "Our tortoise Mildred won't touch anything but dandelions.",
            "What is the only thing that our tortoise Mildred will touch?",
        ),
        (
            "My son doesn't eat anything except pasta.",
            "What is the only thing that my son eats?",
        ),
        ("I don't drink anything other than water.", "What is the only thing I drink?"),
        (
            "My grandmother reads nothing but thrillers.",
            "What is the only thing that my grandmother reads?",
        ),
        ("Our cat only eats salmon.", "What is the only thing that our cat eats?"),
    ],
)
def test_the_only_thing_is_asked_for_as_such(message: str, asked: str) -> None:
    found = prompts(message)
    short = asked.replace("our tortoise Mildred", "Mildred")  # names take turns
    assert {asked, short} & found
    assert not [one for one in found if "won't our" in one or "doesn't my" in one]


def test_what_is_denied_is_asked_for() -> None:
    asked = prompts("Dad can't have grapefruit any more because of his tablets.")
    assert {
        "What can't Dad have?",
        "What is Dad not allowed to have?",
        "Why can't Dad have grapefruit?",
    } <= asked


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (
            "My driving test has been pushed back to the 14th.",
            "To when has my driving test been pushed back?",
        ),
        (
            "My driving test has been pushed back to the 14th.",
            "What date has my driving test been pushed back to?",
        ),
        ("The meeting was brought forward to Tuesday.", "What is the new date of the meeting?"),
        ("Our wedding has been put off until June.", "When is our wedding now?"),
        (
            "The deadline got pushed back by two weeks.",
            "By how much did the deadline get pushed back?",
        ),
    ],
)
def test_a_phrasal_verb_keeps_its_particle(message: str, asked: str) -> None:
    found = {normalised(prompt) for prompt in prompts(message)}
    assert normalised(asked) in found
    assert not [one for one in found if one.endswith(("pushed", "brought", "been put"))]


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("The twins are looked after by my cousin Bo.", "Who looks after the twins?"),
        ("My knee is being operated on by Dr Amsel.", "Who is operating on my knee?"),
        ("My niece Saoirse is having her tonsils out in May.", "What is my niece having out?"),
        ("My colleague Dmitri is getting married in October.", "When is Dmitri getting married?"),
        ("The basement flooded again last night.", "When did the basement flood?"),
        ("Ana quit nursing in May.", "When did Ana quit nursing?"),
        ("The flight was moved forward to six.", "To when was the flight moved forward?"),
        ("The boiler man comes between eight and twelve.", "When does the boiler man come?"),
        ("Mum's new flat has no lift.", "What does Mum's new flat not have?"),
        ("We only have one key for the shed.", "How many keys do we only have?"),
        ("I only take sugar in coffee.", "What is the only thing that I take in coffee?"),
        ("I learnt to crochet from YouTube.", "What did I learn to do?"),
        ("Tom and Aisha, our neighbours, have had twins.", "What have Tom and Aisha had?"),
    ],
)
def test_everyday_statements_get_plain_questions(message: str, asked: str) -> None:
    assert normalised(asked) in map(normalised, prompts(message))


def test_several_neighbours_are_not_called_by_one_name() -> None:
    answers = {answer for _, answer, _ in write_views("Tom and Aisha, our neighbours, have twins.")}
    assert not [one for one in answers if "called" in one]
