"""Secret context: numbers beside words of locks and logins, however the sentence is built.

Catches what no form in `secret_forms` foresaw. Strings in, spans out.
"""

import re
from collections.abc import Iterator

from consolidation.english.secret_nouns import (
    A_YEAR,
    LOCK_CODE,
    NOT_OF_POST,
    ONE_TIME,
    PASSWORD,
    PIN,
    SPELT,
    YEAR,
    Secret,
)

_NUMBER_ALONE = (
    rf"(?:(?<![\w.,:/£$€+@-])[#*]?\d(?:[ -]?\d){{2,7}}[#*]?(?![\w%:/@€-]|[.,]\d)|\b{SPELT})"
    r"(?!\s*(?:euros?|pounds?|dollars?|kr|crowns?|metres?|people|guests|kg|g|ml|cm|mm|km|miles|"
    r"pages|rules|users|accounts|sites|websites|passwords|entries|members|years|times|points|levels|of\b))"
)
_LONG_NUMBER = rf"(?=\D?(?:\d[ -]?){{4}}|\D{{8}}|\D?\d+[#*]){_NUMBER_ALONE}(?! [A-Z])"
"""Four digits at least, and no house number: "1203 Willow Lane"."""
_COMBINATION = (
    r"(?<![\w.])\d{1,2}(?: (?:right|left))?(?:[ ,/-]+\d{1,2}(?: (?:right|left))?){2,4}(?![\w.]\d)"
)
_WITH_LETTERS = (
    r"(?<![\w./@-])(?=[^\s,;()]*[a-zA-Z])(?=[^\s,;()]*\d)(?!\d+(?:st|nd|rd|th|am|pm|k|gb|mb)\b)"
    r"[^\s,;()\"“”@]{5,39}[^\s,;()\"“”.!?@](?![\w@])"
)
_CODE_OF_A_DOOR = re.compile(rf"(?i){NOT_OF_POST}\bcode\b")
_GETS_IN = re.compile(
    r"(?i)\b(?:sent|texted|text|sms|confirm|verify|log ?in|sign in|unlock\w*|locks?|locked|locker|"
    r"key ?pad|door|gate|entry|box|safe|store|shed|garage|alarm|phone|screen|bank|transfer|get in|"
    r"let \w+ in)\b"
)
_HAS_NUMBER = re.compile(rf"(?i)\b(?:{PASSWORD}|{PIN}|{LOCK_CODE}|{ONE_TIME})(?!\w)")
_HAS_LOCK = re.compile(
    r"(?i)\b(?:key ?pads?|padlocks?|key ?safe|lock ?box|alarm|safe|combination|lock|gate|door|"
    r"entry|keybox|unlock\w*|disarm\w*|opens? with|"
    r"(?:get|log|let (?:your|my|our)sel\w+) in(?:to)?|"
    r"(?:to confirm|to verify|authori[sz]e))\b"
)
_HAS_COMBINATION = re.compile(r"(?i)\b(?:combination|combo|padlock|lock|safe)\b")
_HAS_TOKEN = re.compile(
    rf"(?i)\b(?:{PASSWORD}|log ?in(?= is\b|:| \w+ is\b)|log in with|"
    r"wi-?fi\b[^.!?]*(?::|log in| is \S+ /))"
)
_NO_CODE = re.compile(
    r"(?i)(?:\b(?:at|for|cost|costs|paid|pay|number|no\.?|nr\.?|room|flight|order|parcel|booking|"
    r"tracking|ref|around|about|over|nearly|weighs|bus|line|route|seats|holds|has|have|is)"
    r"|(?<!burglar )(?<!house )alarm to"
    r"|(?-i:\b(?!(?:Is|PIN|Code|Use|Type|Enter|Punch|Press|Dial|Key|Tap)\b)[A-Z]\w+))\s+$"
)
_SETS = re.compile(
    r"(?i)(?:now |it|that|keypad|key ?safe|lock ?box|padlock|phone)['’]?(?:s| is)\s+$"
)
""" "Now it's 60214" is a code; "the alarm is 2004 kroner" is none."""
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*")


def secrets_beside(text: str) -> Iterator[Secret]:
    """A number, or a word with digits, in a sentence that speaks of passwords, codes or locks."""
    for sentence in _SENTENCE.finditer(text):
        said, start = sentence[0], sentence.start()
        in_code = _CODE_OF_A_DOOR.search(said) and _GETS_IN.search(said)
        if in_code or _HAS_NUMBER.search(said):
            yield from (_at(start, one) for one in _numbers(_NUMBER_ALONE, said))
        if _HAS_LOCK.search(said):
            for one in _numbers(_LONG_NUMBER, said):
                before = said[: one.start()]
                if one[0][-1] in "#*" or not _NO_CODE.search(before) or _SETS.search(before):
                    yield _at(start, one)
        if _HAS_COMBINATION.search(said):
            yield from (_at(start, one) for one in _numbers(_COMBINATION, said))
        if _HAS_TOKEN.search(said):
            yield from (_at(start, one) for one in re.finditer(_WITH_LETTERS, said))
            yield from (_at(start, one, "value") for one in _AFTER_SLASH.finditer(said))


_AFTER_SLASH = re.compile(r"(?i)\bwi-?fi\b.* / (?P<value>\S*[^\s.,;!?])")


def _numbers(form: str, said: str) -> Iterator[re.Match[str]]:
    """Those that are no year: "since 2014"."""
    for one in re.finditer(form, said):
        if not (YEAR.search(said[: one.start()]) and A_YEAR.fullmatch(one[0])):
            yield one


def _at(start: int, found: re.Match[str], name: str | int = 0) -> Secret:
    return Secret("a password or code", start + found.start(name), start + found.end(name))
