"""Openings: the question words for each role, and the prepositions they leave behind."""

from consolidation.english.asking import ADJUNCTS, core
from consolidation.english.calendar_words import WEEKDAYS
from consolidation.english.clauses import Clause, Piece, is_person, spoken_kind
from consolidation.english.doers import who_words
from consolidation.english.hypernyms import is_a, is_person_noun
from consolidation.english.inflection import plural
from consolidation.english.wordlist import words

_TO_VERBS = frozenset(words("give owe lend send sell pay show teach tell write offer promise hand"))
SHIFTING = frozenset(words("push put move bring shift postpone delay reschedule change defer"))
"""What one does with appointments."""
_WEEKDAYS = frozenset(day.lower() for day in WEEKDAYS)
_MONEY = frozenset(
    words("euro pound dollar quid buck pence cent franc krona yen crown zloty rupee")
)
_NUMBERED = frozenset(words("size number row room seat line bus tram gate platform page chapter"))
""" "A size 12", "room 4"."""
_SIZES = frozenset(words("size small medium large xl xxl xs s m l"))


def openings(clause: Clause, piece: Piece) -> list[tuple[str, str]]:
    """Question words for a piece, each with the preposition that it leaves behind."""
    if clause.subject.head.dep == "expl" and piece.role not in ("place", "complement", "object"):
        return []
    if clause.subject.head.dep == "expl" and clause.pieces == (piece,):
        return []  # "What is there?" asks for anything
    if clause.denied and piece.role in ADJUNCTS and _is_whole_without(clause, piece):
        return _denied_openings(clause, piece)
    match piece.role:
        case "place":
            return _place_openings(clause, piece)
        case "time":
            return _time_openings(clause, piece)
        case "frequency":
            return _rate_openings(piece)
        case "manner":
            money = piece.head.child("nummod") is not None
            return [("By how much" if money else "How", "")]
        case "duration":
            held = clause.copular and bool(clause.of("place"))
            return [("How long", "for") if held else ("How long", "")]
        case "companion":
            return [("Who", "with"), ("With whom", "")]
        case "reason":
            return [("Why", "")]
        case "content":
            return [("What", "")]
        case "recipient":
            if piece.head.lower in ("me", "us"):
                return []
            if clause.of("content"):
                return [("Who", "")]
            preposition = "to" if clause.lemma in _TO_VERBS else "for"
            return [("Who", piece.prep or preposition)]
        case "agent":
            return [(who_words(piece)[0].capitalize(), "by")]
        case "topic":
            if piece.prep == "to" and clause.lemma == "learn":
                return [("What", "to do")]
            return _topic_openings(piece)
        case "object":
            return _object_openings(clause, piece)
        case "complement":
            return _complement_openings(clause, piece)
        case _:
            return []


def _denied_openings(clause: Clause, piece: Piece) -> list[tuple[str, str]]:
    """What limits or explains a denial: "Why don't I drink coffee?", "After when …?"."""
    if piece.role == "reason" and piece.words[0].lower == "because":
        return [("Why", "")]
    bounded = piece.role == "time" and piece.prep in ("after", "before", "past", "during")
    if not bounded or clause.past or piece.head.is_verb:
        return []
    return [("When", ""), *([] if piece.prep == "during" else [(f"{piece.prep} when", "")])]


def _is_whole_without(clause: Clause, piece: Piece) -> bool:
    """Whether the denial is about something else than the piece."""
    light = ("particle", "chain")
    return any(other.role not in light for other in core(clause) if other is not piece)


def _place_openings(clause: Clause, piece: Piece) -> list[tuple[str, str]]:
    if piece.head.lower == "work" and clause.of("manner"):
        return []  # "comes to work by kayak" tells how, and not where
    ways = piece.prep.split()
    if piece.prep == "from" or (ways[-1:] == ["from"] and len(ways) > 1):
        return [("Where", piece.prep)]
    if piece.prep == "into" and clause.lemma == "get":
        return [("Where", "into")]
    bound = len(ways) > 1 and ways[-1] == "to"
    found = [("Where", piece.prep)] if bound else [("Where", "")]
    if bound and not clause.copular:
        found.insert(0, ("Where", ""))
    spoken = spoken_kind(piece.head)
    if spoken in ("city", "country") and piece.prep:
        found.append((f"Which {spoken}", piece.prep))
    return found


def _time_openings(clause: Clause, piece: Piece) -> list[tuple[str, str]]:
    lower = [word.lower for word in piece.words]
    if piece.prep == "since" or lower[0] == "since":
        return [("Since when", "")] + ([] if clause.denied else [("How long", "")])
    if lower[0] in ("until", "till"):
        return [("Until when", "")]
    if piece.head.is_verb:
        return [("When", "")]
    if piece.prep == "to" and clause.lemma in SHIFTING:
        digits = any(word[:1].isdigit() for word in lower)
        day = "day" if any(word in _WEEKDAYS for word in lower) else "date" if digits else ""
        return [("To when", ""), *([(f"What {day}", "to")] if day else [])]
    if piece.prep == "at" and (piece.head.tag == "CD" or piece.head.entity == "TIME"):
        return [("What time", ""), ("When", ""), ("At what time", "")]
    if any(word in _WEEKDAYS for word in lower):
        return [("When", ""), ("What day", ""), ("On which day", "")]
    return [("When", "")]


