"""The only Textual; and the command line beside it."""
