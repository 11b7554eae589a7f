"""Which tool a message asks for: requests, and how many are understood."""
