"""Keys: the bindings that the command list asks for, and what the owner made of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from textual.binding import Binding
from textual.keys import Keys, key_to_character
from textual.widgets import TextArea

from assistant.settings_file import SettingsInvalid
from tui.command import Command, Where
from tui.command_list import COMMANDS, commands_of

_MODIFIERS = frozenset(("ctrl", "shift", "alt", "super", "meta", "hyper"))
_NAMED = frozenset(key.value for key in Keys if "<" not in key.value) | {"space"}
_WORDS = {"pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc"}
_RUNNERS: dict[Where, str] = {"message": "screen."}
"""Whose `action_command` runs a command, where it is not the holder of the binding."""
_TAKEN = frozenset(
    key.strip()
    for one in TextArea.BINDINGS
    if isinstance(one, Binding)
    for key in one.key.split(",")
)
"""What a text area does things with: while it has the focus, others never see these."""
_TYPING: frozenset[Where] = frozenset(("app", "chat", "prompt"))
"""Where a plain letter must stay a letter."""


UP_AND_DOWN = (
    Binding("j", "cursor_down", show=False),
    Binding("k", "cursor_up", show=False),
)
"""What every list binds beside the arrows."""


def bindings(*places: Where, shown: bool = True) -> list[Binding]:
    """What a screen or widget binds; with `shown` false, nothing of it in the bottom line."""
    return [_binding(one, shown=shown) for one in commands_of(*places) if one.is_bound and one.keys]


def app_bindings(*names: str) -> list[Binding]:
    """Of the whole app's, those that a screen shows in its bottom line."""
    return [
        _binding(replace(one, label=one.label or one.name.capitalize()), namespace="app.")
        for name in names
        for one in commands_of("app")
        if one.name == name
    ]


def key_of(key_id: str, chosen: Mapping[str, str]) -> str:
    """The first key of a command, as people read it."""
    keys = chosen.get(key_id) or next(one.keys for one in COMMANDS if one.key_id == key_id)
    return key_words(keys.partition(",")[0])


def prompt_actions(chosen: Mapping[str, str]) -> dict[str, str]:
    """What the input does at a key, by the key; it answers them itself, in the order typed."""
    return {
        key.strip(): one.action
        for one in commands_of("prompt")
        if one.is_bound
        for key in chosen.get(one.key_id, one.keys).split(",")
    }


def chat_bindings() -> list[Binding]:
    """Those of the chat, and of the whole app what it shows in its bottom line."""
    found = [
        _binding(one, shown=True, namespace="app." if one.where == "app" else "")
        for one in commands_of("app", "chat")
        if one.is_bound and one.keys and (one.where == "chat" or one.label)
    ]
    return sorted(found, key=lambda one: (one.id != "chat.stop", one.id == "app.quit", one.key))


def keymap(chosen: Mapping[str, str], file: Path) -> dict[str, str]:
    """The owner's keys by the ids of bindings. Raises `SettingsInvalid` with the fix."""
    known = {one.key_id: one for one in COMMANDS if one.is_bound and one.keys}
    for name, keys in chosen.items():
        if name not in known:
            raise SettingsInvalid(
                f'{file}: keys."{name}" is no command with a key; known are {", ".join(known)}'
            )
        for key in keys.split(","):
            _check(key.strip(), known[name], file)
    _check_unique(known, chosen, file)
    return {name: ",".join(k.strip() for k in keys.split(",")) for name, keys in chosen.items()}


def key_words(keys: str) -> str:
    """Keys as people read them: "Shift+Enter, Ctrl+J"; a letter alone as it is typed."""
    return ", ".join(_key_word(key.strip()) for key in keys.split(","))


def words_of(commands: Iterable[Command], chosen: Mapping[str, str]) -> list[tuple[str, str]]:
    """Rows of help for keys: which they are now, and what they do."""
    return [
        (key_words(chosen.get(command.key_id, command.keys)), command.does)
        for command in commands
        if command.keys
    ]


def _binding(command: Command, *, shown: bool = True, namespace: str = "") -> Binding:
    action = command.action or f"{_RUNNERS.get(command.where, '')}command('{command.name}')"
    return Binding(
        command.keys,
        namespace + action,
        command.label or command.does,
        show=shown and bool(command.label),
        priority=command.is_first,
        id=command.key_id,
    )


def _check(key: str, command: Command, file: Path) -> None:
    *modifiers, last = key.split("+")
    name = f'{file}: keys."{command.key_id}" = "{key}"'
    letter = (key_to_character(last) or "").isprintable() and key_to_character(last)
    if not _MODIFIERS.issuperset(modifiers) or not (letter or last in _NAMED):
        raise SettingsInvalid(f'{name} is no key; write it like "ctrl+s", "f12" or "alt+enter"')
    if command.where in _TYPING and not set(modifiers) - {"shift"} and letter:
        raise SettingsInvalid(f'{name} types a letter there; write it like "ctrl+{last}" or "f12"')
    if command.where in ("app", "chat") and not command.is_first and key in _TAKEN:
        raise SettingsInvalid(
            f"{name} is taken by the input, where it moves or edits; take another"
        )


def _check_unique(known: Mapping[str, Command], chosen: Mapping[str, str], file: Path) -> None:
    taken: dict[str, str] = {}
    for name, command in known.items():
        # The input, the chat and the app hear the same keys; a chosen message hears its own first.
        shared = command.where in _TYPING
        for key in chosen.get(name, command.keys).split(","):
            where = "" if shared else f"{command.key_id.partition('.')[0]} "
            other = taken.setdefault(where + key.strip(), name)
            if other != name:
                mine, its = (name, other) if name in chosen else (other, name)
                raise SettingsInvalid(
                    f'{file}: keys."{mine}": {key.strip()} is the key of {its} already; '
                    "give one of them another"
                )


def _key_word(key: str) -> str:
    if len(key) == 1:
        return key
    return "+".join(_WORDS.get(part, part.capitalize()) for part in key.split("+"))
