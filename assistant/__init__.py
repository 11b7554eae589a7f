"""The waking loop: recall, reply, score, store."""
