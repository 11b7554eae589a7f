"""The settings file: read, checked key by key, and refused with the fix. Decides nothing."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from assistant.settings import (
    ASKER,
    CHAMPION,
    MODEL,
    PRIVATE_FOLDER_MODE,
    RULES,
    ServerSettings,
    Settings,
    default_home,
)


class SettingsInvalid(ValueError):
    """The settings file holds something that cannot be used."""


def load_settings(home: Path | None = None) -> Settings:
    """The settings of a home folder, which is made, closed to others, if it is missing.

    Raises `SettingsInvalid` with the key and the fix when the file cannot be used.
    """
    try:
        home = (home or default_home()).expanduser().absolute()
    except RuntimeError as error:  # ~ of nobody
        raise SettingsInvalid(f"home folder {home}: {error}; name it in full") from error
    try:
        home.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsInvalid(
            f"home folder {home} cannot be made: {error.strerror}; "
            "name another by --home DIR or REVERIE_HOME"
        ) from error
    file = home / "settings.toml"
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(home=home)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"{file} cannot be read: {error}") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsInvalid(f"{file} is not valid TOML: {error}") from error
    sections = {f.name: f for f in fields(Settings) if f.name != "home"}
    unknown = sorted(set(tables) - set(sections))
    if unknown:
        known = ", ".join(sections)
        raise SettingsInvalid(f"{file}: unknown section [{unknown[0]}]; known are {known}")
    hints = get_type_hints(Settings)
    parts: dict[str, Any] = {}
    for name, table in tables.items():
        if name == "keys":
            parts[name] = _keys(table, file)
        elif name == "mcp":
            parts[name] = _servers(table, file)
        else:
            parts[name] = _section(hints[name], name, table, file)
    settings = Settings(home=home, **parts)
    _check_ranges(settings, file)
    return settings


Section = TypeVar("Section")
_KINDS = {int: "a whole number", float: "a number", str: "a text in quotes", bool: "true or false"}


def _section(kind: type[Section], name: str, table: object, file: Path) -> Section:
    if not isinstance(table, Mapping):
        raise SettingsInvalid(f"{file}: {name} must be a section, written [{name}]")
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in hints:
            known = ", ".join(hints)
            raise SettingsInvalid(f"{file}: unknown key {name}.{key}; known are {known}")
        wanted = hints[key]
        if wanted is float and type(value) is int:
            value = float(value)
        if wanted == tuple[str, ...]:
            values[key] = _texts(f"{file}: {name}.{key}", value)
            continue
        if type(value) is not wanted:
            raise SettingsInvalid(f"{file}: {name}.{key} = {value!r} must be {_KINDS[wanted]}")
        values[key] = value
    return kind(**values)


def _servers(table: object, file: Path) -> dict[str, ServerSettings]:
    if not isinstance(table, Mapping):
        raise SettingsInvalid(f"{file}: mcp must be sections, each written like [mcp.files]")
    for name, inner in table.items():
        if not isinstance(inner, Mapping):
            raise SettingsInvalid(f"{file}: mcp.{name} must be a section, such as [mcp.files]")
        if not re.fullmatch("[a-z][a-z0-9_-]{0,31}", name, re.ASCII):
            rule = "must be named with at most 32 small letters, digits, - or _"
            raise SettingsInvalid(f"{file}: [mcp.{name}] {rule}")
    return {name: _section(ServerSettings, f"mcp.{name}", table[name], file) for name in table}


def _keys(table: object, file: Path, within: str = "") -> dict[str, str]:
    """`"chat.send"` in quotes is one name; without them TOML makes two tables of it."""
    if not isinstance(table, Mapping):
        raise SettingsInvalid(f"{file}: keys must be a section, written [keys]")
    found: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            found |= _keys(value, file, f"{within}{name}.")
        elif isinstance(value, str):
            found[within + name] = value
        else:
            wrong = f'keys."{within}{name}" = {value!r}'
            raise SettingsInvalid(f'{file}: {wrong} must be a text in quotes, such as "ctrl+s"')
    return found


def _texts(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise SettingsInvalid(f"{key} = {value!r} must be a list of texts in quotes")
    return tuple(value)


def _check_ranges(settings: Settings, file: Path) -> None:
    def require(ok: bool, key: str, value: object, rule: str) -> None:
        if not ok:
            raise SettingsInvalid(f"{file}: {key} = {value!r} must be {rule}")

    for section in ("selection", "gate"):
        for f in fields(getattr(settings, section)):
            value = getattr(getattr(settings, section), f.name)
            if isinstance(value, float):
                require(0 <= value <= 1, f"{section}.{f.name}", value, "between 0 and 1")
    training = settings.training
    positive = ("rank", "alpha", "views_per_statement", "batch_size", "max_epochs")
    for key in (*positive, "learning_rate", "strength"):
        value = getattr(training, key)
        require(value > 0, f"training.{key}", value, "above 0")
    for key in (
        "upper_layers",
        "anchors_per_step",
        "texts_per_step",
        "anchor_weight",
        "skip_below_loss",
        "replay_views",
        "replay_per_step",
    ):
        value = getattr(training, key)
        require(value >= 0, f"training.{key}", value, "0 or more")
    upper = training.upper_layers
    require(0 < upper <= 1, "training.upper_layers", upper, "above 0 and at most 1")
    share = training.average
    require(0 <= share <= 1, "training.average", share, "between 0 and 1")
    choices = {
        "device": ("auto", "cpu", "cuda", "mps"),
        "dtype": ("auto", "float32", "bfloat16"),
        "merge_type": ("Q8_0", "F16", "BF16", "F32"),
    }
    for key, allowed in choices.items():
        value = getattr(training, key)
        require(value in allowed, f"training.{key}", value, "one of " + ", ".join(allowed))
    chat = settings.chat
    require(0 <= chat.temperature <= 2, "chat.temperature", chat.temperature, "between 0 and 2")
    require(0 < chat.top_p <= 1, "chat.top_p", chat.top_p, "above 0 and at most 1")
    require(chat.max_reply_tokens > 0, "chat.max_reply_tokens", chat.max_reply_tokens, "above 0")
    require(chat.history >= -1, "chat.history", chat.history, "-1 or more")
    require(chat.recall_limit >= 0, "chat.recall_limit", chat.recall_limit, "0 or more")
    require(chat.recall_whole >= 0, "chat.recall_whole", chat.recall_whole, "0 or more")
    probes = settings.gate.old_probes
    require(probes >= 0, "gate.old_probes", probes, "0 or more")
    sure = settings.gate.confidence
    require(0.5 <= sure < 1, "gate.confidence", sure, "at least 0.5 and below 1")
    tokens = settings.model.context_tokens
    require(tokens >= 512, "model.context_tokens", tokens, "512 or more")
    threads = settings.model.threads
    require(threads >= 0, "model.threads", threads, "0 or more")
    keep = settings.model.keep_versions
    require(keep >= 0, "model.keep_versions", keep, "0 or more")
    most = settings.selection.max_episodes
    require(most > 0, "selection.max_episodes", most, "above 0")
    views, teacher = settings.dreams.teacher_views, settings.dreams.teacher
    require(views > 0, "dreams.teacher_views", views, "above 0")
    known = teacher in ("", ASKER, CHAMPION) or Path(teacher).expanduser().is_file()
    fix = 'a GGUF file that is there, "asker", "champion", or ""'
    require(known, "dreams.teacher", teacher, fix)
    choose = settings.tools.choose
    require(choose in ("", RULES, MODEL), "tools.choose", choose, 'one of "rules", "model", ""')
    for name, server in settings.mcp.items():
        named, seconds = f"mcp.{name}", server.timeout_s
        program = 'a program and its arguments, such as ["npx", "-y", "some-server"]'
        require(bool(server.command), f"{named}.command", [*server.command], program)
        require(0 < seconds <= 600, f"{named}.timeout_s", seconds, "above 0 and at most 600")
    at = settings.schedule.at
    require(is_time_of_day(at), "schedule.at", at, 'a time such as "03:00"')
    battery, load = settings.schedule.battery, settings.schedule.max_load
    require(battery in ("never", "always"), "schedule.battery", battery, '"never" or "always"')
    require(load >= 0, "schedule.max_load", load, "0 or more")


def is_time_of_day(text: str) -> bool:
    """Whether a text is a time such as "03:00"."""
    return re.fullmatch("([01]?[0-9]|2[0-3]):[0-5][0-9]", text, re.ASCII) is not None
