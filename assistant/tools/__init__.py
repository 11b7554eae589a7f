"""What the assistant can do besides talk. Its owner's words choose a tool, never what one read."""
