"""What a model can do, and which weights are live. Knows nothing of memory."""
