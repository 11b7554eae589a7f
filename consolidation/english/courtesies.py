"""Courtesies: what a fact is handed over with: "If anyone asks, …", "Guess who's coming: …".

Only conditions on the asking go; "If I eat nuts, I swell up" stays as it is. Knows strings
and tags.
"""

import re

from consolidation.english.inflection import singular
from consolidation.english.segments import stands
from consolidation.english.wording import (
    filled,
    inside,
    lacks_subject,
    opens_noun,
    said,
    spoken,
    told,
    with_subject_of,
)

_WHO = r"(?:you|u|anyone|anybody|someone|somebody|people|they|one)"
_ASKING = (
    r"(?:ask|need|want|wonder|look|order|buy|get|send|write|call|phone|ring|text|post|mail|cook|"
    r"bake|make|brew|invite|visit|pick|pop|drop|come|forget|care|reach|contact|find|choose|book|"
    r"mak|bak|com|writ|invit|choos|serv|car|phon|shop|pour|serve|know|fancy|feel like|plan|try|"
    r"knit|sew|crochet|deliver|turn up|stop by|swing by|happen)"
)
_ANY = r"(?:(?:'re|'s|'d| are| is| were| should| do| ever| really| happen to| still) ?)*"
_LEADING = re.compile(
    rf"(?i)^(?:and |so |oh )?(?:if|in case|should|whenever) {_WHO}{_ANY} ?(?P<act>(?:be )?{_ASKING}"
    r"(?:s|es|ed|ing|ting|ning)?\b[^,]*), (?P<main>[^?]+)$"
)
_TRAILING = re.compile(
    rf"(?i)^(?P<main>[^,?]+), (?:just )?(?:if|in case) {_WHO}{_ANY} ?(?:be )?"
    r"(?:ask|need|wonder|want|care|interest|forget|call)(?:s|ed|ing)?\b[^,]*$"
)
_OPEN = re.compile(r"(?i)\b(?:you|your|will|'ll|would|'d|can|could|should|might|may|must|please)\b")
_TELLS = re.compile(
    r"^(?:I(?:'m| am|'ve| have| live| like| take| prefer| wear| work| use| drink| eat| only| don't|"
    r" hate| love| never| always)|We(?:'re| are| live| have)|[Mm]y|[Oo]ur|[Tt]he|[Ii]t(?:'s| is)|"
    r"[Tt]hey(?:'re| are)|[Tt]here(?:'s| is| are)|[A-Z]\w+)\b"
)
_SIZED = re.compile(
    r"(?i)^(?:I'm|I am|I take|I wear|I need|mine is|it's|they're)(?: usually| always)? "
    r"(?:an? )?(?:size )?(?P<size>(?:\d[\d.½/]*|one|two|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|fourteen|sixteen|[xX]{0,3}[sSlL]|small|medium|large|extra large)"
    r"(?: and a half| wide| long| narrow)?)$"
)
_WORN = re.compile(
    r"(?i)\b(?P<worn>shoes?|boots?|trainers|sneakers|slippers|sandals|skates|wellies|jeans|"
    r"trousers|shirts?|t-shirts?|jumpers?|sweaters?|hoodies?|rings?|hats?|gloves?|coats?|jackets?|"
    r"dress(?:es)?|bras?|socks|skirts?|clothes|wetsuits?|helmets?)\b"
)
_SERVED = re.compile(r"(?i)\b(?P<drink>tea|coffee|porridge|toast|cocoa)\b")
_TAKES = re.compile(r"(?i)^I (?:take|have|like|prefer|drink) \w+(?: \w+){0,3}$")
_WANTED = re.compile(
    r"(?i)\b(?:need|want|look(?:ing)? for|find|forget|about)s? "
    r"(?P<thing>(?:the|my|our|a|an) [\w' -]+?)"
    r"(?: (?:again|later|while|when|for|in|on|at)\b.*)?$"
)
_BOUND = ("going", "moving", "flying", "off", "went", "go", "heading", "emigrating")
_KNOWN = re.compile(
    r"(?i)\b(?:(?:do )?you (?:know|remember)|remember|know) ((?:my|our|that) [\w' -]{2,40})\? "
    r"(?:he|she|it|they)\b('s|'re|'ve)?"
)
_GUESS = re.compile(
    r"(?i)^guess (?P<wh>who|what|where)(?P<clause>(?:'s|'re)? [^:,–—]+?)\s*(?:[:,–—]|\s-)\s+"
    r"(?P<answer>[^,]+)$"
)


def plainly_given(text: str) -> str:
    """The fact without the courtesy around it; "" where there is none."""
    text = text.rstrip(" .!")
    guess = _GUESS.match(text)
    if guess is not None:
        return _guessed(guess)
    trailing = _TRAILING.match(text)
    if (
        trailing is not None
        and stands(trailing["main"] + ".")
        and not _OPEN.search(trailing["main"])
    ):
        return told(trailing["main"])
    leading = _LEADING.match(text)
    return _given(leading["act"], leading["main"]) if leading is not None else ""


def introduced(message: str) -> str:
    """ "You know my cousin Ted? He's moving." -> "My cousin Ted's moving."."""
    return _KNOWN.sub(lambda found: found[1][:1].upper() + found[1][1:] + (found[2] or ""), message)


def _given(act: str, main: str) -> str:
    """What holds whether it is asked or not: "if you ever order shoes for me, I'm a 43"."""
    asks = re.match(r"(?i)(?:be )?(?:ask|wonder|curious|care|interest)", act)
    if _OPEN.search(main) or not (asks or _TELLS.match(main)):
        return ""
    sized, worn = _SIZED.match(main), _WORN.search(act)
    if sized is not None and worn is not None:
        noun = worn["worn"].lower()
        one = noun if noun in ("jeans", "trousers", "clothes") else singular(noun)
        return told("My", one, "size is", sized["size"])
    if sized is not None and re.match(r"(?i)(?:knit|sew|crochet)", act):
        return told("My clothes size is", sized["size"])
    served = _SERVED.search(act)
    if served is not None and _TAKES.match(main) and served["drink"].lower() not in main.lower():
        return told(main, f"in my {served['drink'].lower()}")
    pointed = re.match(r"(?i)(?:it|they)(?:'s| is|'re| are) ", main)
    if pointed is not None:
        wanted = _WANTED.search(act)
        if wanted is None:
            return ""
        verb = "are" if "re" in pointed[0] else "is"
        thing = re.sub(r"(?i)^an? ", "the ", wanted["thing"])
        return told(thing, verb, main[pointed.end() :])
    return told(main) if stands(told(main)) else ""


def _guessed(guess: re.Match[str]) -> str:
    """ "Guess who is moving in: my old boss" -> "My old boss is moving in."."""
    clause = spoken(f"Who{guess['clause']}")[1:]
    answer = spoken(guess["answer"])
    if not clause or not answer:
        return ""
    function = answer[0].tag in ("DT", "PRP$", "IN", "TO", "CD", "PDT", "JJ")
    answer_text = inside(answer) if function else said(answer)
    if guess["wh"].lower() == "where":
        bound = next((i for i, w in enumerate(clause) if w.lower in _BOUND), None)
        end = len(clause) if bound is None else bound + 1
        to = "" if answer[0].tag in ("IN", "TO", "RB") else "in" if bound is None else "to"
        return told(said(clause[:end]), to, answer_text, said(clause[end:]))
    if not opens_noun(answer):
        return ""
    if lacks_subject(clause):
        return told(with_subject_of(said(answer), clause))
    full = filled(clause, answer_text)
    return told(full) if full else ""
