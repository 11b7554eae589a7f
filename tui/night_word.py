"""The owner's word to a night, from the app: wait, go on, end. What came of it is told in words."""

from typing import TYPE_CHECKING

from consolidation.night_control import NightControl

if TYPE_CHECKING:
    from assistant.workspace import Workspace

NO_NIGHT_RUNS = "No night is running."
CANCEL = (
    "End the night now?",
    "It ends at its next step. Nothing is changed: the live model stays, and what the night took "
    "in waits for the next one.",
)


def pause_or_resume(workspace: "Workspace") -> str:
    """Let a night that runs wait, or one that waits go on."""
    if workspace.nights.running() is None:
        return NO_NIGHT_RUNS
    control = NightControl(workspace.settings.night_word_file)
    if control.is_paused:
        control.clear()
        return "The night goes on."
    control.pause()
    return "The night waits at its next step. /pause lets it go on."


def cancel(workspace: "Workspace") -> str:
    """Let a night that runs end."""
    if workspace.nights.running() is None:
        return NO_NIGHT_RUNS
    NightControl(workspace.settings.night_word_file).stop()
    return "The night ends at its next step."
