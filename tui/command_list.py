"""Every command of the app, once: what is typed, which keys it has, what it does. Runs nothing.

The palette, completion, help, `--help`, key bindings and `docs/commands.md` are made from this.
"""

from tui.command import Command, Where
from tui.screen_keys import SCREEN_KEYS

_APP_COMMANDS = (
    Command(
        "sleep",
        "see the plan, then sleep (now: at once)",
        "[now]",
        keys="f4",
        where="app",
        label="Sleep",
        words="learn night",
    ),
    Command("pause", "let a running night wait, or go on", words="resume night"),
    Command("cancel", "end a running night; nothing is changed", words="stop night"),
    Command("plan", "the same as /sleep", keys="f8", where="app", words="dreams"),
    Command(
        "memory",
        "look through what is remembered",
        "[search]",
        keys="f2",
        where="app",
        label="Memory",
    ),
    Command(
        "nights", "read what each night did", keys="f3", where="app", label="Nights", words="report"
    ),
    Command(
        "models",
        "see every version; roll back, use or verify one",
        keys="f10",
        where="app",
        words="timeline versions",
    ),
    Command("ab", "two versions answer; you say which is better", "TEXT", words="compare"),
    Command(
        "why",
        "what a reply rests on",
        "[episode]",
        keys="w",
        where="message",
        label="Why",
        words="recalled sources",
    ),
    Command("private", "on or off: nothing is stored", keys="f5", label="Private"),
    Command("new", "start a new conversation", words="clear session"),
    Command(
        "sessions",
        "go back to an earlier conversation",
        "[search]",
        keys="f9",
        where="app",
        label="Sessions",
        words="resume history conversations",
    ),
    Command(
        "export", "write this conversation into a file", "[md|json] [file]", words="save markdown"
    ),
    Command("title", "give this conversation a title", "TEXT", words="rename"),
    Command(
        "fork",
        "go on from a message in a new conversation",
        keys="f",
        where="message",
        label="Fork",
        words="branch",
    ),
    Command(
        "edit",
        "change a message and send it anew",
        keys="e",
        where="message",
        label="Edit",
        words="resend",
    ),
    Command(
        "retry",
        "answer a message anew",
        keys="r",
        where="message",
        label="Retry",
        words="regenerate again",
    ),
    Command(
        "copy", "copy a message", keys="y", where="message", label="Copy", words="clipboard reply"
    ),
    Command(
        "code",
        "copy its code, one block after the other",
        keys="Y",
        where="message",
        label="Code",
        words="clipboard block",
    ),
    Command("rollback", "return to the model before the last night", words="undo"),
    Command("model", "see the models, or make one the live one", "[name]", words="version gguf"),
    Command(
        "temperature", "how freely this conversation is answered", "[0-2|default]", words="sampling"
    ),
    Command("system", "what the model is told it is, here", "[text|default]", words="prompt"),
    Command("log", "what the program wrote", "[name]", where="app", words="error"),
    Command("theme", "choose the colours", "[name]", where="app", words="light dark color"),
    Command("tools", "what I can do besides talk", words="servers mcp"),
    Command("help", "commands and keys", keys="f1", where="app", label="Help"),
    Command(
        "quit",
        "leave; a running night goes on",
        keys="ctrl+q",
        where="app",
        label="Quit",
        action="quit",
        is_first=True,
        words="exit",
    ),
    Command(
        "light",
        "light or dark",
        keys="f6",
        where="app",
        is_typed=False,
        action="switch_light",
        is_first=True,
    ),
    Command(
        "palette",
        "find a command",
        keys="ctrl+p",
        where="app",
        is_typed=False,
        action="command_palette",
        is_bound=False,
    ),
    Command("send", "send", keys="enter", where="prompt", is_typed=False, action="send"),
    Command(
        "newline",
        "begin a new line",
        keys="shift+enter,alt+enter,ctrl+j",
        where="prompt",
        is_typed=False,
        action="newline",
    ),
    Command(
        "complete",
        "complete a command, or move on",
        keys="tab",
        where="prompt",
        is_typed=False,
        action="complete",
    ),
    Command(
        "history",
        "earlier messages; choose in the list",
        keys="up,down",
        where="prompt",
        is_typed=False,
        is_bound=False,
    ),
    Command(
        "stop",
        "stop the reply and keep what was said",
        keys="escape",
        is_typed=False,
        label="Stop",
        action="stop",
    ),
    Command(
        "messages",
        "choose a message",
        keys="ctrl+up,alt+up",
        is_typed=False,
        action="choose_message",
    ),
    Command(
        "earlier",
        "the message above",
        keys="up,k",
        where="message",
        is_typed=False,
        action="choose(-1)",
    ),
    Command(
        "later",
        "the message below",
        keys="down,j",
        where="message",
        is_typed=False,
        action="choose(1)",
    ),
    Command(
        "back",
        "back to the input",
        keys="escape,enter",
        where="message",
        is_typed=False,
        label="Back",
        action="screen.leave_messages",
    ),
    Command(
        "scroll-up", "scroll up", keys="pageup", is_typed=False, action="scroll(-1)", is_first=True
    ),
    Command(
        "scroll-down",
        "scroll down",
        keys="pagedown",
        is_typed=False,
        action="scroll(1)",
        is_first=True,
    ),
)
TOOL_COMMANDS = (
    Command("time", "the time and the date, here or in a city", "[city]", words="clock date"),
    Command("calc", "work out a sum", "TEXT", words="calculate sum arithmetic"),
    Command("convert", "other units, such as 5 miles to km", "TEXT", words="units"),
    Command("note", "write something down", "TEXT"),
    Command("notes", "what is written down", "[words]"),
    Command("remind", "ring, such as in 1 hour call mum", "TEXT", words="alarm timer"),
    Command("reminders", "what is still to ring"),
    Command("remove", "take out, such as note 3", "TEXT", words="delete"),
    Command("find", "what you said about something", "TEXT", words="search recall"),
    Command("read", "show a file of the folders that are open to me", "TEXT", words="open file"),
    Command("files", "search the files that are open to me", "TEXT", words="grep"),
)
"""What the assistant can do besides talk, by name."""
COMMANDS = (*_APP_COMMANDS, *SCREEN_KEYS, *TOOL_COMMANDS)
_TYPED = {command.name: command for command in COMMANDS if command.is_typed}


def typed_commands() -> tuple[Command, ...]:
    """Those that `/name` runs."""
    return tuple(_TYPED.values())


def typed_command(name: str) -> Command | None:
    """The command that `/name` runs, whatever its case."""
    return _TYPED.get(name.casefold())


def commands_of(*places: Where) -> tuple[Command, ...]:
    """Those whose keys work there."""
    return tuple(command for command in COMMANDS if command.where in places)
