import pytest

from consolidation.english.takebacks import taken_back


def test_order_to_drop_something_is_parted_from_what_follows() -> None:
    order, rest = taken_back("Forget the gym thing, my knee is bad.")
    assert order == "Forget the gym thing"
    assert rest == "My knee is bad."


def test_order_alone_leaves_nothing_to_tell() -> None:
    assert taken_back("Drop what I told about Monday.") == ("Drop what I told about Monday", "")


@pytest.mark.parametrize(
    "text",
    [
        "I forgot the gym bag.",
        "Scrapped the van on Monday.",
        "My brother cancelled the trip.",
        "Need a new exhaust for the Fiat by Friday.",
    ],
)
def test_what_the_owner_did_is_no_order(text: str) -> None:
    assert taken_back(text) == ("", text)
