"""Mood: whether a parsed sentence asserts something, by its verb and its subject."""

from consolidation.english.inflection import base_form
from consolidation.english.parsing import Sentence, Word
from consolidation.english.wordlist import words

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
        asks(sentence) or orders(sentence) or _supposes(sentence) or _is_idle(sentence, words)
    )


def subject_of(verb: Word) -> Word | None:
    """The subject of a verb, or None."""
    return verb.child("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")


def asks(sentence: Sentence) -> bool:
    """Whether the sentence opens as a question does: a question word, or the verb."""
    words = [word for word in sentence.words if word.tag not in (".", ",", ":", "``", "''")]
    if not words:
        return False
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


def orders(sentence: Sentence) -> bool:
    """Whether the sentence is an imperative."""
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
