"""`reverie nights pause`, `resume` and `stop`: the owner's word to the night that runs."""

from typing import Literal

from assistant.settings import Settings
from consolidation.night_control import NightControl
from memory.database import Connections
from memory.nights import NightStore
from tui.commands.night import UnknownNight
from tui.outcome import Outcome

Word = Literal["pause", "resume", "stop"]
_SAID: dict[Word, str] = {
    "pause": "Night {} waits at its next step; `reverie nights resume` lets it go on.",
    "resume": "Night {} goes on.",
    "stop": "Night {} ends at its next step. Nothing is changed; its memories wait for the next.",
}


def say(settings: Settings, word: Word) -> Outcome:
    """Pass a word on to the night. Raises `UnknownNight` where none runs."""
    with Connections(settings.database_file) as connections:
        running = NightStore(connections).running()
    if running is None:
        raise UnknownNight("no night is running; `reverie sleep` starts one")
    control = NightControl(settings.night_word_file)
    match word:
        case "pause":
            control.pause()
        case "resume":
            control.clear()
        case "stop":
            control.stop()
    return Outcome({"night_id": running.id, "word": word}, _SAID[word].format(running.id))
