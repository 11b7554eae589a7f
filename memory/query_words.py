"""Query words: which words of a query are looked for in a large memory."""

from bisect import bisect_right
from itertools import accumulate

import sqlite_utils

# Ranking takes about a microsecond an episode: half of a million for a common word would hold up a
# turn, and says little.
_EPISODES_RANKED = 20_000


def rarest(db: sqlite_utils.Database, words: list[str]) -> list[str]:
    """The words that are in the fewest episodes: one, and more up to `_EPISODES_RANKED` in all."""
    found = {}
    for word in words:
        counted = db.execute(
            "SELECT COUNT(*) FROM (SELECT 1 FROM episode_text WHERE episode_text MATCH ? LIMIT ?)",
            [word, _EPISODES_RANKED],
        )
        found[word] = int(counted.fetchone()[0])
    ordered = sorted(words, key=found.__getitem__)
    reach = list(accumulate(found[word] for word in ordered))
    return ordered[: max(1, bisect_right(reach, _EPISODES_RANKED))]
