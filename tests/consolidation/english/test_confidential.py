"""What looks like a secret is found, and what only looks alike is left alone."""

import pytest

from consolidation.english.confidential import (
    in_words,
    repeats,
    secrets_in,
    values_in,
    without_secrets,
)


def found(text: str, asked: str = "") -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in secrets_in(text, asked)]


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("my wifi password is hunter2 at the flat", "a password", "hunter2"),
        ("The password is swordfish.", "a password", "swordfish"),
        ("The alarm code is 4711.", "a door or alarm code", "4711"),
        ("4711 is the alarm code at the shop", "a password or code", "4711"),
        ("My PIN is four seven one one", "a PIN", "four seven one one"),
        ("card 4111 1111 1111 1111 exp 09/27", "a card number", "4111 1111 1111 1111"),
        (
            "IBAN DE89 3704 0044 0532 0130 00",
            "a bank account number",
            "DE89 3704 0044 0532 0130 00",
        ),
        ("my SSN is 219-09-9999", "an identity number", "219-09-9999"),
        ("your verification code is 482913", "a one-time code", "482913"),
        ("the AWS one, AKIAIOSFODNN7EXAMPLE", "a key or token", "AKIAIOSFODNN7EXAMPLE"),
        ("Punch in 7731 at the side door.", "a password or code", "7731"),
        ("The safe's combination is 31-7-22.", "a door or alarm code", "31-7-22"),
    ],
)
def test_a_secret_is_found_with_its_kind_and_place(text: str, kind: str, secret: str) -> None:
    assert (kind, secret) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "My phone number is 07700 900123.",
        "We live at 4711 Harbour Street, flat 3.",
        "I was born in 1984.",
        "Our order number is 40117293.",
        "The recipe takes 250 g flour and 125 ml milk.",
        "The password to happiness is patience.",
        "I forgot my password again.",
        "The wifi password is on a sticker under the router.",
        "The alarm was installed in 2019.",
        "The discount code is SPRING20.",
        "The area code for Leeds is 0113.",
        "Ana collects enamel pins, she has 112 of them.",
        "The ISBN is 978-0-306-40615-7.",
        "card 4111 1111 1111 1112 is a misprint, its check digit is wrong",
    ],
)
def test_what_only_looks_alike_is_no_secret(text: str) -> None:
    assert found(text) == []


def test_a_private_key_is_one_secret_over_all_its_lines() -> None:
    text = (
        "here:\n-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----\nok"
    )
    assert without_secrets(text, secrets_in(text)) == "here:\nok"


def test_a_bare_answer_is_a_secret_where_one_was_asked_for() -> None:
    assert found("4711", "What is the alarm code?") == [("a password or code", "4711")]
    assert found("4711", "Which bus do you take?") == []
    assert found("I'd rather not say, it is private to us all, you know", "What is the PIN?") == []


def test_the_other_sentences_stay() -> None:
    text = "My dog is called Rex. The alarm code is 4711. It is on the panel too. I love figs."
    assert without_secrets(text, secrets_in(text)) == "My dog is called Rex. I love figs."


def test_a_secret_is_known_again_however_it_is_spaced() -> None:
    text = "card 4111 1111 1111 1111"
    values = values_in(text, secrets_in(text))
    assert repeats("It is 4111-1111-1111-1111, isn't it?", values)
    assert not repeats("It ends in 1111.", values)


def test_kinds_are_named_once_each_and_never_with_the_secret() -> None:
    words = in_words(secrets_in("The PIN is 4711, the other PIN is 8042, CVV 123."))
    assert words == "a PIN and a card's security code"


def test_a_long_text_is_searched_in_a_moment() -> None:
    long = "the password of my pin code is a card key at the door, number " * 300
    assert len(long) > 18_000
    assert isinstance(secrets_in(long), tuple)
