"""The keys of the other screens: part of the command list, and nothing that is typed."""

from tui.command import Command, Where


def _key(
    where: Where, name: str, keys: str, does: str, label: str = "", action: str = ""
) -> Command:
    return Command(
        name,
        does,
        keys=keys,
        where=where,
        is_typed=False,
        label=label,
        action=action or name.replace("-", "_"),
    )


def _fixed(where: Where, name: str, keys: str, does: str) -> Command:
    return Command(name, does, keys=keys, where=where, is_typed=False, is_bound=False)


_BACK = "back to the chat"
_TO_CHAT = "app.show('chat')"
SCREEN_KEYS = (
    _key("memory", "leave", "escape", "leave the search, or back to the chat", "Back"),
    _key("memory", "search", "/", "search", "Search"),
    _key("memory", "order", "o", "another order"),
    _key("memory", "mark", "space", "mark it, to do the same to several", "Mark"),
    _key("memory", "mark-all", "ctrl+a", "mark all that are shown"),
    _key("memory", "pin", "p", "train it whatever it is", "Pin"),
    _key("memory", "mute", "m", "keep it, never train it", "Mute"),
    _key("memory", "approve", "a", "use what was brought in", "Approve"),
    _key("memory", "forget", "f", "forget it, with all that was made from it", "Forget"),
    _key("memory", "undo", "u", "undo the last change", "Undo"),
    _key("memory", "why", "w", "what the reply rested on"),
    _key("memory", "read", "d", "read all of it", "Read"),
    _key("plan", "leave", "escape", _BACK, "Back", _TO_CHAT),
    _key("plan", "sleep", "s", "sleep now", "Sleep now"),
    _key("plan", "mute", "m", "mute the whole memory", "Mute memory"),
    _key("plan", "reload", "f5", "read it again", "Read again"),
    _key(
        "dream", "strike", "x,space", "strike a question, or restore it", "Strike/restore", "select"
    ),
    _key("nights", "leave", "escape", _BACK, "Back", _TO_CHAT),
    _fixed("nights", "panes", "tab", "from the list to the report and back"),
    _fixed("nights", "pages", "1,2,3,4,5,6", "the pages of the report"),
    _key("nights", "reload", "f5", "read them again"),
    _key("models", "leave", "escape", _BACK, "Back", _TO_CHAT),
    _key("models", "rollback", "b", "back to the version before", "Roll back"),
    _key("models", "use", "u", "make this one live", "Use this one"),
    _key("models", "verify", "v", "hold its files against their hashes", "Verify"),
    _key("blind", "leave", "escape", _BACK, "Back", _TO_CHAT),
    _key("blind", "first", "1", "the first is better", "First", "vote('1')"),
    _key("blind", "second", "2", "the second is better", "Second", "vote('2')"),
    _key("blind", "alike", "=", "neither is better", "Alike", "vote('=')"),
    _fixed("sessions", "open", "enter", "go on with it"),
    _key("sessions", "search", "/", "search", "Search"),
    _key("sessions", "rename", "r", "give it a title", "Rename"),
    _key("sessions", "forget", "f", "forget it, with all that was made from it", "Forget"),
    _key("sessions", "leave", "escape", _BACK, "Back"),
    _key("log", "leave", "escape,q", _BACK, "Back", _TO_CHAT),
    _fixed("list", "move", "up,k,down,j", "up and down"),
)
