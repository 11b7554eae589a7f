"""Sentences: where a typed message is cut, and its sentences without what opens them.

Knows strings only.
"""

import re

from consolidation.english.asides import without_asides
from consolidation.english.tidying import tidy

_ABBREVIATIONS = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Mt|Jr|Sr|No|vs|approx|incl|e\.g|i\.e|etc|[A-Z]|P\.O|"
    r"a\.m|p\.m)\.$"
)
_END = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)")
_SPOKEN = {
    r"\s+(?:full stop|period|new line|new paragraph)\b(?=\s|$)": ".",
    r"\s+comma\b(?=\s)": ",",
    r"\s+question mark\b(?=\s|$)": "?",
    r"\s+exclamation (?:mark|point)\b(?=\s|$)": "!",
    r"\s+colon\b(?=\s)": ":",
}
_OPENERS = re.compile(
    r"^(?:(?:and|but|so|good(?=,? so\b)|ag|och|eish|(?:bc|cos|cuz|because)(?! of\b)|oh|ah|ach|aw|"
    r"ugh|hm+|mm+|erm?|"
    r"oops|hey|hi|hello|hiya|ok|okay|anyway|"
    r"anyways|plus|yeah|"
    r"yep|aye|nope|nah|naw|haha|lol|wow|gosh|dude|jeez|hola|salut|ciao|bonjour|hallo|moin|hej|ola|"
    r"um|uh|er|damn|honestly|actually|basically|namaste|"
    r"good morning|good evening|good afternoon|guess what|"
    r"you(?:'ll| will) (?:laugh(?: an? [\w-]+ and)?|never guess|never believe (?:it|this)|"
    r"love this|like this)|"
    r"you won't believe (?:it|this)|only thing is|the thing is|thing is|what's (?:worse|more|new)|"
    r"(?:it )?turns out(?: that)?|it seems(?: that)?|to be honest|"
    r"i (?:must|have to|should|can) tell you(?: that)?|let me tell you|"
    r"(?:i(?:'ll| will)? |let me )?tell you (?:about|of) [\w']+(?: [\w']+){0,2}?(?= (?:i|i've|my|"
    r"we|"
    r"our) )|as you know|what else|"
    r"before i forget|by the way|by the by|btw|correction please|thank you|thanks(?! to\b)"
    r"(?: a (?:million|"
    r"lot|bunch|ton)| so much| again)?|no way)"
    r"(?:\s*[,:!–—]+\s*|\s+-\s+|\s+)"
    r"|(?:well|right|listen|look|see|also|yes|no|finally|now then|worse still|god|man|"
    r"incidentally|ha|"
    r"one more thing|"
    r"one thing(?=\s*[,:!–—-])|the big thing is|the news is|(?:\w+ )?news|(?:quick )?update|"
    r"small change|"
    r"correction|figures|"
    r"apparently|luckily|happily|sadly|unfortunately|fortunately|i mean|in other news|"
    r"same here|first things first)"
    r"(?:\s*[,:!–—]+\s*|\s+-\s+|\s+(?=(?:i|i'm|i've|we|my|it|it's|the|there's|he|she|they|"
    r"yes)\b)))+",
    re.IGNORECASE,
)
_FOR_THE_RECORD = re.compile(
    r"(?i)^(?:and |also )?(?:one|another|something|two|a thing|here's one)?(?: more| other| last)?"
    r"(?: things?)?,? ?(?:for|to) (?:your|the) (?:memory|notes?|list|files?|records?|diary|"
    r"notebook|archive)(?: then| now| please)?\s*(?:[:,–—]|\s-)\s*(?=\w)"
)
""" "One more for your memory: …"."""
_TAG = re.compile(
    r"(?i),\s*(?:did I (?:say|mention|tell you)(?: (?:that|this|it))?(?: already)?|"
    r"have I (?:said|told you|mentioned)(?: (?:that|this|it))?|"
    r"(?:would|will|could) you(?: please)?|"
    r"if you (?:would|will|please))(?=\s*(?:[?.!]*$|[–—;:]))"
)
""" "…, did I say?", "Remember that …, would you"."""
_ASKED = re.compile(
    r"(?i)^(?:what|where|when|which|who|whom|whose|why|how|do|does|did|is|are|was|were|can|could|"
    r"will|would|have|has)\b"
)
_WITHDRAWN = re.compile(
    r"(?i)^(?:no,? |actually,? |oh,? |wait,? )*(?:scratch|forget|ignore|strike|scrap) (?:that|"
    r"this|it|what "
    r"i (?:just )?said)[,.–—]+\s*"
)
_KEEPING = re.compile(r"(?i)^.*\b(?:keep|note|save|remember|store) this(?: down)?(?: for me)?: ")
_REMINDERS = re.compile(
    r"^(?:(?:and|so|oh|also|please|do|kindly|just|now|(?:can|could|would|will) you|i want you to)"
    r"[ ,]+)*(?:remind (?:me|us)(?= that)|remember|note|(?:don't|do not|never) (?:let me )?forget|"
    r"keep in mind|bear in mind|"
    r"make a note|(?:i|we)(?:'d| would| should)? (?:want|like|need) you to (?:know|note|remember)|"
    r"i must tell you|i have to tell you|i should tell you|i can tell you|"
    r"let me tell you|did i (?:tell|mention)(?: to)?(?: you)?|"
    r"(?:keep|note|save|store) this(?: down)?(?: for me)?)"
    r"(?:,? (?:please|kindly|too|also))?"
    r"(?:,(?: [^,]+,)+ that\b|,? that\b|:|,(?= (?:i|my|we|our)\b)|(?= (?:i|i'm|my|we|our|it's|"
    r"there's)\b))[\s,]*",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:good (?:morning|evening|afternoon|day)|hello|hi|hey|dear|greetings),? "
    r"(?:my |dear |old |there |again ?)*(?:(?:\w+ )?\w*[,;:!]|(?<=again)\s*[–—-])\s*",
    re.IGNORECASE,
)
_SORRY = re.compile(
    r"^(?:so |i'm |i am )?sorry (?:for|about|that|if)\b[^,.–—!]*[,–—]\s*", re.IGNORECASE
)
_CLOSERS = re.compile(
    r"[\s,–—-]+(?:btw|by the way|by the by|(?<!that )you know|of course|thank god|bless (?:him|"
    r"her|them|it)|"
    r"poor (?:thing|lamb|soul|man|woman|lad|love)|honestly|haha|lol|for what it's worth|okay|ok|"
    r"if you ask me|i think|i guess|i suppose|i reckon|believe it or not|i swear|mate|touch wood|"
    r"fingers crossed)\s*[.!]*$",
    re.IGNORECASE,
)
_BY_THE_WAY = re.compile(
    r"(?i)(?<=\w)[,]?\s+\b(?:by the way|btw|by the by|fyi|tbh|imo|imho)\b,?\s+(?=\w)"
)
_ASIDES = re.compile(
    r"(?<=\w),? I mean(?=[,.])|"
    r",?\s+\b(?:btw|by the way|by the by|fyi|tbh|imo|imho|haha|lol)\b(?=[ ,.!:])|"
    r",? \((?:again|of course[^)]*|don't laugh|don't ask|sorry|lol|haha|finally|yes[^)]*|yay|ugh|"
    r"poor [^)]*)\)|, (?:of all things|bless (?:him|her|them)|"
    r"the poor (?:lamb|thing|soul|man|woman|dear)|poor (?:thing|lamb|soul)|so to speak|you see|"
    r"if you please|thank god)(?=[,.!:])",
    re.IGNORECASE,
)


