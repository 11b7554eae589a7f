"""Units are converted by what they measure; what is no unit is named."""

import pytest

from assistant.tools.base import ToolRefused
from assistant.tools.units import UnitsTool, converted, convertible


@pytest.mark.parametrize(
    ("amount", "unit", "wanted", "value"),
    [
        ("5", "miles", "km", 8.04672),
        ("72", "F", "Celsius", 22.2222),
        ("-40", "°C", "°F", -40),
        ("60", "miles per hour", "km/h", 96.5606),
        ("2", "square metres", "square feet", 21.5278),
        ("1,000", "g", "kilos", 1),
        ("3", "pints", "litres", 1.41953),
    ],
)
def test_an_amount_is_converted(amount: str, unit: str, wanted: str, value: float) -> None:
    assert converted(amount, unit, wanted) == pytest.approx(value, rel=1e-4)


def test_an_answer_repeats_what_was_asked() -> None:
    asked = {"amount": "5", "from": "miles", "to": "km"}
    assert UnitsTool().run(asked).answer == "5 miles = 8.04672 km."


@pytest.mark.parametrize(
    ("amount", "unit", "wanted", "reason"),
    [
        ("5", "km", "kg", "km cannot be turned into kg"),
        ("5", "people", "families", "'people' is no unit that I know"),
        ("five", "km", "m", "'five' is no number"),
        ("9" * 30, "km", "m", "is no number"),
        ("5", "m**9999999", "km", "is no unit"),
        ("5", "__class__", "km", "is no unit"),
    ],
)
def test_what_cannot_be_converted_is_refused(
    amount: str, unit: str, wanted: str, reason: str
) -> None:
    with pytest.raises(ToolRefused, match=reason):
        converted(amount, unit, wanted)


def test_only_units_of_the_same_thing_go_together() -> None:
    assert convertible("feet", "metres")
    assert not convertible("feet", "seconds")
    assert not convertible("friends", "metres")
