"""What one night of a stream is given."""

from dataclasses import dataclass

from memory.records import Dream


@dataclass(frozen=True, slots=True)
class Meal:
    """What one night may train."""

    dreams: tuple[Dream, ...]
    """Of what is new."""
    replay: tuple[Dream, ...]
    """What a night of Reverie repeats."""
    earlier: tuple[Dream, ...]
    """All dreams of earlier nights that still hold."""
