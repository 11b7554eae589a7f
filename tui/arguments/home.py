"""Commands for the whole home folder and machine: their arguments."""

import argparse
from pathlib import Path

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser
from tui.outcome import Outcome


def add_doctor(commands: Commands, shared: Parser) -> None:
    """Check this machine."""
    doctor = commands.add_parser("doctor", parents=[shared], help="check this machine")
    doctor.set_defaults(command=_doctor)


def add_backup(commands: Commands, shared: Parser) -> None:
    """A home folder in one file, and back."""
    backup = commands.add_parser("backup", parents=[shared], help="all of the home in one file")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(command=_backup)
    restore = commands.add_parser(
        "restore", parents=[shared], help="a backup into a new home: --home DIR"
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(command=_restore)


def _backup(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands.backup import backup

    return backup(settings, parsed.file)


def _restore(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands.backup import restore

    return restore(settings, parsed.file)


def _doctor(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands.doctor import examine

    return examine(settings)
