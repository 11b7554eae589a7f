"""Review: when a night looks at an example again. Knows losses and epochs only.

What is learned rests, and is forgotten while others are trained; so it comes up again after one
epoch, then two, then four (spaced repetition: Leitner, "So lernt man lernen", 1972).
"""


class Review:
    """The examples of a night, each with how often it was known in a row and when it is due."""

    def __init__(self, count: int, learned_below: float) -> None:
        """`learned_below` is the loss of an example's worst token at which it is learned."""
        self._learned_below = learned_below
        self._due = [0] * count
        self._streak = [0] * count

    def due(self, epoch: int) -> list[int]:
        """Which examples this epoch trains; none when all were learned twice in a row."""
        if min(self._streak, default=2) > 1:
            return []
        due = [i for i, when in enumerate(self._due) if when <= epoch]
        return due or [i for i, streak in enumerate(self._streak) if streak == 1]

    def seen(self, example: int, epoch: int, worst_loss: float) -> None:
        """Note the loss of an example's worst token, in nats, before its step."""
        knew = worst_loss <= self._learned_below
        self._streak[example] = self._streak[example] + 1 if knew else 0
        self._due[example] = epoch + 2 ** self._streak[example]

    @property
    def state(self) -> list[list[int]]:
        """When each example is due, and how often it was known in a row."""
        return [list(self._due), list(self._streak)]

    def take_up(self, state: list[list[int]]) -> None:
        """Go on from an earlier `state`."""
        self._due, self._streak = (list(part) for part in state)

    @property
    def learned(self) -> int:
        """How many examples were learned when last seen."""
        return sum(streak > 0 for streak in self._streak)
