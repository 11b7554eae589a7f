"""Small talk: moods, weather, judgements, farewells; what nobody could ask about tomorrow."""

import re
from collections.abc import Sequence

from consolidation.english.anchors import (
    has_content,
    is_counted,
    is_dated,
    is_named,
    is_owned,
    is_refreshment,
    is_spoken_for,
)
from consolidation.english.elision import STATES, is_state, with_subject
from consolidation.english.hypernyms import is_a
from consolidation.english.inflection import base_form
from consolidation.english.parsing import Word, parse, repaired
from consolidation.english.passing import is_passing
from consolidation.english.segments import stands
from consolidation.english.wordlist import words as listed

_FAREWELL = re.compile(
    r"(?i)\b(?:good ?night|night night|bye|see (?:you|ya)|good day|testing|only a test|sleep well|"
    r"hello|cheerio|ciao|thank you|thanks)\b"
)
_WEATHER = re.compile(
    r"(?i)\b(?:weather|rain(?:ing|s|y|ed)?|snow(?:ing|s|ed|y)?|sunshine|sunny|"
    r"the (?:\w+ )?(?:sun|moon|sky|stars|sunset|sunrise|rainbow)|"
    r"sun's|"
    r"foggy|fog|"
    r"mist|haar|pour(?:ing|ed)|drizzl\w+|drizzle|sleet|hail(?:ing)?|storm(?:y)?|thunder|windy|humid|frost|frosty|"
    r"icy|heatwave|freezing|chilly|(?:so|very|too|bloody|really|it'?s|it is|^) ?(?:cold|hot|warm)|"
    r"cold (?:today|tonight|this morning|outside)|hot (?:today|tonight|this morning|outside)|"
    r"degrees|celsius|minus \w+|(?:gale|breeze|wind|(?:south|north)-?(?:easter|wester|wind)|"
    r"sirocco|mistral|f(?:ö|oe)hn|hurricane)s? (?:is|are|was|were|has|keeps?|blows?|howls?))\b"
    r"|\bit(?:'s| is| was) (?:such )?an? (?:\w+ ){0,2}(?:day|morning|afternoon|evening|night|"
    r"week)\b"
)
_MOOD = re.compile(
    r"(?i)^(?:so |really |a bit |just )?(?:tired|exhausted|shattered|knackered|bored|hungry|"
    r"thirsty|"
    r"sleepy|freezing)\b|\b(?:I'm|I am|I feel|feeling|am|still|we're) (?:\w+ ){0,2}?(?:tired|"
    r"exhausted|shattered|"
    r"knackered|bored|hungry|starving|thirsty|sleepy|freezing|buzzin'?g?|happy|asleep|"
    r"in the mood|sad|glad|fine|ok|"
    r"okay|good|great|sorry|back|ready|awake|low|down|meh|blue|beat|wiped|drained|stressed|"
    r"confused|excited|"
    r"grateful|curious|lost|done)\b"
)
_PASSING = re.compile(
    r"(?i)^(?:I |we )?(?:have )?just (?:saw|seen|heard|watched|ate|woke|had|made|finished|"
    r"got (?:in|home|back|up))\b|\b(?:makes?|drives?|driving|making) (?:me|us) (?:so |totally |"
    r"completely )?\w+[.!]?$"
    r"|\b(?:I|we) (?:need|have) to (?:vent|rant|think|go|run|sleep|eat|sit down|lie down|dash)\b"
    r"|^(?:I'm|I am|we're|we are) off(?:,|\.|!|;| now| then| to bed)"
    r"|^(?:the )?(?:bus|train|tram|tube|metro|traffic|queue|internet|wifi|connection|website|"
    r"server|"
    r"app)(?:'s| is| was| are| were)\b"
    r"|^(?:I|I'm|we|we're) (?:\w+ )?(?:go|going|off)(?: to)? (?:to )?(?:sleep|bed|eat|cook|"
    r"work now|home now)\b"
)
_AWFUL = re.compile(
    r"(?i)\b(?:is|are|was|were|'s|looks?|sounds?|tastes?|seems?) (?:\w+ly |so |a bit |"
    r"just )?(?:dreadful|awful|"
    r"terrible|horrible|brilliant|amazing|fantastic|rubbish|boring|hilarious|gorgeous|delicious|"
    r"disgusting|fabulous|insane|pathetic|annoying|ridiculous|adorable|unbearable)\b"
)
_FEEDBACK = re.compile(
    r"(?i)\b(?:that|this|the|your) (?:\w+ )?(?:poem|list|names?|jokes?|text|draft|caption|"
    r"suggestion|answer|"
    r"advice|haiku|toast|translation|rhyme|summary|explanation|reply|limerick|title)s? "
    r"(?:is|are|was|were|made|makes|worked|works|helped|helps|went)\b"
    r"|\bwhile we(?:'re| are| were) (?:talking|chatting|speaking)\b"
)
_WEARY = re.compile(
    r"(?i)\bit(?:'s| is) (?:only|already|still|finally|just|nearly|almost) (?:\w+day|january|"
    r"february|march|april|may|june|july|august|september|october|november|december|christmas|"
    r"spring|summer|autumn|winter|\d{4})[.!]*$|"
    r"\b(?:I|we) (?:still |just |really |simply )*(?:can't|cannot|couldn't) (?:sleep|wait|"
    r"stop \w+ing|complain|concentrate|focus|believe it)\b[^,]*$|^(?:let me|let's) "
    r"(?:think|see|guess|check|sleep on|talk)\b|\b(?:want|need|could do with) "
    r"(?:the weekend|a (?:holiday|break|nap|drink|coffee|beer|hug|rest|vacation))\b"
    r"|\b(?:living the dream|story of my life|fingers crossed|touch wood|same old)\b"
)
_COMPLAINT = re.compile(
    r"(?i)\b(?:brain|head) (?:is|feels?)\b|\bstuck in my head\b|\bmy (?:\w+ )?"
    r"(?:feet|head|back|eyes|legs|brain|arms|neck|fingers|hands|toes|ears|nose|"
    r"throat|stomach|tummy|belly|skin) (?:hurts?|aches?|"
    r"(?:is|are) (?:killing|sore|tired|frozen|freezing|cold|numb|dry|rumbling|growling|"
    r"running|burning|throbbing|spinning|buzzing|itching))\b"
)
_JUDGED = re.compile(
    r"(?i)^(?:even\b|(?:what an? |how |such an? |so |very |really )?(?:good|nice|great|lovely|"
    r"cool|funny|"
    r"awesome|perfect|brilliant|well|fair|bad|poor|sweet|crazy|typical|amazing|wonderful|"
    r"interesting|true|right|wrong|same|exactly|agreed|impressive|disaster)\b)"
)
_WISHED = re.compile(
    r"(?i)^(?:a )?(?:very )?(?:happy|merry|good|blessed) (?:\w+day|weekend|new year|easter|xmas|"
    r"christmas|holidays?|hols|summer|diwali|eid)\b"
    r"(?! (?:my|our|the|for|to (?:my|our))\b)[^.]{0,16}[.!]*$"
)
""" "Happy Friday, all": a greeting, whatever day it names."""
_HOUR = re.compile(
    r"(?i)^(?:it's|it is) (?:only |already |nearly |almost |past |gone |half past )*(?:\d[\d:.]*"
    r"(?: ?[ap]\.?m\.?)?|midnight|noon|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve))(?: o'clock| in the (?:morning|night|evening))?(?:,? (?:and|so) |, )"
)
""" "It's 3am and …": the hour at which one writes ties nothing to a day."""
_WRITING = re.compile(
    r"(?i)^(?:sorry,? (?:but )?)?(?:I'm|I am) (?:just |still |only |currently )?(?:(?:dictating|"
    r"typing|texting|writing) (?:this\b|with (?:one|my|a)\b|(?:on|from) (?:my|the|a) |while\b|"
    r"in the\b)"
    r"|on my (?:phone|mobile)\b)"
)
"""How the message itself came about."""
_MOMENTARY = re.compile(
    r"(?i)^(?:here |sorry,? (?:but )?)?(?:I'm|I am|we're|we are) (?:just |still |only |"
    r"currently )?(?:(?:sitting|"
    r"lying|standing|staring|grinning|smiling|beaming|laughing|crying|weeping|sobbing|shivering|"
    r"sweating|yawning|humming|pacing|dancing|blushing|drooling|giggling|melting)\b|"
    r"(?:walking|running|wandering|jumping|hopping) (?:around|about|home|"
    r"on air)\b)"
)
""" "I'm grinning like a cat": of this moment, and of no other."""
_COLLEAGUE = re.compile(
    r"[A-Z]\w+ from (?:accounts|payroll|work|HR|IT|sales|marketing|finance|reception|upstairs|"
    r"downstairs|next door|school|church|choir|the (?:office|gym|club|choir|team|band))\b"
)
"""A person, whatever the parser takes the name for: "Bea from payroll"."""
_FEELING = frozenset(
    ("love", "like", "hate", "see", "feel", "hear", "think", "know", "want", "need", "enjoy", "be")
)
_VERY = ("so", "very", "really", "too", "such", "super", "absolutely")


