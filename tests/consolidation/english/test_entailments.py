"""Entailments: what a statement implies is true, and asked for."""

import pytest

from consolidation.dreams import write_views
from consolidation.english.entailment_rules import rules
from consolidation.english.entailments import entailed
from consolidation.english.person import first_person
from consolidation.english.statements import read_statements


def implied(text: str) -> list[str]:
    clauses = [one.clause for one in read_statements(text, ())]
    found = [other for one in clauses if one is not None for other in entailed(one)]
    return [first_person(clause.words) for clause in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Our hedgehog Olga won't eat anything except beetles.", "eats only beetles"),
        ("My swimming exam has been put off until the 9th of June.", "exam is on the 9th of June"),
        ("My driving test was moved from Monday to Thursday.", "test is on Thursday"),
        ("The rehearsal got pushed back to 3 pm.", "The rehearsal is at 3pm"),
        ("My nephew is leaving us to work for Airbus.", "My nephew will work for Airbus"),
        ("I'm not smoking indoors any more.", "I don't smoke indoors"),
        ("Dad quit smoking in March.", "Dad doesn't smoke."),
        ("My grandfather no longer drives.", "My grandfather doesn't drive"),
        ("There is a spare fuse behind the clock.", "The spare fuse is behind the clock"),
        ("I've taken up the oboe.", "I play the oboe"),
        ("My cousin makes a living as a tailor.", "My cousin works as a tailor"),
        ("We have put down roots in Ghent.", "We live in Ghent"),
        ("My gran was brought up in Cork.", "My gran grew up in Cork"),
        ("I can't stand olives.", "I hate olives"),
        ("My son swells up from wasp stings.", "My son is allergic to wasp stings"),
        ("My brother is tying the knot with Elena.", "My brother will marry Elena"),
        ("My nephew answers to Jojo.", "My nephew is called Jojo"),
        ("The repair set us back 300 pounds.", "The repair cost 300 pounds"),
        ("I stashed the presents behind the wardrobe.", "The presents are behind the wardrobe"),
        ("I lent my drill to Omar.", "Omar has my drill"),
        ("My aunt left me her sewing machine.", "I inherited the sewing machine from my aunt"),
        ("We're having the roof mended by Kurt.", "Kurt is mending the roof"),
        ("I've booked a plumber to look at the leak.", "The plumber will look at the leak"),
        ("I used to work as a baker.", "I worked as a baker"),
    ],
)
def test_a_statement_implies_plainer_ones(text: str, expected: str) -> None:
    assert any(expected in sentence for sentence in implied(text)), implied(text)


@pytest.mark.parametrize(
    "text",
    [
        "My boss is mad about the delay.",
        "My grandmother lives on Elm Street.",
        "My brother started learning Welsh in 2010.",
        "My sister isn't leaving us to work for Oxfam.",
        "I haven't stopped smoking.",
        "I didn't take up the cello.",
        "I was diagnosed with flu in 2012.",
        "My aunt ended up in hospital.",
        "My brother is joining Anna for lunch.",
        "The train came in at 8.",
        "I nearly gave up coffee.",
        "I have given up on milk.",
        "The match may be moved to Sunday.",
        "I had booked the viewing for Friday.",
    ],
)
def test_what_need_not_be_so_is_not_implied(text: str) -> None:
    assert implied(text) == []


def test_a_past_state_implies_no_present_one() -> None:
    assert implied("My sister used to be mad about horses.") == ["My sister was mad about horses."]


def test_implications_are_asked_for_and_answered_with_the_statement() -> None:
    views = {
        prompt: answer
        for prompt, answer, _ in write_views(
            "Our tortoise Mildred won't touch anything but dandelion leaves."
        )
    }
    said = "Your tortoise Mildred won't touch anything but dandelion leaves."
    assert views["What does Mildred eat?"] == said
    names = ("our tortoise Mildred", "our tortoise", "Mildred")
    assert said in [views.get(f"What kind of food does {name} eat?") for name in names]


def test_every_rule_can_be_read() -> None:
    assert len({id(rule) for same in rules().values() for rule in same}) >= 300
