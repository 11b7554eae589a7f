"""Fragments: facts without a verb, given one: "New car: a Fiesta", "Not a fan of jazz".

Knows strings; beside `consolidation.english.elision`, which speaks the silent "I" of whole clauses.
"""

import re

from consolidation.english.elision import STATES
from consolidation.english.hypernyms import is_a
from consolidation.english.segments import stands

_BACK = re.compile(
    r"(?i)^(?P<state>(?:back|home|away|off|out|over|up|down|stuck) (?:from|in|at|on|to|with) [^,]+|"
    r"(?:\w+ly )?(?P<first>[\w-]+) [^,]*)$"
)
_SINCE = re.compile(r"(?i)\b(?:since|for (?:the (?:past|last) )?(?:\w+ )?(?:years|months|weeks))\b")
_NOT = re.compile(
    r"(?i)^not (?:(?:a|an|much of an?|the|really|very|too|that|one|exactly|keen|fond|into|big|"
    r"overly|at all|allowed|able|religious|married)\b)[^,]*$"
)
_NEW = re.compile(
    r"(?i)^(?P<label>(?:my |our )?(?:new|current|latest|favou?rite|old|next) (?:[\w'-]+ ){0,3}"
    r"[\w'-]+)\s*(?::|\s[–—-])\s+(?P<value>(?:(?:an?|the|my) )?[\w' .-]+?)"
    r"(?:, (?P<more>(?:\w+ )?[\w-]+))?$"
)
_MEASURE = re.compile(
    r"(?i)^(?:my )?(?P<label>(?:[\w'-]+ ){1,2}(?:size|number|type|group|code|password|pin|height|"
    r"weight|colour|color)) (?:is )?(?P<value>[\w.+½/-]*\d[\w.+½/-]*|[ABO]{1,2}[+-]|[ABO]{1,2} "
    r"(?:positive|negative))(?:, (?P<more>.+))?$"
)
_DENYING = re.compile(
    r"(?i)^(?:can't|cannot|couldn't|haven't|didn't) [^,]+$|^don't (?:like|have|own|eat|drink|smoke|"
    r"drive|speak|work) (?!the\b|my\b|it\b|that\b|this\b)[^,]+$"
)
_WHOSE = re.compile(r"(?i)^(?P<state>[^,]+), (?P<both>both )?(?P<noun>(?:my|our) [\w' -]+)$")
_OFF = re.compile(r"(?i)^(?:off|away) (?P<way>to|on) (?!a (?:good|bad|slow|flying)|bed\b|work\b)")
_TURNED = re.compile(r"(?i)\b(?:is|are|was|were|will|has|have|had|lives|hangs|stands)\b")
""" "Up in the loft is where …": inverted, and no fragment."""
_ME = re.compile(r"(?i),? (?:me|i am|that's me)$")
_SAYING = re.compile(r"(?i), (?:I must say|I admit|I confess|I'm afraid|sorry|me)$")


def made_sentences(text: str) -> list[str]:
    """Whole sentences for a fragment; none where it is no such fragment."""
    bare = _SAYING.sub("", _ME.sub("", text.rstrip(" .!")))
    if not bare or re.search(r"(?i)\b(?:you|your)\b", bare):
        return []
    labelled = _NEW.match(bare) or _MEASURE.match(bare)
    if labelled is not None:
        return _labelled(labelled)
    if stands(bare + ".") or _TURNED.search(bare):
        return []
    low = bare[:1].lower() + bare[1:]
    going = _OFF.match(bare)
    if going is not None:
        return [f"I am going {going['way'].lower()} {bare[going.end() :]}."]
    if _NOT.match(bare):
        return [f"I am {low}."]
    if _DENYING.match(bare):
        return [f"I {low}."]
    whose = _WHOSE.match(bare)
    if whose is not None and whose["state"].split()[0].lower() in STATES:
        several = whose["noun"].endswith("s") or whose["both"] is not None
        who = f"{whose['both'] or ''}{whose['noun']}"
        state = whose["state"][:1].lower() + whose["state"][1:]
        return [f"{who[:1].upper()}{who[1:]} {'are' if several else 'is'} {state}."]
    state = _BACK.match(bare)
    if state is None or (state["first"] is not None and state["first"].lower() not in STATES):
        return []
    if state["first"] is not None and not _SINCE.search(bare):
        return []  # `consolidation.english.elision` reads it
    return [f"I {'have been' if _SINCE.search(bare) else 'am'} {low}."]


def _labelled(found: re.Match[str]) -> list[str]:
    label, value, more = found["label"], found["value"], found["more"]
    if not re.match(r"(?i)(?:my|our) ", label):
        label = f"My {label[:1].lower()}{label[1:]}" if label[1:2].islower() else f"My {label}"
    if stands(value + "."):
        return []
    made = [f"{label[:1].upper()}{label[1:]} is {value}."]
    if more and stands(more[:1].upper() + more[1:] + "."):
        made.append(f"{more[:1].upper()}{more[1:]}.")
    elif more and is_a(more.split()[-1], "colour"):
        made.append(f"{label[:1].upper()}{label[1:]} is {more}.")
    elif more:
        made.append(f"{more[:1].upper()}{more[1:]}.")
    return made
