"""Torture: what breaks is made to break, and nothing may be lost. Not shipped."""
