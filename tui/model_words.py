"""What is said about a conversation's voice and the models there are. Pure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.settings import Settings
    from models.registry import ModelVersion


def temperature(own: float | None, usual: float) -> str:
    """How freely this conversation is answered."""
    if own is None:
        return f"Temperature {usual:g}, as in the settings. /temperature 0.7 is freer."
    return f"Temperature {own:g} in this conversation. /temperature default takes it back."


def wrong_temperature(argument: str) -> str:
    """For what is no temperature."""
    return f"{argument!r} is no temperature; write a number from 0 (the likeliest words) to 2."


def system_prompt(own: str | None, usual: str) -> str:
    """What this conversation's model is told it is."""
    if own is None:
        return f"System prompt, as in the settings: {usual}"
    return (
        f"System prompt of this conversation: {own}\n"
        "It holds for chat alone: nights train with that of the settings, so what is learned here "
        "is known best there. /system default takes it back."
    )


def versions(known: Sequence["ModelVersion"], live: str, settings: "Settings") -> str:
    """The versions that can be chosen, and how another base is."""
    lines = [
        f"{'›' if one.name == live else ' '} {one.name:<14} "
        f"{one.created_at.astimezone():%d %b %H:%M}  {one.gguf_size_bytes / 1e6:5.0f} MB  "
        f"{f'from {one.parent}' if one.parent else one.gguf.name}"
        for one in known
    ]
    lines += ["", "/model NAME makes one of them live; the others are kept."]
    if settings.default_base_gguf != settings.base_gguf:
        lines.append(f"The base that comes with Reverie: {settings.default_base_gguf}")
    lines.append(
        "Another base: model.gguf in settings.toml names any GGUF file; each base keeps its own "
        "versions."
    )
    return "\n".join(lines)


def chosen(name: str) -> str:
    """After a version was made the live one."""
    return f"{name} is live. /rollback returns to the one before."
