"""Number words: the spelled numbers below a hundred, and their digits."""

from consolidation.wordlist import words

ONES = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
"""Each at the place of its value."""
TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
"""From twice ten on."""
DIGITS = {word: str(i) for i, word in enumerate(ONES)}
"""Of the numbers in one word: "nineteen" -> "19"."""
DIGITS |= {word: str(10 * i) for i, word in enumerate(TENS, 2)}
