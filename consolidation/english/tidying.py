"""Tidying: a typed message in plain spelling, and a sentence without its wrapping.

Knows strings, and which of them a dictionary lists.
"""

import re
import unicodedata

from consolidation.english.inflection import is_listed
from consolidation.english.wordlist import words

_SPELLINGS = {
    r"\bi\b": "I",
    r"\b[Ii]m\b": "I'm",
    r"\b[Ii]ve\b": "I've",
    r"\b[Ii]d\b(?= (?:love|like|rather|never|have|be|buy|go|pay|say|want|take|been)\b)": "I'd",
    r"\b(?i:p(?:lz|ls))\b": "please",
    r"(?<=\w )n(?= \w)": "and",
    r"(?<=\w )r(?= \w+ing\b)": "are",
    r"\b(?i:gf)\b": "girlfriend",
    r"\b(?i:bf)\b": "boyfriend",
    r"\b(?i:yr)(?= \d)": "year",
    r"(?<=\d )(?i:yrs)\b": "years",
    r"\b(?i:(do|does|did|is|are|was|were|have|has|had|ca|wo|would|should|could))nt\b": r"\1n't",
    r"\b(?i:(that|there|here|what|he|she))s\b(?= )": r"\1's",
    r"\b[Ii]ts\b(?= (?:(?:my|our|a|an|the|on|in|at|been|his|her)\b|\d))": "it's",
    r"\b(?i:theyre)\b": "they're",
    r"\b(?i:bday|b-day)\b": "birthday",
    r"\b(?i:w/)\s?": "with ",
    r"\b(?i:tmrw|tmr|tmw|2moro|tomoro|tommorow|tommorrow)\b": "tomorrow",
    r"\b(?i:gonna)\b": "going to",
    r"\b(?:bc|b/c)\b": "because",
    r"\b[Tt]ho\b": "though",
    r"(?<=\d) (?=[ap]m\b)": "",
    r"\b(?i:wanna)\b": "want to",
    r"\b(?i:gotta)\b": "have to",
    r"(?<= )wi'?(?= (?!fi))": "with",
    r"'s (?=(?:got|been|had) )": " has ",
    r"(?<=\w )(?:went|gone) and (?!(?:the|a|an|my|our|his|her|i|we|he|she|they|it|then|now)\b)": "",
    r"(?<= )w (?=(?:me|my|us|him|her|them|the|a|our) )": "with ",
    r"(?<= )&(?= )": "and",
    r"\bhalf (?=(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven)\b)": "half past ",
}
_VERBAL = frozenset(words("is are was were am i has have had"))
_PRONOMINAL = _VERBAL | frozenset(
    words("he she it we they my our his her no not it's i'm he's she's")
)
_NAMES = {
    name: name.capitalize()
    for name in words(
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays "
        "wednesdays thursdays fridays saturdays sundays january february april june july "
        "august september october november december christmas easter english french "
        "german spanish italian portuguese dutch russian polish japanese chinese korean "
        "arabic turkish greek swedish norwegian danish finnish hindi london paris berlin "
        "rome madrid lisbon amsterdam vienna dublin edinburgh oslo tokyo sydney toronto "
        "chicago boston france germany spain italy portugal ireland scotland wales "
        "england norway sweden denmark japan china india canada australia"
    )
}
_CHAT = re.compile(
    r"\b(?:lol|ffs|smh|ikr|wtf|x{2,}|haha+|hehe+|lmao|tbh|omg|imo|imho|ngl)\b|"
    r"\btho\b(?! (?:i|i'm|i've|we|he|she|it|they|my|our|the)\b)|"
    r"[:;]-?[)(DPp](?=\s|$)"
    r"|<3|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d]",
    re.IGNORECASE,
)
_POLITE = (
    r"(?:please |pls |also |can you |could you |would you |will you |i want you to |"
    r"i'd like you to )*"
)
_SHORT_MONTH = re.compile(r"\b(?:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)\b(?=\.? \d)")
_MONTH = re.compile(
    r"\b((?:in|of|by|since|until|till|early|late|next|last|this|\d(?:st|nd|rd|th)?) )(march|may)\b"
)
_WRAPPERS = re.compile(
    r"^(?:"
    + _POLITE
    + r"(?:remember|note|don't forget|do not forget|keep in mind|bear in mind|be aware|make a note|"
    r"take note|write down|know|save|store|learn)(?: this| the following| for me)?"
    r"(?: that\b|:| -|,)"
    r"|" + _POLITE + r"(?:remember|note|don't forget)(?= (?:my|our|i|i'm|we)\b)"
    r"|(?:just )?(?:so (?:that )?you know|for your information|for the record|fyi|btw|by the way|"
    r"in case you(?: a|')re wondering|in case you need it|as you know|as i said|as i told you|"
    r"like i said|guess what|good news|great news|bad news|sad news|big news|news|update|"
    r"quick update|quick note|side note|small note|one thing|another thing|important|"
    r"fun fact|heads up|reminder|note to self|to be honest|honestly|in fact|"
    r"believe it or not|actually|anyway|anyways|basically|oh no|oh|ah|um|uh|well|so|ok|okay|"
    r"right|yes|yeah|yep|yup|no|nope|hi there|hey there|hi|hey|hello|hiya|good morning|"
    r"good evening|good afternoon|morning|thanks(?! to\b)|thank you|"
    r"cheers|sure|great|cool|nice|alas|"
    r"unfortunately|sadly|luckily|fortunately|apparently|finally|and|but|also|plus|ps|p\.s\.)"
    r"(?:\s*[,:!.–—-]+|(?= (?:i|i'm|i've|we|my|our|the|it's|there|she|he|they|this|just)\b)"
    r"|(?= \w+ing\b))"
    r"|(?:i|we)(?:'ve| have) been told (?:that |(?=(?:the|my|our|there)\b))"
    r"|(?:i (?:just )?(?:wanted|want|need|have|should|would like|forgot) to |let me |i must |"
    r"i should )(?:tell|mention|let|inform|say|add|share)(?: you)?(?: know)?(?: that\b|,|:"
    r"| about(?= (?:my|our|the) [^,.;]+, (?:it|he|she|they)(?:'s|'re| is| are| was| were)\b))"
    r"|(?:note|write|take|jot) (?:this |that |it )?down(?= (?:i|i'm|we|my|our|the|it's)\b)"
    r"|(?:you should|you must|you ought to|you might want to|you may want to) know(?: that)?"
    r"|did i (?:tell|mention)(?: to)?(?: you)?(?: that)?(?= (?:i|my|our|we))"
    r"|the (?:thing|truth|fact) is(?: that\b|,)?"
    r")\s*",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"\s*[,;–—-]+\s*(?:please |so |but )*(?:don't|do not|never) "
    r"(?:tell|forget|share|worry|ask|judge|laugh|let|lose|mention)\b[^.!?]*",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"^(?:please )?(?:can|could|would|will) you (?:please )?"
    r"(?:remember|note|keep in mind|bear in mind|save|store)\b",
    re.IGNORECASE,
)
_TAILS = re.compile(
    r"[\s,–—-]*\b(?:btw|by the way|fyi|just so you know|for your information|just saying|"
    r"(?<!that )you know|"
    r"for the record|in case you were wondering|so yeah|thanks|thank you|"
    r"please remember (?:that|it|this)|"
    r"please remember|remember that|to be honest|if that matters|if that helps)\s*[.!]*$",
    re.IGNORECASE,
)
_COLON = re.compile(
    r"^((?:my|our|the|new|[\w']+)(?: [\w'-]+){0,5}?)\s*(?::|=)\s+(\S.*)$", re.IGNORECASE
)
_OWN_LABEL = re.compile(r"\b((?:my|our) (?:[\w'-]+ ){0,4}[\w'-]+)\s*: (\S+)$", re.IGNORECASE)
_SPEAKER = ("i ", "i'", "we ", "we'")
_TITLE = re.compile(r"(?<!\bthe )(?<!\bmy )(?<!\ba )\b(dr|mr|mrs|ms|prof)(\.?) ([a-z]+)\b")
""" "dr. okafor", as nobody writes whose shift key works."""
_KIN = (
    r"mum|mam|mom|dad|da|nan|gran|grandma|grandad|wife|husband|boss|girlfriend|boyfriend|landlord|"
    r"landlady|manager|mother-in-law|father-in-law"
)
_BODY = r"knee|ankle|hip|shoulder|elbow|wrist|foot|hand|eye|ear|leg|arm|heel|thumb|lung|kidney"
_OWN_BODY = re.compile(
    rf"(?:^|(?<=[.!?] ))(?i:((?:left|right|bad|dodgy) )({_BODY}))(?='s | is | has | won't | hurts )"
)
""" "Left knee's playing up": whose else?"""
_SINGULAR = re.compile(
    rf"(?i)((?:^|(?<=[.!?,] )|(?<=\bmy )|(?<=\bour )|(?<=\band )|(?<=\bbut ))(?:{_KIN})"
    rf"|\b(?:left|right) (?:{_BODY})"
    r"|\b(?:my|the|our) (?:car|van|bike|phone|laptop|boiler|fridge|oven|cat|dog))s"
    r"(?= (?:\d\d|(?!king|being|during|evening)\w+ing|an?|been|got|off to|away)\b)"
)
""" "mums 80 on Friday", "left knees playing up": an apostrophe that was not typed."""
_EVENT = re.compile(
    r"(?:^|(?<=[.!?] ))(?i:(do|party|wedding|match|meeting|gig|funeral|reception|wake|game))'s"
    r"(?= (?:at|in|on|off|over|still|now|been|moved|changed)\b)"
)


