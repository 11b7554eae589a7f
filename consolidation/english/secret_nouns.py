"""Secret nouns: what people call passwords, PINs and codes, and what these are made of.

Patterns only, for `secret_forms` and `secret_context`.
"""

import re
from dataclasses import dataclass

from consolidation.english.wordlist import words


@dataclass(frozen=True, slots=True)
class Secret:
    """Something in a text that is to stay in no weights."""

    kind: str
    """In plain words with an article: "a card number"."""
    start: int
    end: int
    """Where it stands in the text, as a slice."""


_DIGIT = r"zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double \w+"
SPELT = rf"(?:{_DIGIT})(?:[ ,-]+(?:{_DIGIT})){{2,}}"
CODE = (
    rf"(?:[#*]?\d(?:[- ]?\d){{2,11}}[#*]?(?![\d%]|[.,:/]\d)|\d{{1,2}}(?:[-–/]\d{{1,2}}){{2,4}}"
    rf"|(?-i:[A-Z]{{1,3}}\d{{2,8}}[A-Z]?\b|\d{{2,8}}[A-Z]{{1,2}}\b)|{SPELT})"
)
"""What a PIN or the code of a lock is made of: "4711", "4-1-9-2", "C2468Y", "four seven one"."""
TOKEN = (
    r"(?:(?=[^\s,;]*(?:\d|[!@#$%^&*_+=~][^\s,;.!?]))[^\s,;\"“”()]{2,}[^\s,;.!?\"“”()]"
    r"|\d[^\s,;\"“”.!?()]+)"
)
"""A word with a digit or a sign in it: "hunter2", "G!raffe"."""
QUOTED = r"(?:[\"“'‘][^\"“”'’\n]{3,60}[\"”'’])"
NO_UNIT = (
    r"(?!\s*(?:characters?|letters?|digits?|numbers?|symbols?|words?|long|days?|weeks?|months?|"
    r"hours?|minutes?|years?|times?|times|people|of (?:us|them)|am\b|pm\b|o'clock|euros?|pounds?|"
    r"metres?|km|mm|cm|kg|%))"
)

PASSWORD = (
    r"(?:pass ?words?(?! (?:manager|hint|reset|policy|prompt|list|vault|thing|"
    r"generator))|pass ?codes?|pass ?phrases?|passwd|pwd|(?<!\d )pw|psk|"
    r"(?:wi-?fi|wlan|network|router|hotspot|guest|wep|wpa2?) (?:pass|key|code)|"
    r"(?:my|the|our|his|her) pass(?= is\b)|pass(?=\s*[:=]))"
)
PIN = (
    r"(?:(?-i:PINs?)|(?:(?:my|the|our|his|her|their|your|card|phone|bank|voicemail|debit|credit|"
    r"sim|alarm|tablet|[\w]+['’]s) )?pin(?: ?code| ?number)?|pass ?codes?|unlock code|"
    r"screen lock)"
)
_LOCKED = (
    r"(?:door|gate|alarm|entry|entrance|garage|key ?pad|lock ?box|key ?safe|safe|locker|padlock|"
    r"lock|shed|building|house|hallway|stairwell|lift|barrier|car park|intercom|boathouse|"
    r"airbnb|cottage|flat|office|studio|ward|stockroom|till|gym|church|hall|cellar|cabin|hut|"
    r"storage|suitcase|briefcase|panel|annexe?|barn|bike store|clubhouse)"
)
NOT_OF_POST = "".join(
    rf"(?<!{one} )"
    for one in words(
        "zip area post postal dress country dialling telephone promo discount "
        "source bar qr colour order tax error fault model hair "
        "highway morse"
    )
)
LOCK_CODE = (
    rf"(?:(?:{_LOCKED}(?:['’]s)? ){{1,3}}(?:code|combo|combination|number code|key ?code|pin)s?"
    rf"|(?:access|entry|key|pad|lock|front|back|side|master) ?codes?|door ?code|combos?"
    rf"|{NOT_OF_POST}(?:code|combo|combination|number)s? (?:for|to|of|at|on) "
    rf"(?:[\w’'-]+ ){{0,4}}?{_LOCKED}(?: [\w’'-]+){{0,2}}?|combination(?= is\b|:)|"
    r"combination lock|bike lock)"
)
ONE_TIME = (
    r"(?:(?:verification|one[- ]?time|log-?in|sign-?in|2fa|two[- ]factor|otp|confirmation|"
    r"authentication|authenticator|auth|recovery|backup|reset|sms|security|activation|banking|tan)"
    r"(?: pass)? ?codes?|\botp\b|\btan\b)"
)
CARD_CODE = r"(?:cvv2?|cvc2?|csc|(?:card )?security code|three digits on the back)"
ACCOUNT = (
    r"(?:(?:bank )?account (?:number|no\.?|nr\.?)|acct(?: no\.?| number)?|sort ?code|"
    r"routing number|bank details)"
)
IDENTITY = (
    r"(?:passport(?:['’]s)?(?: (?:number|no\.?|nr\.?)|(?=:))|(?:driving|driver['’]?s) licen[cs]e"
    r"(?: number| no\.?)?|social security(?: number| no\.?)?|ssn|"
    r"national insurance(?: number| no\.?)?|"
    r"(?:ni|nino|nhs|medicare|tax|national id|id card|identity card|personal id) "
    r"(?:number|no\.?|id|code)|nino|tax id|utr|aadhaar(?: number)?|cpf|bsn|pesel)"
)
KEY = (
    r"(?:(?:api|access|secret|licen[cs]e|product|recovery|encryption|activation|private|master|"
    r"bitlocker|ssh|account|signing)[ _-]?(?:key|token|secret)|(?:bot|auth|access|bearer|api|"
    r"login|session|refresh) tokens?|client secret|serial key|(?<=, )key(?= \S*\d))"
)
WORDS_KEPT = (
    r"(?:memorable (?:word|name|place)|secret word|security answer|(?:safe|duress|verbal) password|"
    r"telephone password)"
)
PHRASE = (
    r"(?:(?:twelve|12|twenty-four|24) (?:\w+ )?words|(?:seed|recovery|wallet|backup) "
    r"(?:phrase|words)|mnemonic|pass ?phrase)"
)

ANY_NOUN = rf"(?:{PASSWORD}|{PIN}|{LOCK_CODE}|{ONE_TIME}|{CARD_CODE}|{WORDS_KEPT})"
YEAR = re.compile(r"(?:in|since|until|of|from|by|after|before)\s+$", re.IGNORECASE)
A_YEAR = re.compile(r"(?:19|20)\d\d")
