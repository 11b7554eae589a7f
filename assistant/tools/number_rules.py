"""Which plain requests ask for a sum or for other units. Pure patterns."""

import re

from assistant.tools.arithmetic import value_of
from assistant.tools.asked import in_digits
from assistant.tools.base import ToolCall, ToolRefused
from assistant.tools.units import convertible

_ASKS_VALUE = re.compile(
    r"(?:what(?:'s| is| are| does)|how much (?:is|are|does)|calculate|compute|work out|evaluate"
    r"|solve|what do you get (?:for|if you)|do the sum|calc)\b:?\s*(?P<sum>.+)",
    re.I,
)
_TO_EQUAL = re.compile(r"(?P<sum>.+?)\s*=")
_SURELY_A_SUM = re.compile(r"^(?:calc|comp|work|eval|solve)|=$", re.I)
_LIKE_A_DATE = re.compile(r"\d{1,4}\s?[/.-]\s?\d{1,4}(?:\s?[/.-]\s?\d{1,4})*")
_LIKE_A_CODE = re.compile(r"\d{1,4}[/.-]\d{1,4}(?:[/.-]\d{1,4})*")
_LIKE_A_SIZE = re.compile(r"\d\s*[x×]\s*\d", re.I)
_LIKE_A_PHONE = re.compile(r"[\d\s()+-]*\d{2,}[-\s]\d{3,}(?:[-\s]\d+)*")
_ORDERS = (
    (re.compile(r"multiply (.+?) (?:by|and|with) (.+)", re.I), r"\1 * \2"),
    (re.compile(r"divide (.+?) by (.+)", re.I), r"\1 / \2"),
    (re.compile(r"add (.+?) (?:and|to) (.+)", re.I), r"\1 + \2"),
    (re.compile(r"(?:subtract|take) (.+?) from (.+)", re.I), r"\2 - \1"),
)
_WORDS_OF_SUMS = (
    (r"\b(?:multiplied by|times)\b|(?<=\d)\s*x\s*(?=\d)", "*"),
    (r"\bdivided by\b|\bover\b", "/"),
    (r"\bplus\b|\badded to\b", "+"),
    (r"\bminus\b", "-"),
    (r"\b(?:to the power of|raised to)\b", "**"),
    (r"\bsquared\b", "**2"),
    (r"\bcubed\b", "**3"),
    (r"\b(?:the )?square root of (\d+(?:\.\d+)?)", r"sqrt(\1)"),
    (r"\b(?:percent|per cent)\b", "%"),
    (r"\bhalf of\b", "0.5 *"),
    (r"\ba third of\b", "1/3 *"),
    (r"\ba quarter of\b", "0.25 *"),
    (r"\b(?:comes? to|make|makes|equals?|is)$", ""),
)
_PERCENT_OFF = re.compile(r"(\d+(?:\.\d+)?)\s*%\s*off (\d+(?:\.\d+)?)")
_SUM = re.compile(r"(?:[\d.\s+\-*/%(),^×÷·−]|\bof\b|\bsqrt\b)+")
_SIGN = re.compile(r"[\d)%]\s*(?:[+\-*/^×÷·−]|% of\b)+\s*[\d(s]|sqrt\(")
_NUMBER = r"(?P<amount>-?\d[\d,]*(?:\.\d+)?|an?|one|half an?)"
_UNIT = r"(?P<{}>[a-z°][a-z°²³ /]{{0,30}}?)"
_FROM, _TO = _UNIT.format("from"), _UNIT.format("to")
_CONVERSIONS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?:convert|change|turn) {_NUMBER} ?{_FROM} (?:in|to|into) {_TO}",
        rf"how many {_TO} (?:are |is )?(?:there )?(?:in )?{_NUMBER} ?{_FROM}",
        rf"how many {_TO} (?:do|does|make|makes) (?:make )?{_NUMBER} ?{_FROM}(?: make| have)?",
        rf"(?:what(?:'s| is)|how much is|how (?:long|far|heavy|hot|warm|cold|fast) is) "
        rf"{_NUMBER} ?{_FROM} (?:in|into|as|to) {_TO}",
        rf"{_NUMBER} ?{_FROM} (?:in|into|to|as) {_TO}",
    )
)


def sum_asked(text: str) -> ToolCall | None:
    """ "What is 12 times 7", "(3 + 4) * 12"."""
    asked = _ASKS_VALUE.fullmatch(text) or _TO_EQUAL.fullmatch(text)
    said = in_digits(asked["sum"] if asked else text)
    for order, sum_ in _ORDERS:
        if order.fullmatch(said):
            asked, said = order.fullmatch(said), order.sub(sum_, said)
    for pattern, sign in _WORDS_OF_SUMS:
        said = re.sub(pattern, sign, said, flags=re.I)
    said = " ".join(_PERCENT_OFF.sub(r"\2 * (1 - \1 / 100)", said).split())
    like_a_date = _LIKE_A_CODE if asked else _LIKE_A_DATE  # "what is 9/11" asks for no sum
    is_no_sum = like_a_date.fullmatch(said) or _LIKE_A_PHONE.fullmatch(said)
    if is_no_sum and not _SURELY_A_SUM.search(text):
        return None
    if not _SUM.fullmatch(said) or not _SIGN.search(said):
        return None
    if not asked:
        if _LIKE_A_SIZE.search(text):
            return None
        try:
            value_of(said)
        except ToolRefused:
            return None
    return ToolCall("calc", {"expression": said})


def conversion_asked(text: str) -> ToolCall | None:
    """ "How many feet are in 3 metres"; only where both are units of the same thing."""
    for pattern in _CONVERSIONS:
        found = pattern.fullmatch(text)
        if found and convertible(found["from"], found["to"]):
            amount = {"a": "1", "an": "1", "one": "1", "half a": "0.5", "half an": "0.5"}
            given = amount.get(found["amount"].lower(), found["amount"])
            return ToolCall("convert", {"amount": given, "from": found["from"], "to": found["to"]})
    return None
