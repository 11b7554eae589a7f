"""Rules: which plain requests ask for a tool, and with what. Pure patterns; what is no plain
request is none, for a tool that comes unasked is worse than one that has to be called by name.
"""

import re
from collections.abc import Callable

from assistant.tools.asked import bare
from assistant.tools.base import ToolCall
from assistant.tools.clock import zone_of
from assistant.tools.notebook_rules import note_asked, reminder_asked
from assistant.tools.number_rules import conversion_asked, sum_asked

MAX_CHARACTERS = 300
"""A longer message is a talk, and no request."""
ANSWER_BEFORE = "\ue000"
"""Stands in an argument for what the tool before answered."""
_NOW = r"(?: (?:now|right now|today|currently|at the moment|it is|is it))*"
_TIME = re.compile(
    rf"(?:what(?:'s| is) the (?:current )?(?:time|date|day)|what time (?:is it|it is)|the time"
    r"|(?:have you got|do you have|got) the time"
    rf"|what(?:'s| is) today'?s date|today's date|what is today|what (?:year|month) is it"
    rf"|(?:what|which) (?:day|date)(?: of the (?:week|month))? (?:is it|is today|it is)"
    rf"|what(?:'s| is) the day of the week){_NOW}",
    re.I,
)
_TIME_IN = re.compile(
    r"(?:what(?:'s| is) the (?:current )?time|what time is it|what time it is|the time)"
    r"(?: now| right now)? in (?P<place>[a-z][a-z .'-]{1,30}?)(?: now| right now)?",
    re.I,
)
_NOTE_BEFORE = re.compile(
    r"(?:note|write|jot|put|add|save) (?:it|that|this|the (?:answer|result))"
    r"(?: down| in(?:to)? my notes| to my notes)",
    re.I,
)
_NOTES = re.compile(
    r"(?:(?:show|list|read)(?: me)?(?: all)?(?: of)? my notes|what(?:'s| is| are)(?: in)? my notes"
    r"|what notes do i have|do i have any notes"
    r"|(?:search|look in|look through) my notes for (?P<a>.+)"
    r"|(?:find|show)(?: me)? (?:my notes (?:about|on) )(?P<b>.+)"
    r"|what do my notes say about (?P<c>.+))",
    re.I,
)
_REMINDERS = re.compile(
    r"(?:show|list)(?: me)?(?: all)?(?: of)? my reminders|what(?:'s| is| are) my reminders"
    r"|what reminders (?:do i have|are (?:set|waiting))|do i have any reminders(?: set| waiting)?"
    r"|which reminders are set",
    re.I,
)
_REMOVE = re.compile(
    r"(?:cancel|delete|remove|drop) (?:my |the )?(?P<kind>note|reminder) (?:number |no\.? ?|#)?"
    r"(?P<number>\d{1,9})",
    re.I,
)
_FIND = re.compile(
    r"(?:search|look (?:in|through)|check) (?:(?:my|your|the) )?"
    r"(?:memory|memories|past conversations|conversations|history) for (?P<query>.+)",
    re.I,
)
_NAME = r"(?:the file |my file |file )?[\"'`]?(?P<file>[\w~][\w./~-]*\.[a-z][a-z0-9]{0,4})[\"'`]?"
_READ = re.compile(rf"(?:read|open|show|print|display)(?: me| out)? {_NAME}(?: to me)?", re.I)
_READ_FOR = re.compile(
    rf"(?:what does {_NAME} (?:say|tell|contain)\b.*"
    rf"|what(?:'s| is) in {_NAME.replace('file>', 'b>')}"
    rf"|(?:summari[sz]e|sum up) {_NAME.replace('file>', 'c>')}"
    rf"|(?:according to|in) {_NAME.replace('file>', 'd>')},? "
    rf"(?:what|who|when|where|how|which|why)\b.*)",
    re.I,
)
_FILES = re.compile(
    r"(?:search|look in|look through) (?:my |the )?(?:files|folders|documents|folder) for (?P<a>.+)"
    r"|(?:find|look for|search for) (?P<b>.+?) in my (?:files|folders|folder|documents)"
    r"|which (?:of my )?files? (?:mentions?|contains?|holds?) (?P<c>.+)",
    re.I,
)
_STEPS = re.compile(
    r"[.;?!]\s+(?:(?:and )?then |and |also )?|,? and (?:then |also )?|,? then ", re.I
)


def plain_calls(text: str) -> tuple[ToolCall, ...]:
    """The calls that a message plainly asks for, in order; none where any part is no request."""
    if len(text) > MAX_CHARACTERS:
        return ()
    parts = [bare(part) for part in _STEPS.split(" ".join(text.split()))]
    calls = [_call(part, is_first=place == 0) for place, part in enumerate(parts) if part]
    found = tuple(call for call in calls if call is not None)
    if len(calls) > 1 and len(found) == len(calls):
        return found
    whole = _call(bare(text))
    return () if whole is None else (whole,)


def _call(text: str, *, is_first: bool = True) -> ToolCall | None:
    if not is_first and _NOTE_BEFORE.fullmatch(text):
        return ToolCall("note", {"text": ANSWER_BEFORE})
    for rule in RULES:
        call = rule(text)
        if call is not None:
            return call
    return None


def time_asked(text: str) -> ToolCall | None:
    """ "What time is it in Tokyo"."""
    if _TIME.fullmatch(text):
        return ToolCall("time", {})
    found = _TIME_IN.fullmatch(text)
    return (
        ToolCall("time", {"place": found["place"]}) if found and zone_of(found["place"]) else None
    )


def notebook_shown(text: str) -> ToolCall | None:
    """ "Show my notes", "what reminders do I have"."""
    notes = _NOTES.fullmatch(text)
    if notes:
        about = notes["a"] or notes["b"] or notes["c"]
        return ToolCall("notes", {"about": about} if about else {})
    removed = _REMOVE.fullmatch(text)
    if removed:
        kind, number = removed["kind"].lower(), removed["number"]
        return ToolCall("remove", {"kind": kind, "number": number})
    return ToolCall("reminders", {}) if _REMINDERS.fullmatch(text) else None


def search_asked(text: str) -> ToolCall | None:
    """ "Search my memory for …", "find … in my files"."""
    found = _FIND.fullmatch(text)
    if found:
        return ToolCall("find", {"query": found["query"]})
    files = _FILES.fullmatch(text)
    words = (files["a"] or files["b"] or files["c"]) if files else ""
    return ToolCall("files", {"words": words}) if words else None


def reading_asked(text: str) -> ToolCall | None:
    """ "Read todo.txt", "what does plan.md say about the roof"."""
    found = _READ.fullmatch(text)
    if found:
        return ToolCall("read", {"file": found["file"]})
    about = _READ_FOR.fullmatch(text)
    if about:
        name = about["file"] or about["b"] or about["c"] or about["d"]
        return ToolCall("read", {"file": name, "question": text})
    return None


def _length(when: str) -> str:
    return re.sub(r"^(?:for|in) ", "", when, flags=re.I)


RULES: tuple[Callable[[str], ToolCall | None], ...] = (
    time_asked,
    reminder_asked,
    note_asked,
    notebook_shown,
    search_asked,
    reading_asked,
    sum_asked,
    conversion_asked,
)
