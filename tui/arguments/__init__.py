"""The arguments of each command, in a module a noun; what they run is imported when it runs."""
