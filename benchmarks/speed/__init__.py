"""How fast it is: side by side in one run, on a named machine."""
