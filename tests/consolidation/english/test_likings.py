"""A supposition that tells a taste is a fact; others are not."""

import pytest

from consolidation.english.likings import liked


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The one thing I'd happily eat for ever is plum cake.", "I love plum cake."),
        ("I could listen to Bach all day.", "I love Bach."),
        ("I'd gladly drink elderflower cordial every day.", "I love elderflower cordial."),
        ("The only food I could eat at every meal is rice.", "I love rice."),
    ],
)
def test_what_one_would_do_for_ever_one_loves(said: str, told: str) -> None:
    assert liked(said) == told


@pytest.mark.parametrize(
    "said",
    ["I could eat a horse.", "I'd read it every day.", "I would move to Ghent.", "I'd eat now."],
)
def test_other_suppositions_tell_no_taste(said: str) -> None:
    assert liked(said) == ""
