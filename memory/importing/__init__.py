"""What was said elsewhere, read from files: exports of other assistants, transcripts, notes."""
