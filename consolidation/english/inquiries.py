"""Inquiries: questions and requests, and the facts that are told inside them."""

import re
from collections.abc import Iterator

from consolidation.english.anchors import is_dated, is_named, is_owned
from consolidation.english.hearsay import QUOTED
from consolidation.english.inflection import base_form
from consolidation.english.mood import orders, subject_of
from consolidation.english.parsing import Word, parse
from consolidation.english.segments import stands
from consolidation.english.trees import text_of

_WH = r"(?:what|where|when|which|who|whom|whose|why|how)"
_ASKING = re.compile(
    rf"^(?:(?:{_WH})(?:'s|'re|s)? (?:\w+ )*?(?:is|are|was|were|do|does|did|can|could|should|would|"
    rf"will|"
    r"have|has|many|much|long|about|to)\b"
    rf"|(?:{_WH})'s\b|(?:any|no) (?:idea|notion|clue|chance|tips|thoughts|suggestions?|advice)\b"
    r"|(?:do|does|did|is|are|was|were|can|could|should|would|will|have|has|am|isn't|aren't|don't|"
    r"doesn't|won't|can't|shall) (?:you|u|i|we|he|she|it|they|there|this|that|the|my|anyone|one)\b"
    r"|(?:tell|ask|remind) me\b|(?:i )?(?:wonder|was wondering|need to know|want to know)\b)",
    re.IGNORECASE,
)
_VERBS = (
    r"(?:turn|act|rank|sort|format|respond|answer|make|write|draft|give|tell|convert|correct|"
    r"explain|translate|list|show|find|help|suggest|"
    r"recommend|calculate|summari[sz]e|check|fix|set|remind|create|generate|compose|plan|describe|"
    r"compare|define|look up|search|proofread|rewrite|rephrase|shorten|spell|sing|draw|name|pick|"
    r"choose|guess|add|read|print|send|email|text|call|stop|try|repeat|continue|let's|do us|do me|"
    r"get me|put|think of|come up with|invent|imagine|see|let me know|play|quiz|test me|teach me)"
)
_REQUESTING = re.compile(
    r"^(?:(?:please|kindly|now|just|also|then|pls|plz|hey|ok|quick)[ ,]+)*"
    rf"(?:(?:can|could|would|will) (?:you|u|ye) (?:please |kindly |just )*\w+|"
    rf"{_VERBS}\b(?!\s+(?:was|is|are|were|has|'s)\b))",
    re.IGNORECASE,
)
_MENDING = re.compile(
    r"(?i)^(?:\w+ )?(?:\w+ )?(?:check|correct|fix|proofread|translate|rewrite|rephrase|improve|"
    r"shorten|"
    r"summari[sz]e|turn|explain|read|convert|format|sort|is this)\b"
)
"""Asks for work on a text that is given: what it says may be anything."""
_PLEASE = re.compile(
    r"(?i)^(?:so |and |now )?please\b|^[^.]*, (?:please )?(?:entertain|tell|help|ask|give|"
    r"cheer) me\b"
)
_VERBLESS = re.compile(
    r"(?i)^(?!(?:no|not|none|without|only)\b)(?:an?|one|two|three|four|five|six|ten|\d+|some|another|"
    r"more|just)\b[^.!?]*\bplease\b"
)
""" "Two rhymes on rain, please, for a child": no verb, and yet it asks for something."""
_LEFT_OVER = re.compile(r"(?i)^(?:\S+ ){1,5}?(?:please|pls|plz)[.!]*$")
""" "In French please.": more of a request."""
_NEEDS = re.compile(
    r"(?i)^(?:I|we)(?:'m| am|'re| are)? (?:need|want|looking for|after|could use|'d like|"
    r"would like) "
    r"(?:an? |some |the |your )?(?:\w+ )?(?:rhyme|name|idea|recipe|word|title|synonym|joke|tip|"
    r"advice|"
    r"present|gift|help|distraction|suggestion|opinion|example|explanation|template)s?\b"
)
_FORBIDS = re.compile(
    r"(?i)^(?:please )?(?:never|always|don't|do not) (?P<verb>[a-z]+) (?:me|us)\b"
)
_GETS = re.compile(r"(?i)^(?:I|we) (?:need|want|would like|'d like) you to\b")
_REPORTABLE = re.compile(
    rf"^(?:any (?:idea|notion|clue|tips|advice|thoughts|suggestions?) (?:on )?(?=(?:{_WH}|for)\b)"
    rf"|(?:do you know|can you tell me|tell me|could you tell me) (?={_WH}\b))?"
    rf"(?P<asked>(?:{_WH} (?:to|do i|should i|can i|could i|do we|should we|can we)\b|for\b).+)$",
    re.IGNORECASE,
)
_FOR_ME = re.compile(r"(?i)^(\w+) (?:me|us) ")
_HOW_TO = re.compile(r"(?i)\b(do|should|can|could) (?:i|we)\b")
_CAUSE = re.compile(r"(?i)\b(?:because|since|as|now that|cause|cos|seeing that)\s+(?P<told>.+)$")
_SPLICED = re.compile(
    r"(?:,|\s[–—-]|;)\s+(?:now |and |but |so )*(?=(?:he|she|they|it|I|we|my|our|his|her|the|our|"
    r"[A-Z][\w-]+)"
    r"(?:'s|'re|'m|'ve|'d)? )"
)
_RELATIVE = re.compile(r",\s+(?P<pronoun>who|which)\s+(?P<told>.+)$", re.IGNORECASE)
_THAT = re.compile(r"(?i)\bthat (?P<told>.+)$")
_BEFORE = re.compile(
    r"(?i)^(?P<told>.+?)\s*(?:[,;:]|\s[–—-])\s+(?:so |and |but )?(?=(?:(?:what|where|when|why|"
    r"how)\b|is |are |do |does |can |could |"
    r"should |would |any ))[^,;:]+$"
)
_ADDRESSEE = re.compile(r"(?i)\b(?:write|draft|email|text|tell|send|message|letter|mail|let)\b")


