"""Told: what the text around a date phrase tells about it. Knows no text itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from consolidation.english.reckoning import Moment


@dataclass(frozen=True, slots=True)
class Told:
    """What the text around a phrase tells about it."""

    today: date
    past: bool
    """The date lies behind."""
    tense: str
    prep: str
    mentioned: date | None
    """The day that was spoken of just before."""
    month: date | None
    """A day whose month was named in the same sentence."""
    follows: bool
    """What is dated comes after what was mentioned: "until …", "and back on …"."""


Reader = Callable[[re.Match[str], Told], Moment | None]
"""Reads a match of one form; None where it means no date after all."""