def _rate_openings(piece: Piece) -> list[tuple[str, str]]:
    lower = [word.lower for word in piece.words]
    if lower[0] in ("a", "an", "per"):
        return []
    if lower[-1] == "times" or lower in (["twice"], ["once"]):
        return [("How many times", ""), ("How often", "")]
    days = any(word.rstrip("s") in _WEEKDAYS for word in lower)
    return [("How often", "")] + ([("When", ""), ("On which day", "")] if days else [])


def _topic_openings(piece: Piece) -> list[tuple[str, str]]:
    if piece.head.is_verb or piece.prep in ("than", "like"):
        return []
    if piece.prep == "for" and piece.head.lemma.lower() in _MONEY:
        return [("For how much", ""), ("How much", "for")]
    if piece.prep == "in" and piece.head.lower in _SIZES:
        return [("What size", "in"), ("Which size", "in")]
    post = is_a(piece.head.text, "occupation") and piece.head.child("det", "poss") is None
    met = piece.prep in ("in touch with", "in contact with")
    wh = "Who" if (met or piece.is_person) and piece.prep != "as" and not post else "What"
    found = [(wh, piece.prep)]
    spoken = spoken_kind(piece.head)
    if spoken and not piece.is_person:
        found.append((f"Which {spoken}", piece.prep))
    return found


def _object_openings(clause: Clause, piece: Piece) -> list[tuple[str, str]]:
    head = piece.head
    if head.lower in ("me", "us") or head.tag in ("PRP", "DT"):
        return []
    if piece.words[0].lower == "no":
        return []
    if is_exception(piece):
        return [] if clause.denied else [("What", "")]
    kind = (
        head.tag == "NNS" and len(piece.words) == 1 and clause.lemma in ("switch", "change", "swap")
    )
    if kind:
        return [("What", "")]  # "I've switched dentists"
    if piece.is_person and (clause.of("chain") or not _is_having(clause)):
        return [("Who", "")]
    number = head.child("nummod")
    if number is not None and number.i > head.i and head.lower in _NUMBERED:
        return [(f"What {head.text}", ""), (f"Which {head.text}", "")]
    if (
        number is not None
        and number.i < head.i
        and head.is_noun
        and number.text.isalnum()
        and head.is_proper is False
    ):
        if head.lemma.lower() in _MONEY:
            return [("How much money", ""), ("How much", "")]
        one = number.lower in ("one", "1") and len(head.text) > 2
        if not one and head.tag == "NN":
            return [("What", "")]  # "my grade five piano"
        return [(f"How many {plural(head.text) if one else head.text}", "")]
    found = [("What", "")]
    spoken = spoken_kind(head)
    telling_kin = spoken == "relative" and clause.lemma in ("have", "get", "expect")
    if spoken and spoken != head.lower and not telling_kin:
        bred = spoken in ("dog", "cat")
        found.append((f"What breed of {spoken}" if bred else f"Which {spoken}", ""))
    modified = any(child.dep in ("amod", "compound") for child in head.children)
    owned = any(child.tag == "PRP$" or child.lower == "the" for child in head.children)
    if is_person(head) or is_person_noun(head.text):
        return found
    if modified and not owned and head.is_noun and not head.is_proper:
        found.append((f"What kind of {head.text}", ""))
    return found


_EXCEPTING = ("but", "except", "besides", "than", "from", "save")
_ALL = ("anything", "nothing", "anyone", "anybody", "nobody")


def is_exception(piece: Piece) -> bool:
    """ "anything but dandelions", "nothing other than water"."""
    lower = [word.lower for word in piece.words]
    return lower[0] in _ALL and len(lower) > 2 and any(word in _EXCEPTING for word in lower[1:3])


def _is_having(clause: Clause) -> bool:
    return clause.lemma in ("have", "get", "adopt", "own")


def _complement_openings(clause: Clause, piece: Piece) -> list[tuple[str, str]]:
    head = piece.head
    aged = clause.subject.is_living or clause.speaker
    if head.tag == "CD" or head.lower == "old":
        return [("How old", "")] if aged or head.lower == "old" else [("What", "")]
    measured = next((w for w in piece.words if w.tag == "CD"), None)
    if head.tag == "JJ" and measured is not None and measured is not head and clause.copular:
        return [(f"How {head.text}", "")]
    coloured = is_a(head.text, "colour") and clause.subject.head.lower not in ("colour", "color")
    if coloured and clause.copular and not clause.speaker:
        return [("What colour", ""), ("Which colour", "")]
    if not clause.copular:
        return [("What", "")] if head.is_noun else []
    telling = clause.subject.head.lower in ("colour", "color", "size", "type", "group") or (
        any(w.is_proper or w.tag == "CD" for w in piece.words) and not aged
    )
    if not head.is_noun and head.text.isalpha() and head.tag != "FW" and not telling:
        return [] if aged or len(clause.pieces) > 1 else [("What", "like")]
    if clause.speaker:
        return [("What", "")] if clause.of("chain") else []
    if is_a(head.text, "occupation") and not head.is_proper:
        return [("What", "")]
    who = is_person(head) and clause.subject.is_person
    return [("Who" if who else "What", "")]
