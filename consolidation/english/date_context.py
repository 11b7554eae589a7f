"""Date context: whether the words around a phrase let it be a date."""

import re

from consolidation.english.calendar_words import SEASONAL_FEASTS, WEEKDAY, feast_name
from consolidation.english.date_phrases import Phrase
from consolidation.english.parsing import Word
from consolidation.english.tenses import Tenses
from consolidation.english.wordlist import words

_PREP = re.compile(
    r"(?<![\w-])(on|in|at|by|until|till?|'till?|up to|since|from|before|after|during|for|to|through"
    r"|between|over|around|about|starting|as of)(\s+the)?\s+$",
    re.IGNORECASE,
)
_PLAIN = {"till": "until", "til": "until", "'til": "until", "'till": "until"}
_NOT_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("day", "beside", "distance"), ("in", "on", "at", "over", "through")),
    **dict.fromkeys(
        ("weekday", "full", "ordinal", "bare ordinal", "figure", "range start"),
        ("in", "at", "over"),
    ),
}
"""Prepositions that do not go with a kind of date: there they belong to the verb."""
_DEFINITE = re.compile(r"(?<![\w-])(?:the|my|your|his|her|its|our|their|very)\s+$", re.I)
_ANY = re.compile(
    r"\b(?:(?:every\s*day|daily|always|all\s+week|any\s+day)\s+(?:except|but|bar|apart\s+from|"
    r"save|excluding)\s+(?:on\s+|for\s+)?|"
    r"(?:every|each|any|most|all|alternate|a|an|one|some|no|many|few|the\s+odd|other|first|second|third"
    r"|fourth|fifth)\s+)"
    rf"(?:{WEEKDAY}s?(?:\s+\w+s?)?(?:\s*,\s*|\s+and\s+|\s+or\s+|\s*&\s*|/))*$",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\b(?:(?:once|twice|days?|nights?|times?|mornings?|evenings?|shifts?|out)\s+"
    r"(?:a|per|each|every|in\s+a|in)\s+week|weekly|every\s+week)\b",
    re.IGNORECASE,
)
_DAYTIMES = re.compile(r"\s*(?:mornings|afternoons|evenings|nights|lunchtimes)\b", re.IGNORECASE)
_ROUTINE = re.compile(
    r"(?:['’]s|\s+is|\s+are)\s+(?:the|my|our|her|his)\s+(?:only|best|usual|busiest|busy|favou?rite|free|"
    r"worst|one|quiet|long)\s+(?:\w+\s+)?(?:day|evening|night|morning|afternoon)\b",
    re.IGNORECASE,
)
""" "Tuesday is my only free evening": every Tuesday."""
_OFFICE_DAYS = re.compile(
    r"\bmon(?:day)?\s*(?:to|-|–|through|till?|until)\s*fri(?:day)?\b", re.IGNORECASE
)
_SURE = ("on", "until", "till", "til", "'til", "by", "since", "from", "before", "after", "starting")
_SHORT = frozenset(words("sat sun wed mon"))
"""Short names that are words as well."""
_ALSO_NAMES = frozenset(words("may march april june august jan mar"))
_VAGUE = re.compile(
    r"(?:\b(?:or|to|than|over|nearly|almost|under|first|last|next|times?|once|every)\s+|[-–]"
    r"|\b(?:\w+est|best|worst|most|first|only)\s(?:\w+\s+){1,3})$",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\s+(?:at\s+)?(?:(?:the\s+)?same\s+(?:time|place)|noon|midday|midnight|lunchtime|\d{1,2}(?:[:.]\d\d|\s*[ap]\.?m))",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:back|home|returns?|returning|leav\w+|ends?|finish\w*)\s+(?:\w+\s+){0,2}$")


def preposition_before(text: str, phrase: Phrase) -> tuple[str, int]:
    """The preposition before a phrase, in full and lower case, and where the date then starts."""
    if phrase.kind == "distance" and phrase.match[0].lower().startswith("in"):
        return "", phrase.start
    found = _PREP.search(text, max(0, phrase.start - 16), phrase.start)
    if found is None or (found[2] and phrase.kind not in ("span", "weekend", "figure")):
        return "", phrase.start
    prep = " ".join(found[1].lower().split())
    if prep in _NOT_OF.get(phrase.kind, ()):
        # A particle of the verb: "she flies in tomorrow", "it gets operated on next week".
        return "", phrase.start
    return _PLAIN.get(prep, prep), found.start()


def follows_on(text: str, start: int, prep: str) -> bool:
    """Whether a date comes after the one before it: "until …", "and back on …"."""
    after = prep in ("until", "to", "through", "up to")
    return after or _BACK.search(text[max(0, start - 40) : start]) is not None


def admits(phrase: Phrase, prep: str, text: str, tenses: Tenses, *, known: bool) -> bool:
    """Whether the words around a phrase let it be a date."""
    before, after = text[: phrase.start], text[phrase.end :]
    habit = phrase.kind in ("weekday", "month", "season", "feast", "weekend", "bare ordinal")
    if (habit or phrase.kind == "ordinal") and tenses.is_habit(phrase.start):
        return False
    if re.search(r"\b(?:every|each)\s+(?:the\s+)?$", before, re.IGNORECASE):
        return False
    match phrase.kind:
        case "weekday":
            return _weekday(phrase, prep, text, tenses)
        case "ordinal" | "bare ordinal" | "figure" | "range start" | "range end":
            return _ordinal(phrase, prep, after, tenses, known)
        case "full":
            return _full(phrase, prep, before, tenses)
        case "day":
            return not re.search(r"\b(?:the|of)\s+$", before, re.IGNORECASE)
        case "distance":
            return _distance(phrase, before, after)
        case "span":
            return phrase.match[0].lower().startswith("the") or not _DEFINITE.search(before)
        case "weekend":
            return bool(prep) and not re.match(r"\s+of\b", after)
        case "month":
            return _month(phrase, prep, before, tenses, known)
        case "season":
            of_noun = _modifies(phrase, tenses)
            return not of_noun and (bool(prep) or bool(phrase.match["which"]))
        case "feast":
            joined = known and re.search(r"(?:\band|[-–])\s*$", before) is not None
            return _feast(phrase, prep, before, tenses, joined=joined)
        case "beside":
            return _beside(phrase, prep, tenses)
        case "year":
            return not _names(tenses.word_from(phrase.end), after)
    return True


def _weekday(phrase: Phrase, prep: str, text: str, tenses: Tenses) -> bool:
    match, before, after = phrase.match, text[: phrase.start], text[phrase.end :]
    if _ANY.search(before) or _DAYTIMES.match(after) or _ROUTINE.match(after):
        return False
    name = match["weekday"]
    qualified = bool(match["which"] or match["tail"] or match.groupdict().get("part"))
    if qualified:
        return True
    if name.rstrip(".").lower() in _SHORT:
        inside = before.strip() and before.rstrip()[-1:] not in ".!?"
        sure = prep in _SURE or _TIMES.match(after) is not None or _is_noted(name, before, after)
        if match["the"] or not (sure or (name[0].isupper() and inside)):
            return False
    if match["the"] and (re.match(r"\s+of\b", after) or not prep):
        return False
    around = text[max(0, phrase.start - 24) : phrase.end + 24]
    tense = tenses.at(phrase.start, prep)
    if tense in ("present", "none") and _OFFICE_DAYS.search(around):
        return False
    if prep in ("", "on") and tense in ("present", "none"):
        rate = _RATE.search(text)
        if rate is not None and tenses.same_sentence(rate.start(), phrase.start):
            return False
    return not _modifies(phrase, tenses)


_STARTING = re.compile(r"(?i)\b(?:starts?|begins?|leave|leaves|opens?|ends?|move|moving)\s+$")
_OCCASION = re.compile(
    r"(?i)\b(?:practi[cs]e|lesson|class|match|game|gig|party|dinner|lunch|meeting|rehearsal|training|"
    r"appointment|session|shift|exam|test|trip|visit)\s+$"
)


def _is_noted(name: str, before: str, after: str) -> bool:
    """ "Start sat", "first practice sun in his garage": a day, as one notes it down."""
    ends = re.match(r"\s*(?:$|[.,!?;)]|(?:at|in|with|from)\b)", after) is not None
    starts = _STARTING.search(before) is not None
    occasion = _OCCASION.search(before) is not None and name.lower() not in ("sat", "wed")
    return ends and (starts or occasion)


def _ordinal(phrase: Phrase, prep: str, after: str, tenses: Tenses, known: bool) -> bool:
    if phrase.kind in ("range start", "range end"):
        return True
    if re.match(r"\s+of\b|\s*[-/]\w|\s*['’]s", after):
        return False
    if _names(tenses.word_from(phrase.end), after):
        return False
    if phrase.kind == "ordinal" and phrase.match["day"][0].isdigit():
        return True
    return prep in _SURE or (phrase.kind == "figure" and known and prep in ("", "to", "for"))


def _names(word: Word | None, after: str) -> bool:
    """Whether a number or rank belongs to the noun that follows: "the 5th floor"."""
    if word is None or not re.match(r"\s+[\w'’]", after):
        return False
    if word.lower in ("all", "i", "both"):
        return False
    return word.tag.startswith(("NN", "JJ")) or word.lower == "one"


def _full(phrase: Phrase, prep: str, before: str, tenses: Tenses) -> bool:
    groups = phrase.match.groupdict()
    day, month = groups.get("day"), groups.get("month")
    if not day or not month:
        return True
    figure = day.isdigit() and not groups.get("year")
    if figure and re.search(r"\bat\s+$", before, re.IGNORECASE):
        return False
    follows = tenses.word_from(phrase.end)
    counted = follows is not None and follows.tag == "NNS" and phrase.match[0].endswith(day)
    if figure and counted and re.match(r"\s+\w", tenses.text[phrase.end :]):
        return False
    if not groups.get("year") and tenses.is_annual(phrase.start):
        return False
    if not month.islower() or month.lower() not in ("may", "march", "mar"):
        return not (month.lower() == "may" and not day[0].isdigit() and not prep)
    word = tenses.word_at(phrase.match.start("month"))
    verbal = word is not None and (word.tag == "MD" or word.is_verb)
    return not verbal or not day.isdigit() or bool(prep)


def _distance(phrase: Phrase, before: str, after: str) -> bool:
    if _VAGUE.search(before) or re.match(r"\s+(?:or|of)\b", after):
        return False
    one_day = phrase.match["count"].lower() in ("a", "an", "one", "1")
    return not (one_day and phrase.match["unit"].lower() in ("day", "night"))


def _month(phrase: Phrase, prep: str, before: str, tenses: Tenses, known: bool) -> bool:
    match = phrase.match
    name = match["month"].rstrip(".").lower()
    word = tenses.word_at(match.start("month"))
    if word is None or word.entity == "PERSON" or word.tag == "MD":
        return False
    if match["year"] or match["edge"]:
        return True
    if tenses.is_annual(phrase.start):
        return False
    if match["which"]:
        return not _DEFINITE.search(before)
    ambiguous = name in _ALSO_NAMES
    if ambiguous and re.match(r"['’]s", tenses.text[phrase.end :]):
        return False
    if prep in ("in", "since", "until", "during", "by", "between", "through"):
        return not _modifies(phrase, tenses)
    if prep in ("from", "before", "after", "for", "starting"):
        return not ambiguous or (match["month"][0].isupper() and prep != "for")
    if re.search(r"\b(?:all|whole|rest|most|middle|half)\s+(?:of\s+)?$", before, re.IGNORECASE):
        return True
    joined = re.search(r"(?:\b(?:and|or|to)|[-–&,])\s*$", before, re.IGNORECASE) or prep == "to"
    if joined and (known or prep == "to"):
        return not ambiguous or known
    if re.search(r"\b(?:it'?s|it is|now)\s+$", before, re.IGNORECASE):
        return not ambiguous or match["month"][0].isupper()
    return not ambiguous and re.search(r"\b(?:is|be|was)\s+$", before) is not None


def _feast(phrase: Phrase, prep: str, before: str, tenses: Tenses, *, joined: bool) -> bool:
    name = feast_name(phrase.match["feast"])
    if _modifies(phrase, tenses) or (name == "new year" and _DEFINITE.search(before)):
        return False
    return name not in SEASONAL_FEASTS or joined or bool(prep) or bool(phrase.match["which"])


def _beside(phrase: Phrase, prep: str, tenses: Tenses) -> bool:
    """ "the day after", but not "the day after we met" nor "in the next week"."""
    side = phrase.match["side"].lower()
    if side in ("next", "following", "previous"):
        long = phrase.match["unit"].lower() in ("week", "month", "year")
        return not (long and prep in ("in", "for", "over", "during"))
    if phrase.match[0].lower().endswith(("that", "then")) or side in ("later", "earlier"):
        return True
    after = tenses.text[phrase.end :]
    word = tenses.word_from(phrase.end)
    if word is None or not re.match(r"\s+[\w'’]", after):
        return True
    return word.tag in ("IN", "CC", "TO", "RB", "MD", "WRB", "VBD", "VBZ", "VBP", "CD")


def _modifies(phrase: Phrase, tenses: Tenses) -> bool:
    """Whether a name of time is part of another noun: "the Monday meeting", "Easter eggs"."""
    word = tenses.word_at(phrase.end - 1)
    follows = tenses.word_from(phrase.end)
    if word is None or follows is None or word.parent is None:
        return False
    if _TIMES.match(tenses.text, phrase.end):
        return False
    adjoins = re.match(r"\s+\w", tenses.text[phrase.end :]) is not None
    inside = word.dep in ("compound", "amod", "nmod") and word.parent.i >= follows.i
    return adjoins and inside and word.parent.is_noun and word.parent.i - word.i < 4
