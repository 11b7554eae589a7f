"""Units, converted by pint: lengths, weights, temperatures, speeds, data. Knows no currencies."""

import re
from functools import cache
from typing import Any

from assistant.tools.base import Arguments, ToolRefused, ToolResult, texts

_AMOUNT = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_UNIT = re.compile(r"[^\W\d_][^\W\d_ /]*(?:[ /]+[^\W\d_]+){0,3}[²³]?|°[CF]")
_TEMPERATURES = {
    word: unit
    for unit, words in {
        "degF": "f °f fahrenheit degf|degrees f|degrees fahrenheit|degree fahrenheit",
        "degC": "c °c celsius centigrade degc|degrees c|degrees celsius|degree celsius",
    }.items()
    for part in words.split("|")
    for word in ([part] if part.startswith("degree") else part.split())
}
_OTHER_NAMES = {
    "kilo": "kilogram",
    "kilos": "kilogram",
    "mph": "mile/hour",
    "kph": "kilometer/hour",
    "kmh": "kilometer/hour",
    "ounces": "ounce",
    "lbs": "pound",
    "gb": "gigabyte",
    "mb": "megabyte",
    "kb": "kilobyte",
    "tb": "terabyte",
    "mins": "minute",
    "secs": "second",
    "hrs": "hour",
    "l": "liter",
    "ml": "milliliter",
}


class UnitsTool:
    """Converts units."""

    name = "convert"
    does = "convert an amount from one unit into another"
    schema = texts(
        "amount",
        "from",
        "to",
        amount="a number",
        from_="its unit, such as mi",
        to="the unit wanted, such as km",
    )
    writes = False

    def intent(self, arguments: Arguments) -> str:
        return f"{arguments['amount']} {arguments['from']} in {arguments['to']}"

    def run(self, arguments: Arguments) -> ToolResult:
        amount, unit, wanted = arguments["amount"], arguments["from"], arguments["to"]
        value = converted(amount, unit, wanted)
        return ToolResult(f"{amount} {unit} = {value:.6g} {wanted}.")


def converted(amount: str, unit: str, wanted: str) -> float:
    """So much of a unit in another. Raises `ToolRefused`."""
    plain = amount.replace(",", "")
    if not _AMOUNT.fullmatch(plain):
        raise ToolRefused(f"{amount!r} is no number that I can convert")
    if not convertible(unit, wanted):
        unknown = next((name for name in (unit, wanted) if _unit(name) is None), None)
        if unknown is not None:
            raise ToolRefused(f"{unknown!r} is no unit that I know; an example: 5 miles to km")
        raise ToolRefused(f"{unit} cannot be turned into {wanted}: they measure different things")
    return float(_registry().Quantity(float(plain), _unit(unit)).to(_unit(wanted)).magnitude)


def convertible(unit: str, wanted: str) -> bool:
    """Whether both are units, and of the same thing."""
    first, second = _unit(unit), _unit(wanted)
    if first is None or second is None:
        return False
    return bool(first.dimensionality == second.dimensionality)


@cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry()


@cache
def _unit(name: str) -> Any:
    """A unit of the registry; None where the name is none's."""
    text = " ".join(name.split()).removeprefix("of ")
    known = _TEMPERATURES.get(text.casefold()) or _OTHER_NAMES.get(text.casefold())
    if known is None:
        if len(text) > 40 or not _UNIT.fullmatch(text):
            return None
        known = re.sub(r"\s+per\s+|\s*/\s*", "/", text)
        known = re.sub(r"^square (\w+)$", r"\1**2", known)
        known = re.sub(r"^cubic (\w+)$", r"\1**3", known)
        known = known.replace("²", "**2").replace("³", "**3")
        if " " in known:
            known = known.replace(" ", "_")
    for form in (known, known.lower()):
        try:
            return _registry().parse_units(form)
        except Exception:  # pint raises a dozen kinds for what is no unit
            continue
    return None