def is_question(sentence: str) -> bool:
    """Whether the sentence asks: by its mark, its opening, or verb before subject."""
    if sentence.rstrip("\"') ").endswith("?"):
        return True
    if _ASKING.match(sentence) is None:
        return False
    told = re.match(r"(?i)(?:what|how) (?:a|an)\b", sentence)
    return told is None


def is_request(sentence: str) -> bool:
    """Whether the sentence wants something done."""
    if any(one.search(sentence) for one in (_REQUESTING, _GETS, _NEEDS, _PLEASE)):
        return True
    forbids = _FORBIDS.match(sentence)
    if forbids is not None and base_form(forbids["verb"]) == forbids["verb"].lower():
        return True
    if (_LEFT_OVER.match(sentence) or _VERBLESS.match(sentence)) and not stands(sentence):
        return True
    first = next(iter(parse(sentence)), None)
    return first is not None and orders(first) and not is_dated(sentence)


def embedded(sentence: str, requested: bool) -> tuple[list[str], str]:
    """Facts told inside a question or request; and the whole as it is told of, or ""."""
    text = sentence.rstrip("?.! ")
    if requested:
        dated = re.search(r": (?P<notice>.+)$", text)
        if (
            dated is not None
            and not _MENDING.match(text)
            and is_dated(dated["notice"])
            and QUOTED not in text
        ):
            return ["I asked for this: " + _FOR_ME.sub(r"\1 ", text) + "."], ""
        found = _THAT.search(text) if _ADDRESSEE.search(text[:40]) else None
        mark = any(
            w.lower == "that" and w.dep == "mark" for part in parse(text) for w in part.words
        )
        if found is None or not mark or not stands(found["told"] + ".") or _doubts(found["told"]):
            return [], ""
        if not (_is_tied(found["told"]) or _is_tied(text[: found.start()])):
            return [], ""
        wanted = re.sub(r"(?i)^(?:please|kindly|can you|could you|would you)\s+", "", text)
        wanted = re.sub(r"(?i)^(?:please|kindly)\s+", "", wanted)
        wanted = _FOR_ME.sub(r"\1 ", wanted)
        return [_sentence(found["told"])], f"I asked for this: {wanted}."
    before = _BEFORE.match(text)
    told_before = before is not None and not is_question(before["told"] + ".")
    if before and told_before and stands(before["told"] + ".") and not _doubts(before["told"]):
        return [_sentence(before["told"])], ""
    facts: list[str] = []
    question = text
    spliced = _spliced(text)
    if spliced is not None:
        question, told = spliced
        return ([] if _doubts(told) else [_sentence(told)]), _reported(question)
    relative = _RELATIVE.search(text)
    if relative is not None:
        noun = _noun_before(text[: relative.start()])
        if noun and stands(_sentence(f"{noun} {relative['told']}")):
            return [_sentence(f"{noun} {relative['told']}")], ""
    cause = _CAUSE.search(text)
    if cause is not None and stands(_sentence(cause["told"])) and not _doubts(cause["told"]):
        facts.append(_sentence(cause["told"]))
        whole = _reported(text)
        return [*([whole] if whole else []), *facts], ""
    return facts, _reported(text)