def is_small_talk(text: str, *, unreal: bool = False, follows: bool = False) -> bool:
    """Small talk, moods, weather, judgements; after something unreal, all that is not tied."""
    text = _HOUR.sub("", text)
    words = [word for part in map(repaired, parse(text)) for word in part.words]
    owned, dated, counted = is_owned(words), is_dated(text), is_counted(words)
    named = is_named(words) or _COLLEAGUE.match(text) is not None
    if sum(word.text[0].isalnum() for word in words) < 2:
        return True
    tied = owned or dated or counted or named
    if unreal:
        return not owned or not (dated or counted or named)
    if _FAREWELL.search(text) and not (owned or dated):
        return True
    if _WEATHER.search(text) and not (owned or _persons(words) or _of_the_house(words)):
        return True
    if is_passing(text) or _FEEDBACK.search(text) or _WISHED.match(text):
        return True
    if _WRITING.match(text) or (_MOMENTARY.match(text) and not tied):
        return True
    if (_AWFUL.search(text) or _WEARY.search(text)) and not (owned or counted):
        return True
    if is_refreshment(words) and not (dated or counted or named):
        return True
    if _COMPLAINT.search(text) and not (dated or counted or named):
        return True
    if (_MOOD.search(text) or _PASSING.search(text)) and not tied and len(words) < 20:
        return True
    if _JUDGED.match(text) and not (owned or dated or counted or _persons(words)):
        return True
    if is_state(words) or _of_the_house(words) or _is_trait(words) or _of_an_event(words):
        return False
    if not (tied or follows or stands(with_subject(text))):
        return True
    if not has_content(words) and not tied:
        return True
    if not (tied or follows) and any(_is_open(word, words) for word in words):
        return True
    return not (tied or is_spoken_for(words) or _tells(words))


