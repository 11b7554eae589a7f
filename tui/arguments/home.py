"""Commands for the whole home folder and machine: their arguments."""

import argparse
from pathlib import Path

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, add_command
from tui.outcome import Outcome


def add_doctor(commands: Commands, shared: Parser) -> None:
    """Check this machine."""
    doctor = add_command(
        commands,
        shared,
        "doctor",
        "check this machine",
        tells="A line for each check, with one fix for each that fails; it changes nothing. It "
        "loads the model and lets it answer a few words.",
        example="doctor",
    )
    doctor.set_defaults(command=_doctor)


def add_backup(commands: Commands, shared: Parser) -> None:
    """A home folder in one file, and back."""
    backup = add_command(
        commands,
        shared,
        "backup",
        "all of the home in one file",
        tells="It holds conversations, memory, nights, versions and settings as they were at one "
        "moment, whatever runs; not caches, the base model, or what was forgotten.",
        example="backup ~/reverie.backup",
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="a new file outside the home")
    backup.set_defaults(command=_backup)
    restore = add_command(
        commands,
        shared,
        "restore",
        "a backup into a new home: --home DIR",
        tells="Every file is held against its hash first; a home with something in it is refused.",
        example="restore ~/reverie.backup --home ~/reverie-again",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="what `reverie backup` wrote")
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