_RUN_ON = re.compile(r"(?<=[a-z]) (?=(?:his|her|their|he|she|they)(?:'s|'re|'ve)? \w)")
_RULES_CLAUSES = re.compile(
    r"(?i)\b(?:tell|say|know|think|believe|that|who|whom|which|whose|if|whether|when|because|"
    r"hear|remind|ask|convince|show)\b"
)


def _run_on(text: str) -> Iterator[re.Match[str]]:
    """Joints without a mark, behind a name: "cheer up Omar | his girlfriend left him"."""
    for joint in _RUN_ON.finditer(text):
        left = text[: joint.start()]
        if left.split()[-1][:1].isupper() and not _RULES_CLAUSES.search(left):
            yield joint


def _spliced(text: str) -> tuple[str, str] | None:
    """The question and the statement that follows it behind a comma or a dash, or behind a name."""
    for joint in (*_SPLICED.finditer(text), *_run_on(text)):
        told = text[joint.end() :]
        if stands(_sentence(told)) and not is_question(_sentence(told)):
            return text[: joint.start()], told
    return None


def _reported(question: str) -> str:
    """ "How do I cheer up Tomas?" -> "I asked how to cheer up Tomas."; "" for other questions."""
    asked = _REPORTABLE.match(question)
    if asked is None or re.search(r"(?i)\b(?:you|your|u)\b", asked["asked"]):
        return ""
    wanted = asked["asked"]
    wanted = _HOW_TO.sub("to", wanted, count=1) if _HOW_TO.search(wanted[:14]) else wanted
    return f"I asked {wanted[:1].lower()}{wanted[1:]}."


def _doubts(text: str) -> bool:
    return re.search(r"(?i)\b(?:you|your|would|might|could)\b", text) is not None


def _is_tied(text: str) -> bool:
    """Whether what somebody is to be told is of the owner's life: "that I'm ill", "that Ana …"."""
    spoken = [word for part in parse(text) for word in part.words]
    persons = any(word.lower in ("i", "we", "he", "she", "him", "her") for word in spoken)
    return persons or is_owned(spoken) or is_named(spoken) or is_dated(text)


def _sentence(text: str) -> str:
    text = text.strip(" ,;")
    return f"{text[:1].upper()}{text[1:]}."


def _noun_before(text: str) -> str:
    """The noun phrase that the text ends with: "stretches for Otieno" -> "Otieno"."""
    words: list[Word] = [word for part in parse(text) for word in part.words]
    if not words:
        return ""
    if words[-1].text[:1].isupper() and not words[-1].children:
        return words[-1].text
    if not words[-1].is_noun:
        return ""
    noun = words[-1]
    phrase = [w for w in noun.subtree() if w.i <= noun.i]
    if subject_of(noun) is not None or len(phrase) > 5:
        return ""
    return text_of(phrase)
