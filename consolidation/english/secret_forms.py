"""Secret forms: how people write passwords, PINs, codes and account numbers in a chat.

Strings in, spans out. What programs issue (tokens, private keys) is in `issued_secrets`, and
what stands beside words of locks and logins in `secret_context`.
"""

import re
from collections.abc import Iterator

from consolidation.english.secret_nouns import (
    A_YEAR,
    ACCOUNT,
    ANY_NOUN,
    CARD_CODE,
    CODE,
    IDENTITY,
    KEY,
    LOCK_CODE,
    NO_UNIT,
    NOT_OF_POST,
    ONE_TIME,
    PASSWORD,
    PHRASE,
    PIN,
    QUOTED,
    SPELT,
    TOKEN,
    WORDS_KEPT,
    YEAR,
    Secret,
)
from consolidation.english.wordlist import words

_NO_PASSWORD = frozenset(
    words(
        "a an the my your our his her its their it that this these those what which who how mine "
        "yours ours theirs not no never always too very so really quite still now only just again "
        "also being gone lost missing wrong right correct incorrect invalid same different new "
        "old older empty blank weak strong stronger long longer short easy hard safe secure "
        "secret private public fine good bad better worse terrible stupid silly ridiculous awful "
        "annoying embarrassing complicated simple broken written stored hidden kept known set out "
        "up down due here there nowhere somewhere everywhere random unique obvious boring rubbish "
        "crap useless on in under over behind inside at by from with for to of as like and or but "
        "if because case-sensitive saved shared common important personal temporary permanent "
        "ready back online offline something anything nothing everything one two unknown ours "
        "probably maybe around underneath somebody's someone's rather pretty far more less most "
        "least about out-of-date default all any both each enough stuck patience love kindness "
        "honesty laughter yes please thanks impossible why when where stuff sorted stolen taken "
        "forgotten sent today yesterday tomorrow tonight already twice once often sometimes myself "
        "everywhere later soon fun hell awkward dreadful nonsense history expiring"
    )
)
_WORD_END = r"(?=[.!]*\s*(?:$|[,;)\n]|(?:at|for|if|and|but|by|tell|btw|lol|should)\b|[.!](?:\s|$)))"
_WORD = rf"[A-Za-z][\w'’-]{{3,29}}{_WORD_END}"
"""A password of letters alone, which ends its clause."""
_MANY = r"(?:[a-z]{3,8} ){11,23}[a-z]{3,8}"
_REST = r"(?:[a-z][\w'-]*[ ,]+){2,23}[a-z][\w'-]*"

_ABOUT = (
    r"(?:\s+(?:for|to|of|at|on|in|from|into|(?:(?:that|which)\s+)?(?:I|you|he|she|we|they))"
    r"(?:\s+[\w’'./-]+){1,6}?)?"
)
_ADVERB = r"(?:\s+(?:now|still|currently|always|again|just|only|actually|apparently|simply))?"
_TO_BE = (
    rf"(?:(?:\s*(?:,|–|-|—|\()?\s*(?:it|that|which|this)?\s*(?:['’]s|\bis|\bwas|\bare|\bwill be)"
    rf"(?:n't any more but)?{_ADVERB})"
    rf"|\s*[.!]\s+(?:it|that)(?:['’]s|\s+is|\s+was){_ADVERB}"
    rf"|\s+(?:has\s+|have\s+)?(?:been\s+)?(?:is\s+|was\s+|got\s+|gets\s+)?(?:now\s+)?"
    rf"(?:changed|changes|set|reset|switched)(?:\s+(?:back|over|again))?(?:\s+(?:to|as)|:)"
    rf"|{_ADVERB}\s*(?::|=|->|→|–|—)"
    r"|\s-(?=\s)|\s+(?:as|reads|goes|being))"
)
_DIRECT = r"(?:\s*,)?"
"""Nothing between the noun and what it names: "PIN 4921", "alarm, 4711"."""
_LONG = (
    r"(?-i:(?=[A-Z0-9 -]*\d)[A-Z0-9]{2,}(?:[- ]?[A-Z0-9]{2,}){1,9}|(?=\S*\d)[\w./+=-]{7,}[\w+=])"
)
_IDENTITY_VALUE = (
    r"(?-i:(?=[A-Z .-]*\d[A-Z .-]*\d)[A-Z0-9]{2,}(?:[ .-]?[A-Z]*\d[A-Z0-9]*){0,8}(?: [A-Z]\b)?)"
)
_FOUR = r"(?:(?-i:[A-Z]?)\d(?:[- ]?\d){3,7}#?(?![\d%]|[.,:/]\d)|\d(?:-\d){3,5})"
_NUMBER = r"\d{2,4}(?:[ -]?\d{2,4}){1,6}"

