"""The screens: they decide what follows from what happened."""
