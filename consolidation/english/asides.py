"""Asides: exclamations, blessings and closing words that are no part of what a sentence tells.

Knows strings only.
"""

import re

_LOUD = (
    r"(?:may )?(?:god|heaven|heavens|the lord|lord|goodness) (?:only )?(?:help|knows?|forbid|bless|"
    r"save|rest|willing|be praised|be thanked|have mercy)\b[^,.;!?–—()]*",
    r"bless (?:him|her|them|it|us|his|their|my|your)\b(?: (?:\w+ )?(?:soul|heart|socks|hearts))?",
    r"thank (?:god|goodness|heavens?|the lord|christ)(?: for (?:that|it|small mercies))?",
    r"long may (?:it|that|this|she|he|they) \w+",
    r"(?:fingers|everything) crossed",
    r"cross (?:your )?fingers",
    r"(?:knock|touch) (?:on )?wood",
    r"wish (?:me|us|him|her|them) (?:all the )?luck",
    r"good riddance(?: to [^,.;!?–—()]+)?",
    r"(?:goodbye|farewell),? (?:to )?(?!(?:then|now|for|from|and|until)\b)[^,.;!?–—()]+",
    r"don't ask(?: me)?(?: (?:why|how|what))?",
    r"(?:what|such) an? (?:[\w-]+ ){0,2}[\w-]+",
    r"rest (?:his|her|their) souls?",
    r"hallelujah|hurrah|hooray|hurray|woo-?hoo|phew|praise be|good grief|for crying out loud",
)
"""What one cries: never a fact, alone or beside one."""
_QUIET = (
    r"(?:just )?so (?:that )?you know",
    r"just (?:letting you|to let you|thought you should) know",
    r"in case you (?:ever )?(?:need|want|were wondering|wondered|forget|ask)(?: it| them| one)?",
    r"(?:just )?for the record",
    r"in case (?:you|anyone|anybody)(?:'re| are| is)? (?:ever )?(?:wonder|wonders|wondering|asks?|"
    r"interested|curious|cares?|needs? to know)",
    r"just saying",
    r"i(?:'m| am) (?:afraid|sorry|glad|happy|pleased|proud|ashamed|embarrassed|relieved|thrilled|"
    r"delighted)(?: to (?:say|report|admit|tell you))",
    r"sad(?:ly)? to say|strange to say|i regret to (?:say|report)",
    r"i (?:must|have to|should) (?:say|admit|confess)|i (?:admit|confess|won't lie)",
    r"(?:funnily|oddly|strangely|weirdly|curiously|amazingly|ironically) enough",
    r"to tell (?:you )?the truth|(?:if )?truth be told|to be (?:fair|frank)|"
    r"if i'm (?:being )?honest",
    r"if (?:you can|you'd) believe (?:it|that)|as (?:it happens|it turns out|i say)",
    r"don't laugh|don't judge(?: me)?|not gonna lie|i'll have you know",
    r"believe (?:me|it or not)",
    r"trust me|mark my words|i kid you not|mind you|go figure|needless to say",
    r"no (?:joke|kidding|lie)|not (?:joking|kidding)",
    r"(?:much )?to (?:my|our|everyone's) (?:great |huge |utter |complete )?(?:surprise|relief|"
    r"delight|horror|shame|annoyance|amazement|disappointment|regret|embarrassment)",
    r"not that (?:it|that) (?:matters|makes (?:any|a) difference)",
    r"not that (?:anyone|anybody|you) (?:cares?|asked)",
)
"""What one adds, with a comma or without."""
_PARTED = (
    r"the (?:poor )?(?:creature|dear|divil|devil|mite|wee man|wee thing|eejit)|god love (?:him|her|"
    r"them|it)",
    r"in case i (?:ever )?forget",
    r"to (?:cut|make) a long story short|to (?:be (?:precise|exact|clear|specific))",
    r"if (?:memory serves(?: me (?:right|well))?|"
    r"i (?:remember|recall) (?:rightly|correctly|right))",
    r"(?:speaking|talking) of (?:which|[\w']+(?: [\w']+)?)",
    r"i'm afraid|i am afraid|of all (?:things|people|places)|like i said|wait for it|"
    r"how about that|imagine that|can you (?:believe|imagine) (?:it|that)|would you credit it",
    r"(?:it's a )?long story(?: short)?",
    r"as (?:usual|ever|per usual|expected|luck would have it|you can imagine)",
    r"would you believe(?: it)?|surprise,? surprise|typical|story of my life|end of story",
)
"""What may carry the fact, unless a comma parts it: "I write lists in case I forget"."""

_MARK = r"\s*(?:[,;–—(]|\s-)+\s*"
_ANY = "|".join((*_LOUD, *_QUIET, *_PARTED))
_ALONE = re.compile(rf"\W*(?:so |oh |and |well,? )?(?:{'|'.join(_LOUD)})[\s.!)]*$", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:{_ANY})(?:{_MARK}|!\s*)(?=\w)", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?:{_MARK}(?:and |so |but |oh )?(?:{_ANY})|\s+(?:{'|'.join(_QUIET)}))[\s)]*(?=[.!]*$)",
    re.IGNORECASE,
)
_INSIDE = re.compile(rf"{_MARK}(?:{_ANY})\s*[,;–—)]+\s*(?=\w)", re.IGNORECASE)
_NEW = re.compile(r"(?i)(?:i|i'm|i've|we|we're|my|our|he|she|it|they|the|there|there's)\b")


def without_asides(sentence: str) -> str:
    """The sentence without "God help us", ", just so you know", ", fingers crossed"; or ""."""
    before = None
    while before != sentence:
        before = sentence
        if _ALONE.match(sentence):
            return ""
        opening = _BEFORE.match(sentence)
        if opening:
            rest = sentence[opening.end() :]
            sentence = rest[:1].upper() + rest[1:]
        sentence = _BEHIND.sub("", sentence, count=1)
        inside = _INSIDE.search(sentence)
        if inside:
            rest = sentence[inside.end() :]
            dash = re.search(r"[;–—]\s*$", inside[0])
            joint = ", " if _NEW.match(rest) else " "  # a new clause keeps its comma
            joint = f" {dash[0].strip()} " if dash and "(" not in inside[0] else joint
            sentence = sentence[: inside.start()] + joint + rest
    return sentence