def sentences_of(message: str) -> list[str]:
    """The sentences of a message, tidied, each with its closing mark."""
    if not re.search(r"[.!?,;:]\s", message):
        for spoken, mark in _SPOKEN.items():
            message = re.sub(spoken, mark, message, flags=re.IGNORECASE)
    text = tidy(message)
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if _ABBREVIATIONS.search(text[start : end.end()]):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    found = [re.sub(r"\s+([.,!?])", r"\1", one) for one in found]
    return [one if one[-1] in ".!?" else f"{one}." for one in found if any(map(str.isalnum, one))]


def opened(sentence: str) -> str:
    """The sentence without greetings, "and", "Remember that …", "I must tell you that …"."""
    before = None
    sentence = _taken_back(_without_tag(sentence))
    if sentence.endswith("?") and _REMINDERS.match(sentence):
        sentence = sentence.rstrip("?") + "."
    while before != sentence:
        before = sentence
        sentence = without_asides(sentence)
        sentence = _GREETING.sub("", sentence, count=1)
        sentence = _SORRY.sub("", _REMINDERS.sub("", sentence, count=1), count=1)
        sentence = _KEEPING.sub("", _WITHDRAWN.sub("", _FOR_THE_RECORD.sub("", sentence)))
        sentence = _ASIDES.sub("", _BY_THE_WAY.sub(", ", sentence))
        rest = _OPENERS.sub("", sentence, count=1)
        if any(map(str.isalnum, rest)):
            sentence = rest
        sentence = (
            _CLOSERS.sub("", sentence.rstrip(" .!")) + sentence[len(sentence.rstrip(" .!")) :]
        )
    return sentence.strip(" ,;–—-")


def _without_tag(sentence: str) -> str:
    """ "We sold the flat, did I say?" -> "We sold the flat."; a question stays one."""
    if _ASKED.match(sentence) or not _TAG.search(sentence):
        return sentence
    return re.sub(r"\s*\?$", ".", _TAG.sub("", sentence))


_TAKEN_BACK = re.compile(
    r"^(?:\w+ )?(?:forget|scratch|scrap|never mind|ignore|strike)(?: that| what i (?:said|"
    r"told you|wrote))?"
    r"(?: about)? (?P<whom>(?:my |the |our )?(?!(?:that|this|it|what|all|"
    r"about)\b)[\w'-]+)(?P<joint>[,:;.–—-]*) +"
    r"(?:(?P<pronoun>she|he|they|it)(?P<verb>'s|'ve|'re)?|(?P<owner>his|her|their|"
    r"its))? ?(?P<rest>.+)$",
    re.IGNORECASE,
)


def _taken_back(sentence: str) -> str:
    """ "Scratch that about Ben, he is ill" -> "Ben is ill"."""
    found = _TAKEN_BACK.match(sentence)
    if found is None:
        return sentence
    whom, rest = found["whom"][:1].upper() + found["whom"][1:], found["rest"]
    if found["pronoun"]:
        return f"{whom}{found['verb'] or ''} {rest}"
    if found["owner"]:
        return f"{whom}'s {rest}"
    return f"{whom} – {rest}" if found["joint"] else sentence
