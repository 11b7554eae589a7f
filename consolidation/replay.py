"""Replay: which views of earlier nights a night repeats. Pure."""

import random
from collections.abc import Sequence

from memory.records import Dream


def replay_of(
    learned: Sequence[int], dreams: Sequence[Dream], views: int | None, *, seed: int
) -> list[Dream]:
    """Up to `views` earlier dreams of each learned episode; all of them where `views` is None.

    A dream of several episodes counts for the first.
    """
    draw = random.Random(seed)
    by_episode: dict[int, list[Dream]] = {episode_id: [] for episode_id in learned}
    for dream in dreams:
        if dream.episode_ids and dream.episode_ids[0] in by_episode:
            by_episode[dream.episode_ids[0]].append(dream)
    chosen: list[Dream] = []
    for members in by_episode.values():
        count = len(members) if views is None else min(views, len(members))
        chosen += draw.sample(members, count)
    return chosen
