"""Hearsay: the parts of a message that its owner does not claim: quotations, fiction, dreams.

Knows strings only.
"""

import re

from assistant.pasted import without_pasted

QUOTED = "\ufffc"
"""Stands in a message where a quotation stood."""

_STRAIGHT = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("«", '"'), ("»", '"'))
_QUOTATIONS = (
    re.compile(r'"(?P<said>[^"]+)"'),
    re.compile(r"(?<![^\s(:,–—-])'(?=\S)(?P<said>[^\n]+?)(?<=\S)'(?![\w'])"),
    re.compile(
        r"\b(?:open quote|quote)\b[ ,:]+(?P<said>.+?)[ ,]+(?:close quote|unquote|end quote|"
        r"end of quote)\b",
        re.IGNORECASE | re.DOTALL,
    ),
)
_MAIL = re.compile(
    r"(?:(?<=:)|(?<=\n))\s{0,5}(?:Dear\b|Subject:|From:|Sent:|To whom it may concern).*"
    r"|^[ \t]*>.*?$",
    re.DOTALL | re.MULTILINE,
)
_SAYING = (
    r"(?:says?|said|saying|writes?|wrote|goes|reads?|claims?|claimed|sings?|sang|shouts?|yells?|"
    r"posted|tweeted|texted)"
)
_MEDIA = (
    r"(?:headline|poster|slogan|motto|lyrics?|review|caption|advert|ad|proverb|horoscope|"
    r"fortune cookie|newsletter|bulletin|blog|flyer|quote|saying|maxim|bumper sticker|graffiti|"
    r"tweet|magazine|newspaper|leaflet|"
    r"subtitle)s?"
)
_REPORTED = re.compile(
    rf"\b(?:{_SAYING}|{_MEDIA})\b(?P<by>[^.!?:\n]{{0,60}}?):\s+(?P<said>[^\n{QUOTED}]+)",
    re.IGNORECASE,
)
_PRESS = re.compile(
    rf"^according to (?!(?:my|our)\b)|^(?:someone|somebody|people|they say (?:an?|the|all|every|"
    rf"that all)|they say that (?:an?|every))\b[^.,]*?\b{_SAYING}\b|"
    r"^as (?!(?:I|we|you)\b)[\w' ]+ (?:said|says|puts? it|wrote|used to say|likes? to say|"
    r"would say|(?:is|was) fond of saying)\b|\b(?:magazine|newspaper|paper|radio|tv|television|"
    r"news|article|podcast|internet|website|"
    rf"spam|commercial|meme|advert|horoscope|documentary|poster|sign|leaflet|"
    rf"headline)\b[^.!?]{{0,30}}?\b{_SAYING}\b"
    r"|^(?:the|this|that|a|an|his|her|their) (?:[\w-]+ )?(?:mug|t-?shirt|towel|banner|label|"
    r"packet|billboard|plaque|mural|tattoo|wrapper|cushion|doormat|gravestone|fridge magnet) "
    r"(?:says?|said|reads?)\b|^they (?:do |all |always )?say (?:that )?(?:it|there|you|one|time|"
    r"love|life|money)\b"
    r"|^(?:and |but |as )?(?:all )?(?:the|some|our) (?:\w+ )?(?:people|folks?|elders?|locals|"
    r"villagers|ones|ancients|islanders|farmers|fishermen|sailors|shepherds|monks|grannies)\b"
    r"[^.,:]{0,30}? (?:(?:always|all|often|like to|used to|would) )?say\b"
    r"|\b(?:I|we) (?:just )?(?:read|heard|saw|learne?d|learnt) (?:\w+ )?(?:in|on|from) (?:the|a|an|"
    r"some|this) (?:\w+ )?(?:paper|news|newspaper|radio|tv|telly|television|internet|web|article|"
    r"magazine|podcast|documentary|forum|blog)\b|^there(?:'s| is| was) (?:an?|this|some) \w+ on "
    r"(?:the |my )?(?:radio|tv|telly|television|news|internet|youtube)\b"
    r"|^(?:and |but |so )?(?:on|in|over|above|at|under|across) (?:the|a|an|this|that|every) "
    r"[^,.;]{2,50}?,? (?:it|there) (?:says?|said|reads?|is written|was written|stands written)\b",
    re.IGNORECASE,
)
_DREAMT = re.compile(
    r"\b(?:dream|nightmare)\b[^.:]{0,20}:|"
    r"\b(?:I|we) (?:\w+ )?(?:dreamt|dreamed|dream)\b|\b(?:had|have) (?:a|an|this|the|such a) "
    r"(?:\w+ ){0,2}(?:dream|nightmare)\b|\bin (?:my|the|a|that) (?:\w+ )?(?:dream|nightmare)\b",
    re.IGNORECASE,
)
_TALE = (
    r"(?:story|stories|novel|novella|serial|soap(?: opera)?|telenovela|film|movie|episode|script|"
    r"screenplay|poem|comic|sitcom|drama|sequel|fairy tale|fanfic|saga|musical)"
)
_TOLD = re.compile(
    r"\bspoilers?\b|\b(?:last|first|final|next|previous) (?:chapter|season|episode|scene)\b|"
    rf"^(?:\w+,? ){{0,4}}?in (?:my|the|this|that|our|a|an|tonight's|"
    rf"today's)(?: [\w'-]+){{0,3}}? {_TALE}\b"
    r"|\b(?:my|the|our|his|her) (?:[\w&']+ ){0,2}(?:character|protagonist|hero|heroine|"
    r"narrator|villain|antagonist)\b"
    rf"|\b(?:{_TALE}|song|sketch|limerick|ballad|verse|rap|tale|monologue|joke)\b[^.!?:]{{0,50}}:\s"
    r"|\b(?:intro(?:duction)?|opening|first line|blurb|dialogue|back ?story)\b[^.!?:]{0,30}:\s",
    re.IGNORECASE,
)
_PLAYED = re.compile(
    r"^(?:chapter|act|scene) (?:one|two|three|i+|\d+)\b|\bprologue\b|\brole[- ]?play|"
    r"\blet'?s (?:play|pretend|imagine|go on|continue|carry on|resume|keep going|"
    r"get back to)\b[^.!?]*\b(?:story|game|adventure|tale|scene|character|campaign|quest|detective|"
    r"pretend|saga)\b|\bpretend (?:to be|that|you|we|i)\b|\bonce upon a time\b|\byou(?:'re|"
    r" are) (?:an? |the |my )?[\w ]+ and i(?:'m| am) (?:an? |the |your )|\bin character\b|"
    r"\b(?:back to|on with|continue|next part of) (?:our|the|my) (?:story|adventure|game|tale|"
    r"campaign)\b",
    re.IGNORECASE,
)
_REAL = re.compile(
    r"\b(?:(?:in|to) real life|irl|seriously now|back to reality|out of character|for real|"
    r"by the way|"
    r"btw|remember that|remember,? please|please remember|"
    r"for (?:your|the) (?:memory|records?|notes?|files?|list)|"
    r"enough (?:of )?(?:the )?(?:story|game|playing)|no more (?:story|game)s?)\b",
    re.IGNORECASE,
)
_LEAST = 4
"""Words from which on quoted text is a quotation, and no title or single word."""


