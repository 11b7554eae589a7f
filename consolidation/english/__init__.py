"""English: what a message says, statement by statement, and what can be asked about it."""