_OWNED = r"(?:my|the|our|his|her|their|your|a|[\w-]+['’]s)"
_TABLE = (
    ("a PIN", PIN, rf"(?:\d(?:[- ]?\d){{3,7}}(?![\d%]|[.,:/]\d)|{SPELT})", True),
    ("a door or alarm code", LOCK_CODE, CODE, True),
    ("a one-time code", ONE_TIME, rf"(?:{CODE}|[A-Z0-9]{{4,6}}(?:-[A-Z0-9]{{3,6}})+)", True),
    ("a card's security code", CARD_CODE, rf"(?:\d{{3,4}}\b|{SPELT})", True),
    ("a bank account number", ACCOUNT, _NUMBER, True),
    ("an identity number", IDENTITY, _IDENTITY_VALUE, True),
    ("a key or token", KEY, _LONG, True),
    ("a password", PASSWORD, rf"(?:{QUOTED}|{TOKEN})", True),
    ("a password", rf"(?:{PASSWORD}|{WORDS_KEPT})", _WORD, False),
    ("a password", r"(?:pwd?|psk|wi-?fi pass)", _WORD, True),
    ("a password", PHRASE, _REST, False),
    ("a secret phrase", PHRASE, _MANY, True),
    ("a code", rf"{NOT_OF_POST}\bcodes?(?: (?:again|now|here))?", _FOUR, True),
)
_FORMS = [
    (
        kind,
        re.compile(
            rf"(?i)(?<![\w-]){noun}{_ABOUT}(?:{_TO_BE}{'|' + _DIRECT if direct else ''})"
            rf"\s+(?P<value>{value}){NO_UNIT}"
            rf"|(?i:(?<![\w-]){noun}{_ADVERB}\s*[:=]\s*(?P<bare>{value}))"
        ),
    )
    for kind, noun, value, direct in _TABLE
]
_BEFORE = re.compile(
    rf"(?i)(?<![\w.,-])(?P<value>{QUOTED}|{CODE}|{TOKEN})\s+(?:is|was|as|for|=|are)\s+"
    rf"{_OWNED}\s+(?:[\w’'-]+\s+){{0,3}}?{ANY_NOUN}\b"
)
""" "4711 is the alarm code", "use 739204 as your login code"."""
_CHANGED = re.compile(
    rf"(?i)\b{ANY_NOUN}\b[^.!?\n]{{0,80}}?\b(?:chang|set|reset|switch|mov|mad)\w*\s+"
    rf"(?:it|them|that|this|back|over)?\s*(?:to|as|into)\s+(?P<value>{CODE}|{TOKEN}){NO_UNIT}"
    rf"|\b(?:chang|set|reset|switch)\w* {_OWNED} (?:[\w’'-]+ ){{0,3}}?(?:code|{ANY_NOUN}) "
    rf"(?:back )?to (?P<new>{CODE}|{TOKEN}){NO_UNIT}"
)
_APPOSED = re.compile(rf"(?i)\b{PASSWORD}(?<!s),? (?P<value>{_WORD})")
_SAYING = re.compile(
    rf"(?i)\b(?:the )?word (?P<value>[\w'’-]{{4,}}),? (?:that['’]s|that is|which is|is) {_OWNED} "
    rf"(?:[\w'’-]+ ){{0,2}}?{PASSWORD}\b"
)
_AND_ANOTHER = re.compile(rf"(?i)\s*(?:,|and|or|&|then)\s+(?P<value>{CODE}|{TOKEN}){NO_UNIT}")
""" "backup codes: 8842-1190 and 5521-7743"."""
_FIGURATIVE = re.compile(
    r"(?i)pass ?word\s+(?:to|for)\s+(?:happiness|success|life|my heart|love|a (?:good|long|happy)|"
    r"wisdom|youth|peace)"
)


def told_secrets(text: str) -> Iterator[Secret]:
    """What is told as a password, a PIN, a code or a number of its owner's; may overlap."""
    for kind, form in _FORMS:
        for found in form.finditer(text):
            yield from _taken(text, kind, found)
    for kind, form in (
        ("a password or code", _BEFORE),
        ("a password or code", _CHANGED),
        ("a password", _SAYING),
        ("a password", _APPOSED),
    ):
        for found in form.finditer(text):
            yield from _taken(text, kind, found)


def _taken(text: str, kind: str, found: re.Match[str]) -> Iterator[Secret]:
    name = next(n for n, value in found.groupdict().items() if value is not None)
    value = found[name]
    lettered = not re.search(r"[\d_]", value)
    if lettered and kind == "a password" and _is_no_password(re.split(r"[ ,]", value)[0]):
        return
    if kind == "a password" and _FIGURATIVE.search(found[0]):
        return
    if YEAR.search(text[: found.start(name)][-8:]) and A_YEAR.fullmatch(value):
        return
    yield Secret(kind, found.start(name), found.end(name))
    behind = _AND_ANOTHER.match(text, found.end(name))
    if behind is not None:
        yield Secret(kind, behind.start("value"), behind.end("value"))


def _is_no_password(word: str) -> bool:
    low = word.lower()
    return low in _NO_PASSWORD or low.endswith(("ed", "ing", "able", "ible", "ly", "ful", "less"))


_ASKED = re.compile(rf"(?i)\b{ANY_NOUN}\b[^?]*\?|\b(?:{ACCOUNT}|{IDENTITY}|{KEY})\b[^?]*\?")
_GIVEN = re.compile(rf"(?i)(?<![\w-])(?P<value>{QUOTED}|{CODE}|{TOKEN})")
_SHORT = 8
"""Words of an answer that gives what was asked for."""


def answered_secret(text: str, asked: str) -> Secret | None:
    """What a short answer gives away: "4711" after "What is the alarm code?"."""
    if not _ASKED.search(asked) or len(text.split()) > _SHORT:
        return None
    found = _GIVEN.search(text)
    if found is not None:
        return Secret("a password or code", found.start("value"), found.end("value"))
    lone = re.fullmatch(r"\W*(?P<value>[\w'’-]{4,})\W*", text)
    if lone is None or _is_no_password(lone["value"]):
        return None
    return Secret("a password or code", lone.start("value"), lone.end("value"))
