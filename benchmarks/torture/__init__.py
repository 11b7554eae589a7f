"""Torture: what breaks is made to break, and nothing may be lost. Not shipped.

Faults (`kill`, `writes`, `files`, `locks`, `pressure`), clocks (`time`), and text that must not be
learned or means harm (`secrets`, `poison`, `canaries`).
"""
