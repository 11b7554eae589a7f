"""Studies of what could go wrong: text that must not be learned, and text that means harm."""
