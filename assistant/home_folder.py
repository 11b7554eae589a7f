"""The home folder: whether it was ever used, and whether it can be written. Changes nothing."""

import os

from assistant.settings import Settings


def is_unused(settings: Settings) -> bool:
    """Whether a home has neither settings nor a database.

    Opening the app makes the database, so nothing else has to keep that the first-run screen was
    shown.
    """
    return not any(os.path.lexists(file) for file in (settings.file, settings.database_file))


def why_unwritable(settings: Settings) -> str:
    """Why no file can be made in it; empty where one can."""
    from tempfile import TemporaryFile  # here: every command imports this module

    try:
        with TemporaryFile(dir=settings.home):
            return ""
    except OSError as error:
        return error.strerror or str(error)
