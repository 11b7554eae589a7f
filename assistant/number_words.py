"""Number words: the spelled numbers below a hundred, and their digits."""

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
"""Each at the place of its value."""
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
"""From twice ten on."""
DIGITS = {word: str(i) for i, word in enumerate(ONES)}
"""Of the numbers in one word: "nineteen" -> "19"."""
DIGITS |= {word: str(10 * i) for i, word in enumerate(TENS, 2)}


def spelt(least: int) -> str:
    """A pattern for the numbers from `least`, at most 9, to 99 in words: "sixty", "forty-two"."""
    ones, tens = "|".join(ONES[least:]), "|".join(TENS)
    return rf"(?:{ones}|(?:{tens})(?:[ -](?:{'|'.join(ONES[1:10])}))?)"
