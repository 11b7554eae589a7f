"""Which plain requests ask for a note or a reminder. Pure patterns."""

import re

from assistant.tools.base import ToolCall
from assistant.tools.moments import split_moment

_ME = r"(?:remind me|do(?:n't| not) let me forget)\b"
_REMIND = re.compile(rf"(?P<body>{_ME}.*)|(?P<when>.+?),? (?P<late>{_ME}.*)", re.I)
_REMIND_ME = re.compile(rf"^{_ME}\s*", re.I)
_TIMER = re.compile(
    r"(?:set|start)(?: me)? (?:a |an )?(?:timer|alarm)(?: (?:for|at|in))? (?P<when>.+)"
    r"|(?:set|start)(?: me)? an? (?P<length>[\w -]+?) timer",
    re.I,
)
_SET = re.compile(r"(?:set|create|add|make)(?: me)? (?:a |another )?reminder (?P<body>.+)", re.I)
_QUESTION = re.compile(
    r"(?:again )?(?:about |of )?(?:what|who|whom|whose|how|where|why|which|when|whether|if)\b", re.I
)
_LEADING = re.compile(r"^(?:again )?(?:to|that|about|for|of)\s+(?=\S)", re.I)
_NOTE = re.compile(
    r"(?:(?:make|take|add)(?: me)? a (?:quick )?note(?: (?:that|of|to|about|saying))?\b"
    r"|write(?: me)? a (?:quick )?note (?:that|saying)\b|write a note(?=:)"
    r"|note (?:down )?that\b|note to self\b|note down\b"
    r"|(?:write|jot) (?:this |that )?down(?: that)?\b"
    r"|note(?=:))[:,.]?\s*(?P<text>\S.*)"
    r"|(?:add|write|put|save) (?P<added>.+?) (?:to|in|into|on) my notes",
    re.I,
)


def reminder_asked(text: str) -> ToolCall | None:
    """ "Remind me to call mum tomorrow at 9", "set a timer for 10 minutes"."""
    timer = _TIMER.fullmatch(text)
    if timer:
        when = timer["when"] or timer["length"]
        hour = re.match(r"\d{1,2}\b(?! ?(?:[smh]\b|sec|min|h(?:ou)?r|[ap]\.?m))(?![:.-])", when)
        when = f"at {when}" if hour else when
        return ToolCall("remind", {"text": "timer", "when": when})
    made, found = _SET.fullmatch(text), _REMIND.fullmatch(text)
    if made:
        body = re.sub(r"^for (?!to )", "", made["body"], flags=re.I)
    elif found:
        body = _REMIND_ME.sub("", found["body"] or found["late"])
        if found["late"]:
            before = split_moment(found["when"])
            if before is None or before.rest:
                return None
            body = f"{body} {found['when']}"
    else:
        return None
    call = reminder_of(body)
    if call is None or _QUESTION.match(body) or _QUESTION.match(call.arguments["text"]):
        return None
    # "Remind me of my aunt's birthday" asks when it is; what is "to" be done is a task.
    is_task = "when" in call.arguments or re.match(r"(?:to|that i)\b", body, re.I)
    return call if is_task else None


def reminder_of(body: str) -> ToolCall | None:
    """The call of what follows "remind me"; without a moment where none is named."""
    split = split_moment(body)
    what = _LEADING.sub("", split.rest if split else body).strip()
    if split is None:
        return ToolCall("remind", {"text": what}) if what else None
    return ToolCall("remind", {"text": what, "when": split.when}) if what else None


def note_asked(text: str) -> ToolCall | None:
    """ "Note that …", "add … to my notes"."""
    found = _NOTE.fullmatch(text)
    said = (found["text"] or found["added"]) if found else ""
    return ToolCall("note", {"text": said.strip("\"'")}) if said else None