def is_mood(text: str) -> bool:
    """ "So bored.": how the owner feels as this is written, whatever was asked."""
    return _MOOD.match(text) is not None and len(text.split()) < _BRIEF


_BRIEF = 4
"""Words of a mood that says nothing else."""


def _is_trait(words: Sequence[Word]) -> bool:
    """ "I am dyslexic": a state that lasts, said in full."""
    rest = [word for word in words if word.tag not in (".", "RB", ",")]
    full = len(rest) > 2 and rest[0].lower == "i" and rest[1].lower in ("am", "'m")
    return full and rest[2].lower in STATES - _PASSING_STATES


_PASSING_STATES = frozenset(("off", "out", "away", "into", "afraid", "scared", "terrified", "keen"))


_CHANGED = re.compile(r"\b(?:after all|any ?more|no longer|instead)\b")
_TAKING_PLACE = ("happen", "take")
""" "The bake-off is happening at the granary": where it is held."""


def _persons(words: Sequence[Word]) -> bool:
    """Whether a person has a part in it: the owner as one who does, a name, "she"."""
    return any(
        word.lower in ("he", "she", "they") or word.entity == "PERSON" for word in words
    ) or any(
        word.lower in ("i", "we") and word.dep == "nsubj" and _acts(word.parent) for word in words
    )


