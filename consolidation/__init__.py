"""The night: from episodes to a tested set of weights."""