def tidy(text: str) -> str:
    """The message with straight apostrophes, "i" as "I", and common slips of typing mended."""
    text = unicodedata.normalize("NFC", text)
    for curly, straight in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("…", "...")):
        text = text.replace(curly, straight)
    text = _CHAT.sub(" ", re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", text))
    for pattern, spelling in _SPELLINGS.items():
        text = re.sub(pattern, spelling, text)
    text = re.sub(r" = ", " is ", text)
    text = re.sub(r"\b[A-Za-z]{2,}in\b(?!')", _with_g, text)
    text = _TITLE.sub(lambda one: f"{one[1].title()}{one[2]} {one[3].title()}", text)
    text = _SINGULAR.sub(r"\1's", text)
    text = _EVENT.sub(_event, text)
    text = _OWN_BODY.sub(lambda found: f"My {found[0].lower()}", text)
    text = re.sub(r"\b[a-z]+\b", lambda word: _NAMES.get(word[0], word[0]), text)
    text = _SHORT_MONTH.sub(lambda found: found[0].capitalize(), text)
    text = _MONTH.sub(lambda found: found[1] + found[2].capitalize(), text)
    text = re.sub(r"\s*\n+\s*", ". ", text.strip())
    text = re.sub(r"([.!?])[.!?]*\.? ", lambda mark: f"{mark[1]} ", text + " ")
    return re.sub(r"[ \t]+", " ", text).strip()


def _event(found: re.Match[str]) -> str:
    """ "Do's at the club" -> "The do is at the club"."""
    past = re.match(r" (?:been|moved|changed)\b", found.string[found.end() :])
    return f"The {found[1].lower()} {'has' if past else 'is'}"


def _with_g(found: re.Match[str]) -> str:
    """ "comin" -> "coming", where no dictionary has the one and one has the other."""
    word = found[0]
    opens = re.search(r"(?:^|[.!?]\s+)$", found.string[: found.start()]) is not None
    named = word[:1].isupper() and not opens  # "Stalin", in the middle
    clipped = word[1:].islower() and not is_listed(word.lower()) and len(word) > 4 and not named
    clipped = clipped or word.lower() in ("doin", "goin")
    verb = is_listed(f"{word.lower()}g") or word in ("nothin", "somethin", "anythin", "everythin")
    return f"{word}g" if clipped and verb else word


def unwrapped(sentence: str) -> str:
    """The sentence without "Remember that …", "By the way, …", "… btw"."""
    if _REQUEST.match(sentence):
        sentence = sentence.rstrip("? ")
    before = None
    while before != sentence:
        before = sentence
        sentence = _ORDERS.sub("", sentence)
        sentence = _TAILS.sub("", _WRAPPERS.sub("", sentence, count=1)).strip()
    labelled = _COLON.match(sentence)
    owned = _OWN_LABEL.search(sentence)
    if (owned and not labelled) or (
        owned and labelled and labelled[1].lower().startswith(_SPEAKER)
    ):
        sentence = f"{owned[1]} is {owned[2]}"
    elif labelled and _is_label(labelled[1]) and _is_value(labelled[2]):
        sentence = _labelled(labelled[1], labelled[2])
    sentence = sentence.strip(" ,;-")
    if sentence and sentence[-1] not in ".!?":
        sentence += "."
    return sentence[:1].upper() + sentence[1:]


def _is_label(text: str) -> bool:
    """Whether what stands before a colon names a thing: "wifi password", but not "me"."""
    said = text.lower().split()
    return not (_VERBAL & set(said)) and said[-1] not in ("me", "us", "you", "him", "them")


def _is_value(text: str) -> bool:
    """Whether what follows a colon is a name, a number, a thing, and no sentence."""
    said = re.sub(r"[^\w' ]", " ", text.lower()).split()
    return len(said) < 6 and not set(said) & _PRONOMINAL


def _labelled(label: str, value: str) -> str:
    """ "wifi password: heron42" -> "The wifi password is heron42"."""
    if not re.match(r"(?i:my|our|the|his|her)\b|[A-Z]\w+'s", label):
        label = f"my {label[:1].lower()}{label[1:]}" if label[:1].isalpha() else label
    return f"{label} is {value}"
