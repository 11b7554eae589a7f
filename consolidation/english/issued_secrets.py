"""Issued secrets: card and bank numbers, tokens and private keys, known by how they are made.

Tokens of services are found by the plugins of detect-secrets, line by line; nothing is looked up
anywhere. Numbers count only where their check digits are right.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from stdnum import iban, luhn

from consolidation.english.secret_nouns import Secret

_PLUGINS = (
    "AWSKeyDetector",
    "AzureStorageKeyDetector",
    "BasicAuthDetector",
    "DiscordBotTokenDetector",
    "GitHubTokenDetector",
    "GitLabTokenDetector",
    "JwtTokenDetector",
    "MailchimpDetector",
    "NpmDetector",
    "OpenAIDetector",
    "PypiTokenDetector",
    "SendGridDetector",
    "SlackDetector",
    "SquareOAuthDetector",
    "StripeDetector",
    "TelegramBotTokenDetector",
    "TwilioKeyDetector",
)
_BLOCK = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END[^-\n]*-----|\Z)", re.DOTALL
)
_CARD = re.compile(r"(?<![\d.+-])\d(?:[ -]?\d){12,18}(?![\d-])")
_ISSUER = re.compile(r"4|5[0-8]|2[2-7]|3[47]|35|30|36|38|6(?:011|4[4-9]|5|3|7)")
_CARD_WORDS = re.compile(r"(?i)\b(?:card|visa|mastercard|amex|american express|diners|maestro)\b")
_SURE_LENGTH = 15
"""Digits from which on a right check digit and issuer are no chance."""
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
_SSN = re.compile(r"(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])")
_NINO = re.compile(r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
                   r" ?\d\d ?\d\d ?\d\d ?[A-D]\b")  # fmt: skip
_PREFIXED = re.compile(
    r"\b(?:sk|pk|rk|ghp|gho|ghs|github_pat|glpat|xox[abprs]|hf|npm|pypi|key|ya29|AIza|SG)"
    r"[-_.][\w.-]{16,}"
)
_PRODUCT_KEY = re.compile(r"\b(?=[A-Z-]*\d)(?=[\d-]*[A-Z])[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3,}\b")
_FORMS = (
    (_BLOCK, "a private key"),
    (_SSN, "an identity number"),
    (_NINO, "an identity number"),
    (_PREFIXED, "a key or token"),
    (_PRODUCT_KEY, "a key or token"),
)
_TOKEN = re.compile(r"(?<![\w/.-])[\w+/=-]{20,}(?![\w/.])")
_HEX = re.compile(r"[0-9a-fA-F]{32,}")
_KNOWN_HASH = re.compile(r"(?i)\b(?:commit|sha-?\d*|hash|checksum|md5|revision|digest)\b")
_LEAST_BITS = 3.6
"""Of a random token's characters; English words joined by signs have less, or no digit."""


def issued_secrets(text: str) -> Iterator[Secret]:
    """What only its issuer and its owner should know; may overlap."""
    for form, kind in _FORMS:
        yield from (Secret(kind, *one.span()) for one in form.finditer(text))
    for one in _CARD.finditer(text):
        if _is_card(re.sub(r"\D", "", one[0]), text):
            yield Secret("a card number", *one.span())
    yield from _ibans(text)
    yield from _tokens(text)


def _is_card(digits: str, text: str) -> bool:
    sure = len(digits) >= _SURE_LENGTH or _CARD_WORDS.search(text) is not None
    return sure and _ISSUER.match(digits) is not None and luhn.is_valid(digits)


def _ibans(text: str) -> Iterator[Secret]:
    """A number may be followed by a word in capitals, so the longest right part counts."""
    for one in _IBAN.finditer(text):
        end = one.end()
        while end > one.start() + 14:
            if iban.is_valid(text[one.start() : end], check_country=False):
                yield Secret("a bank account number", one.start(), end)
                break
            end -= 1


def _tokens(text: str) -> Iterator[Secret]:
    for token in _TOKEN.finditer(text):
        if _is_random(token[0], text[max(0, token.start() - 30) : token.start()]):
            yield Secret("a key or token", *token.span())
    place = 0
    for line in text.splitlines(keepends=True):
        for plugin in _plugins():
            for value in plugin.analyze_string(line):
                at = line.find(value) if value else -1
                if at >= 0:
                    yield Secret("a key or token", place + at, place + at + len(value))
        place += len(line)


def _is_random(token: str, said_before: str) -> bool:
    if _KNOWN_HASH.search(said_before):
        return False
    if _HEX.fullmatch(token):
        return bool(re.search(r"[a-fA-F]", token)) and _bits(token) > 3.0
    kinds = (r"[a-z]", r"[A-Z]", r"\d")
    return all(re.search(kind, token) for kind in kinds) and _bits(token) > _LEAST_BITS


def _bits(token: str) -> float:
    """Shannon entropy, bits a character."""
    counts = Counter(token)
    return -sum(n / len(token) * math.log2(n / len(token)) for n in counts.values())


@cache
def _plugins() -> tuple[Any, ...]:
    """Loaded when a text is first read: a quarter of a second."""
    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class

    found: dict[str, Any] = {
        one.__name__: one for one in get_mapping_from_secret_type_to_class().values()
    }
    return tuple(found[name]() for name in _PLUGINS if name in found)
