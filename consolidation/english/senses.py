"""Senses: verbs that tell the same kind of thing in everyday facts. World knowledge, as data."""

from functools import cache

from assistant.number_words import DIGITS, ONES, TENS
from consolidation.english.inflection import base_form
from consolidation.english.lexicon import synonyms
from consolidation.english.wordlist import words

_VERBS = {
    "arrive": "arrive come land reach visit get+here get+in get+back fly+in drive+down drive+up "
    "come+over come+back come+round come+down come+up turn+up pull+in drive+over reach",
    "leave": "depart go+back fly+back head+back head+home go+home set+off fly+out",
    "travel": "go travel sail fly head go+out sail+out",
    "live": "live reside dwell settle",
    "move": "move relocate emigrate move+in move+over",
    "own": "own have keep possess",
    "ride": "drive ride",
    "eat": "eat",
    "drink": "drink",
    "smoke": "smoke",
    "bring": "take bring fetch collect pick+up drop+off",
    "work": "work",
    "like": "like love enjoy adore fancy",
    "dislike": "hate dislike detest loathe",
    "rent": "rent lease",
    "cost": "cost charge pay",
    "learn": "learn practise practice take+up",
    "teach": "teach coach train tutor",
    "do": "do make draw paint write design handle manage run lead conduct perform",
    "sell": "sell sell+off give+away scrap donate",
    "part": "break+up split split+up divorce separate",
    "quit": "quit resign retire give+up stop lay+off drop+out",
    "happen": "happen start begin open close hold",
    "cancel": "cancel call+off scrap",
    "finish": "finish complete",
    "die": "die pass+away",
}
LIGHT = frozenset(words("be do own get want plan hope need happen intend go"))
"""Senses that tell little: the object or the subject says what happens."""
NUMBERS = DIGITS | {
    f"{ten}-{one}": str(10 * i + j)
    for i, ten in enumerate(TENS, 2)
    for j, one in enumerate(ONES[1:10], 1)
}
"""Spelled numbers, as digits."""


@cache
def _by_verb() -> dict[str, str]:
    found: dict[str, str] = {}
    for sense, verbs in _VERBS.items():
        for verb in verbs.split():
            found.setdefault(verb, sense)
    return found


@cache
def sense_of(verb: str, particle: str = "") -> str:
    """The sense of a verb form with its particle; the infinitive where the table has none."""
    base = base_form(verb)
    known = _by_verb()
    for form in (f"{base}+{particle}", base):
        if form in known:
            return known[form]
    return min((base, *synonyms("v", base)))
