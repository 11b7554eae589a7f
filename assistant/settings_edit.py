"""Changes of the settings file that keep the owner's comments and order. Checks no values."""

from collections.abc import MutableMapping
from dataclasses import fields
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from assistant.settings import Settings
from assistant.settings_file import SettingsInvalid
from models.durable import replacing


def set_setting(file: Path, section: str, key: str, value: str | float | bool) -> None:
    """Write one key of one section; the file is made if it is missing.

    Raises `SettingsInvalid` where the file cannot be read as TOML.
    """
    file = file.resolve()  # a link to an owner's dotfiles stays one
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise SettingsInvalid(f"{file} is not valid TOML: {error}") from error
    table = document.get(section)
    if table is None:
        table = document[section] = tomlkit.table()
    if not isinstance(table, MutableMapping):
        raise SettingsInvalid(f"{file}: {section} must be a section, written [{section}]")
    table[key] = value
    with replacing(file) as part:
        part.write_text(tomlkit.dumps(document), encoding="utf-8")


def write_changes(before: Settings, after: Settings) -> None:
    """Write the keys of [model] and [schedule] that differ; no file where none does.

    Raises `OSError`, and `SettingsInvalid` as `set_setting` does.
    """
    for section in ("model", "schedule"):
        was, wanted = getattr(before, section), getattr(after, section)
        for key in (field.name for field in fields(wanted)):
            if getattr(wanted, key) != getattr(was, key):
                set_setting(before.file, section, key, getattr(wanted, key))
