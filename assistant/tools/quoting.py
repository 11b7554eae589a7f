"""Somebody else's words as they are shown: as they stand, and not all of them. Pure."""

SHOWN_CHARACTERS = 4_000


def shown(text: str) -> str:
    """A text as it stands, its beginning if it is long, with a word about the rest."""
    left = len(text) - SHOWN_CHARACTERS
    if left <= 0:
        return fenced(text)
    return f"{fenced(f'{text[:SHOWN_CHARACTERS]}…')}\n\n{left} more characters are not shown."


def fenced(text: str) -> str:
    """As code, which Markdown shows as it is; the fence is longer than any within."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}\n{text}\n{fence}"
