"""Commands for the whole home folder and machine: their arguments."""

import argparse

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser
from tui.outcome import Outcome


def add_doctor(commands: Commands, shared: Parser) -> None:
    """Check this machine."""
    doctor = commands.add_parser("doctor", parents=[shared], help="check this machine")
    doctor.set_defaults(command=_doctor)


def _doctor(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands.doctor import examine

    return examine(settings)
