"""Verb groups: which form a clause's verb has, and a verb put into a form."""

from consolidation.english.asking import spaced
from consolidation.english.clauses import Clause, negative
from consolidation.english.inflection import verb_form
from consolidation.english.person import full_form

_BE_AND_DO = ("is", "are", "am", "was", "were", "do", "does", "did")


def form_of(clause: Clause) -> str:
    """now, ing, past, was, perf, perfing, had, or a modal: "will", "can"."""
    finite = clause.finite
    helpers = {full_form(word).lower() for word in clause.auxiliaries}
    if finite in ("have", "has", "had") and helpers:
        running = "perfing" if clause.verb.tag == "VBG" else "perf"
        return "had" if finite == "had" else running
    if clause.passive and finite in ("got", "get", "gets"):
        return "past" if finite == "got" else "now"
    if finite not in _BE_AND_DO:
        return "past" if clause.past and not helpers else finite
    if helpers and (clause.verb.tag == "VBG" or "being" in helpers):
        return "was" if clause.past else "ing"
    return "past" if clause.past else "now"


def verb_group(verb: str, forms: frozenset[str], speaker: bool, several: bool) -> tuple[str, str]:
    """The helper and the verb: ("call", {"now", "be"}) -> "is", "called"; the helper may be ""."""
    passive = "be" in forms
    form = next(iter(forms - {"not", "be"}))
    been, done = verb_form("be", "VBN"), verb_form(verb, "VBN")
    if verb == "be" or passive:
        done, bare = (spaced(been, done), f"be {done}") if passive else (been, "be")
    else:
        bare = verb
    present = "am" if speaker else "are" if several else "is"
    past = "were" if several else "was"
    many = several or speaker
    match form:
        case "now" | "past" if verb == "be" or passive:
            found = (past if form == "past" else present, bare[3:])
        case "now" | "past" if "not" in forms:
            found = ("did" if form == "past" else "do" if many else "does", verb)
        case "now" | "past":
            tag = "VBD" if form == "past" else "VBP" if many else "VBZ"
            found = ("", verb_form(verb, tag))
        case "ing" | "was":
            found = (present if form == "ing" else past, verb_form(verb, "VBG"))
        case "perf":
            found = ("have" if many else "has", done)
        case "perfing":
            found = ("have" if many else "has", f"been {verb_form(verb, 'VBG')}")
        case _:
            found = (form, bare)
    return (negative(found[0]) if "not" in forms else found[0], found[1])
