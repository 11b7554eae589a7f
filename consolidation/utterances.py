"""Utterances: a typed message made tidy, and which of its sentences assert something."""

import re
import unicodedata

from consolidation.inflection import base_form
from consolidation.parsing import Sentence, Word
from consolidation.wordlist import words

_SPELLINGS = {
    r"\bi\b": "I",
    r"\b[Ii]m\b": "I'm",
    r"\b[Ii]ve\b": "I've",
    r"\b(?i:(do|does|did|is|are|was|were|have|has|had|ca|wo|would|should|could))nt\b": r"\1n't",
    r"\b(?i:(that|there|here|what|he|she))s\b(?= )": r"\1's",
    r"\b[Ii]ts\b(?= (?:my|our|a|an|the|on|in|at|been|his|her)\b)": "it's",
    r"\b(?i:theyre)\b": "they're",
    r"\b(?i:bday|b-day)\b": "birthday",
    r"\b(?i:w/)\s?": "with ",
    r"\b(?i:tmrw|tmr|tmw|2moro|tomoro|tommorow|tommorrow)\b": "tomorrow",
    r"\b(?i:gonna)\b": "going to",
    r"\b(?i:wanna)\b": "want to",
    r"\b(?i:gotta)\b": "have to",
    r"(?<= )&(?= )": "and",
    r"\bhalf (?=(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven)\b)": "half past ",
}
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
    r"\b(?:lol|haha+|hehe+|lmao|tbh|tho|omg|imo|imho|ngl|pls|plz)\b|[:;]-?[)(DPp](?=\s|$)"
    r"|<3|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200d]",
    re.IGNORECASE,
)
_POLITE = (
    r"(?:please |pls |also |can you |could you |would you |will you |i want you to |"
    r"i'd like you to )*"
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
    r"good evening|good afternoon|morning|thanks|thank you|cheers|sure|great|cool|nice|alas|"
    r"unfortunately|sadly|luckily|fortunately|apparently|finally|and|but|also|plus|ps|p\.s\.)"
    r"(?:\s*[,:!.–—-]+|(?= (?:i|i'm|i've|we|my|our|the|it's|there|she|he|they|this|just)\b)"
    r"|(?= \w+ing\b))"
    r"|(?:i (?:just )?(?:wanted|want|need|have|should|would like|forgot) to |let me |i must |"
    r"i should )(?:tell|mention|let|inform|say|add|share)(?: you)?(?: know)?(?: that\b|,|:)"
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
    r"you know|"
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
_DOUBT = frozenset(
    words("maybe perhaps possibly supposedly hypothetically allegedly hopefully probably")
)
_IDLE_VERBS = frozenset(words("wish wonder guess imagine suppose mean bet doubt thank"))
_IDLE_STATES = frozenset(
    words(
        "fine good well ok okay great back here sorry glad sure ready tired bored hungry "
        "thirsty afraid curious confused happy sad sleepy excited impressed done kidding "
        "joking right wrong lost stuck thankful grateful welcome awake alright cold hot nice "
        "cool funny"
    )
)
_STATIVE = frozenset(words("love hate like prefer adore dislike need want live owe own dread"))
_QUESTION_WORDS = ("WDT", "WP", "WP$", "WRB")


def tidy(text: str) -> str:
    """The message with straight apostrophes, "i" as "I", and common slips of typing mended."""
    text = unicodedata.normalize("NFC", text)
    for curly, straight in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("…", "...")):
        text = text.replace(curly, straight)
    text = _CHAT.sub(" ", re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", " ", text))
    for pattern, spelling in _SPELLINGS.items():
        text = re.sub(pattern, spelling, text)
    text = re.sub(r"\b[a-z]+\b", lambda word: _NAMES.get(word[0], word[0]), text)
    text = re.sub(r"\s*\n+\s*", ". ", text.strip())
    text = re.sub(r"([.!?])[.!?]*\.? ", lambda mark: f"{mark[1]} ", text + " ")
    return re.sub(r"[ \t]+", " ", text).strip()


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
    elif labelled and not set(labelled[1].lower().split()) & {"is", "are", "was", "am", "i", "has"}:
        sentence = _labelled(labelled[1], labelled[2])
    sentence = sentence.strip(" ,;-")
    if sentence and sentence[-1] not in ".!?":
        sentence += "."
    return sentence[:1].upper() + sentence[1:]


def _labelled(label: str, value: str) -> str:
    """ "wifi password: heron42" -> "The wifi password is heron42"."""
    if not re.match(r"(?i:my|our|the|his|her)\b|[A-Z]\w+'s", label):
        label = f"my {label[:1].lower()}{label[1:]}" if label[:1].isalpha() else label
    return f"{label} is {value}"


def asserts(sentence: Sentence) -> bool:
    """Whether the sentence states a fact of the owner, by its mood and its subject."""
    words = [word for word in sentence.words if word.tag not in (".", ",", ":", "``", "''")]
    if len(words) < 2 or sentence.text.rstrip("\"' ").endswith("?"):
        return False
    if any(word.lower in ("you", "your", "yours", "yourself", "u", "ur") for word in words):
        return False
    if any(word.lower in _DOUBT for word in words):
        return False
    return not (
        _asks(sentence, words)
        or _orders(sentence)
        or _supposes(sentence)
        or _is_idle(sentence, words)
    )


def subject_of(verb: Word) -> Word | None:
    """The subject of a verb, or None."""
    return verb.child("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")


def _asks(sentence: Sentence, words: list[Word]) -> bool:
    first, root = words[0], sentence.root
    subject = subject_of(root)
    if first.tag in _QUESTION_WORDS:
        inside = first.parent is root or (
            first.parent is not None
            and first.parent.parent is root
            and first.parent.dep in ("nsubj", "dobj", "attr", "acomp")
        )
        return first.dep not in ("mark",) and (first is root or inside)
    auxiliary = first.dep in ("aux", "auxpass") or (first is root and first.lemma == "be")
    return (
        auxiliary and subject is not None and subject.i > first.i and first.parent in (root, None)
    )


def _orders(sentence: Sentence) -> bool:
    root = sentence.root
    if not root.is_verb or subject_of(root) is not None:
        return False
    if root.child("aux", "auxpass") is not None:
        helper = root.child("aux", "auxpass")
        assert helper is not None
        negated = root.child("neg") is not None
        return helper.lower in ("do", "let") and not (negated and root.lower in _STATIVE)
    if root.lower in _STATIVE:
        return False
    return root.tag in ("VB", "VBP") and root.lower == base_form(root.lower)


def _supposes(sentence: Sentence) -> bool:
    """Hypotheticals: "if I had …", "I might …", "I would … if"."""
    root = sentence.root
    modals = {word.lower for word in root.children if word.dep == "aux" and word.tag == "MD"}
    if modals & {"might", "may"}:
        return True
    condition = any(
        word.lower in ("if", "unless", "whether") and word.dep in ("mark", "prep")
        for word in sentence.words
    )
    if condition and modals & {"would", "could", "should", "'d", "will", "'ll"}:
        return True
    perfect = any(word.lower in ("have", "'ve") for word in root.children if word.dep == "aux")
    if modals & {"would", "could", "should", "'d"} and perfect:
        return True
    if root.lemma in _IDLE_VERBS and (subject := subject_of(root)) and subject.lower in ("i", "we"):
        return True
    unsure = root.child("neg") is not None and root.lemma in ("know", "think", "remember", "recall")
    return unsure or (condition and sentence.words[0].lower == "if" and modals != set())


def _is_idle(sentence: Sentence, words: list[Word]) -> bool:
    """Small talk: nothing in it that could be asked about tomorrow."""
    root, subject = sentence.root, subject_of(sentence.root)
    if subject is not None and subject.lower in ("that", "this", "it") and not subject.children:
        told = [w for w in words if w.is_proper or w.tag == "CD" or w.lower in ("my", "our")]
        if not told:
            return True
    content = [
        w
        for w in words
        if (w.is_noun or w.tag in ("CD", "VB", "VBN", "VBG", "JJ", "FW")) and w is not root
    ]
    speaker = subject is not None and subject.lower in ("i", "we")
    if root.lemma == "be" and speaker:
        state = root.child("acomp", "advmod", "attr", "prep")
        rest = [
            w
            for w in content
            if w is not state and not (state and w in state.children and w.tag == "JJ")
        ]
        return (state is None or state.lower in _IDLE_STATES) and not rest
    if root.lemma in ("have", "need", "want") and speaker:
        thing = root.child("dobj")
        return thing is not None and thing.lower in (
            "question",
            "questions",
            "help",
            "request",
            "favour",
            "favor",
            "idea",
            "moment",
            "advice",
        )
    if speaker and root.is_verb:
        return not content and root.child("neg") is None and root.child("prt") is None
    return False


def bare(words: list[Word]) -> list[Word]:
    """The words without conjunctions, interjections and punctuation at either end."""
    edges = (",", ":", ".", "``", "''", "NFP")
    while words and (
        words[0].dep in ("cc", "intj")
        or words[0].tag in edges
        or (words[0].lower in ("so", "then") and words[0].tag in ("RB", "IN", "CC"))
    ):
        words = words[1:]
    while words and (
        words[-1].dep in ("cc", "intj")
        or words[-1].tag in edges
        or (words[-1].lower in ("so", "too", "though") and words[-1].tag in ("RB", "IN"))
    ):
        words = words[:-1]
    return words