def _of_the_house(words: Sequence[Word]) -> bool:
    """ "The freezer stopped working in the heatwave", "The ladder is hanging in the cellar"."""
    for word in words:
        verb = word.parent
        through = word.dep == "pobj" and verb is not None and verb.lower in ("through", "into")
        if through and is_a(word.text, "fixture"):
            return not any(w.tag == "VBG" for w in words)
        if word.dep in ("nsubj", "nsubjpass") and verb is not None and is_a(word.text, *_THINGS):
            placed = base_form(verb.text) in _PLACED and verb.child("prep") is not None
            return placed or (verb.tag != "VBG" and base_form(verb.text) != "be")
    return False


_THINGS = ("device", "appliance", "vehicle", "clothing", "fixture", "tool", "furniture")
_PLACED = ("hang", "stand", "sit", "lie", "lean", "rest")


def _of_an_event(spoken: Sequence[Word]) -> bool:
    """ "There is fish pie at the harvest supper": what belongs to one that is named."""
    for word in spoken:
        behind = word.dep == "pobj" and word.parent is not None and word.parent.lower in _FOR_IT
        if behind and word.child("det", "poss") is not None and word.lower != "party":
            return is_a(word.text, "event") or word.lower in _HELD
        if behind and word.lower == "party" and word.child("compound", "amod", "poss") is not None:
            return True
    return False


_HELD = frozenset(
    listed(
        "supper ball feast fundraiser housewarming reception bash banquet raffle jamboree "
        "christening wake social brunch bake-off cook-out get-together"
    )
)
_FOR_IT = ("at", "for", "of")


def _acts(verb: Word | None) -> bool:
    return verb is not None and verb.lemma not in _FEELING


def _tells(words: Sequence[Word]) -> bool:
    """Without any tie: somebody's doing, or what happened to a thing; not what is going on."""
    root = next((word for word in words if word.dep == "ROOT"), None)
    if root is None:
        return False
    subject = root.child("nsubj", "nsubjpass", "expl")
    if subject is None:
        # The owner goes without saying: "Sold the van, finally."
        past = base_form(root.text) != root.lower and not root.lower.endswith("s")
        return (root.tag in ("VBD", "VBN", "VBG") or past) and any(
            word.dep in ("dobj", "prep", "xcomp", "ccomp") for word in root.children
        )
    if subject.lower in ("he", "she", "they"):
        return True
    if subject.lower == "it":
        subject = _named_before(subject, words)
    if subject.lower in ("it", "this", "that", "what", "who", "nobody", "everybody", "one"):
        return False
    generic = subject.tag == "NNS" and subject.child("det", "poss", "nummod") is None
    if generic and root.tag == "VBP":
        return False
    pointed = subject.child("det")
    shown = pointed is not None and pointed.lower in ("this", "that", "these", "those")
    state = root.child("acomp")
    praised = state is not None and any(w.lower in _VERY for w in state.children)
    if state is not None and (shown or praised):
        return False
    takes_place = root.lemma in _TAKING_PLACE and subject.is_noun and root.child("prep") is not None
    to_come = any(w.lower in ("will", "'ll") for w in root.children)
    changed = _CHANGED.search(" ".join(word.lower for word in words)) is not None
    going_on = root.tag == "VBG" and not (takes_place or to_come or changed)
    return not (going_on or any(w.lower == "still" for w in root.children))


def _is_open(word: Word, words: Sequence[Word]) -> bool:
    """An "it" that something is done to, and nothing says what it is."""
    return word.lower == "it" and word.dep == "dobj" and _named_before(word, words) is word


def _named_before(it: Word, words: Sequence[Word]) -> Word:
    """What "it" is in "The gazebo isn't kept there, it lives behind the door"; else "it"."""
    subjects = [w for w in words if w.dep in ("nsubj", "nsubjpass") and w.i < it.i and w.is_noun]
    return subjects[-1] if subjects else it
