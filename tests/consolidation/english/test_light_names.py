"""Light names: what people and things are called for short, and where a question may use them."""

import pytest

from consolidation.dreams import normalised, write_views
from consolidation.english.light_names import light_names
from consolidation.english.parsing import parse_simple
from consolidation.english.pieces import read_clause


def names_of_subject(text: str) -> list[str]:
    sentence = parse_simple(text)
    clause = read_clause(sentence) if sentence is not None else None
    assert clause is not None
    return light_names(clause.subject)


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("The dog that belongs to the couple next door is called Bruno.", "my neighbours' dog"),
        ("The woman who cleans our office speaks Georgian.", "our office cleaner"),
        ("The man who runs the chip shop is from Cyprus.", "the chip shop man"),
        ("Gareth at work is retiring in February.", "Gareth"),
        ("Mr Osei from the ground floor waters my plants.", "Mr Osei"),
        ("My aunt in Calgary sends us maple syrup.", "my aunt"),
        ("The people upstairs have a drum kit.", "my upstairs neighbours"),
        ("The chair of our tenants' group has stepped down.", "our chair"),
    ],
)
def test_a_heavy_phrase_has_a_light_name(message: str, name: str) -> None:
    assert name in names_of_subject(message)


def test_what_is_short_keeps_its_name() -> None:
    assert names_of_subject("My sister lives in Porto.") == []
    assert names_of_subject("The end of the film was sad.") == []


def test_questions_use_the_light_names_in_turn() -> None:
    prompts = [p for p, _, _ in write_views("The man who runs the chip shop is from Cyprus.")]
    heavy = sum("the man who runs the chip shop" in prompt.lower() for prompt in prompts)
    light = sum("the chip shop man" in p.lower() or "the man " in p.lower() for p in prompts)
    assert 0 < heavy < light


def test_a_light_name_does_not_mean_another_of_the_message() -> None:
    views = write_views("My sister in Leeds is a nurse. My sister in York is a vet.")
    assert not any(normalised(prompt) == "what does my sister do" for prompt, _, _ in views)


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("My rooftop garden shed has a leak.", "shed"),
        ("The amateur pantomime is on Saturday.", "the pantomime"),
        ("I painted the living room walls in May.", "the walls"),
        ("My rooftop storage pod opens with 5370.", "storage pod"),
        ("My cockapoo Bellatrix's vet is Dr Lindqvist.", "bellatrix's vet"),
    ],
)
def test_things_are_asked_for_by_their_bare_noun_in_turn(message: str, asked: str) -> None:
    prompts = [str(prompt).lower() for prompt, _, _ in write_views(message)]
    full = message.split(" has ")[0].split(" is ")[0].removeprefix("I painted ").lower()
    assert any(f" {asked}" in prompt and full not in prompt for prompt in prompts)


def test_what_tells_a_thing_apart_stays() -> None:
    prompts = [str(prompt).lower() for prompt, _, _ in write_views("My second tent is green.")]
    assert not any("my tent" in prompt or "the tent" in prompt for prompt in prompts)