def set_apart(text: str) -> str:
    """The message with a mark for every quotation; quoted titles and words stay, unquoted."""
    text = without_pasted(text, QUOTED)
    for curly, straight in _STRAIGHT:
        text = text.replace(curly, straight)
    text = _MAIL.sub(QUOTED, text)
    for quotation in _QUOTATIONS:
        text = quotation.sub(_mark, text)
    return _REPORTED.sub(lambda found: found[0].replace(found["said"], f"{QUOTED}."), text)


def _mark(found: re.Match[str]) -> str:
    said = found["said"]
    if len(said.split()) >= _LEAST:
        return QUOTED
    return said.rstrip(".,") + ("." if said.endswith(".") else "")


def is_quotation(sentence: str) -> bool:
    """Whether the sentence gives the words of others."""
    return QUOTED in sentence or _PRESS.search(sentence) is not None


def is_dreamt(sentence: str) -> bool:
    """Whether the sentence tells a dream of the night."""
    return _DREAMT.search(sentence) is not None


def is_fiction(sentence: str) -> bool:
    """Whether the sentence tells what happens in a story."""
    return _TOLD.search(sentence) is not None


def opens_play(text: str) -> bool:
    """Whether the text opens or goes on with a game of make-believe."""
    return _PLAYED.search(text) is not None


def is_back_in_life(text: str) -> bool:
    """Whether the text leaves make-believe expressly."""
    return _REAL.search(text) is not None


def speaks_of_tales(sentence: str) -> bool:
    """Whether the sentence mentions a story, a film, a poem."""
    return re.search(rf"\b{_TALE}\b", sentence, re.IGNORECASE) is not None
