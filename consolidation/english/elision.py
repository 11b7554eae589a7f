"""Elision: sentences whose subject went without saying, made whole."""

import re
from collections.abc import Sequence

from consolidation.english.anchors import is_dated
from consolidation.english.hypernyms import is_a
from consolidation.english.inflection import base_form, with_article
from consolidation.english.mood import bare, subject_of
from consolidation.english.parsing import Sentence, Word, parse
from consolidation.english.person import first_person
from consolidation.english.segments import stands
from consolidation.english.wordlist import words

STATES = frozenset(
    words(
        "married engaged divorced retired allergic vegetarian vegan pregnant single widowed "
        "based diabetic afraid scared originally off out away into keen fond proud "
        "colour-blind colorblind left-handed right-handed terrified lactose intolerant unemployed "
        "self-employed dyslexic dyspraxic autistic asthmatic epileptic coeliac celiac anaemic "
        "anemic deaf ambidextrous bilingual trilingual teetotal pescatarian adopted short-sighted "
        "long-sighted nearsighted farsighted bald"
    )
)
_HAD = ("kin", "person", "occupation", "pet", "dog", "cat", "event", "illness", "relative_event")
"""What one has, and says so by naming it: "two cats", "dentist appointment on Tuesday"."""
_ALIKE = frozenset(words("quit put cut hit shut let set hurt"))
"""Verbs whose past is like their imperative: a date tells them apart."""


def is_state(spoken: Sequence[Word]) -> bool:
    """Whether words open with a state that the owner is in: "Allergic to penicillin"."""
    first = next((word for word in spoken if word.tag != "RB"), None)
    return first is not None and first.lower in STATES and len(spoken) > 2


def made_whole(sentence: Sentence) -> str | None:
    """The sentence with its silent "I" spoken; "" if it is no fact, None if it needs nothing."""
    root, words = sentence.root, list(sentence.words)
    above = ("relcl", "advcl", "ccomp", "acl", "xcomp", "pcomp")
    subjects = [w for w in words if w.dep in ("nsubj", "nsubjpass", "expl") and w.parent]
    if subject_of(root) is not None or any(
        w.parent and w.parent.dep not in above for w in subjects
    ):
        return None
    words = bare(words)
    if not words:
        return ""
    text = first_person(words)
    if not words[0].is_proper and words[0].lower != "i":
        text = text[:1].lower() + text[1:]
    opening = _opening(root, words)
    if opening is None:
        return ""
    if opening == "I have" and root.tag == "NN" and words[0].tag not in ("DT", "CD", "PRP$", "PDT"):
        text = with_article(text)
    return re.sub(r"\bI am been\b", "I have been", f"{opening} {text}.")


def _opening(root: Word, words: list[Word]) -> str | None:
    """What the owner left out before these words: "I", "I am", "I have"."""
    first = words[0].lower
    if first == "not":
        return "I am"
    if first == "been":
        return "I have"
    if first == "born":
        return "I was"
    leading = next((w for w in words if w.tag not in ("RB",)), words[0])
    if leading.lower in STATES or (is_a(leading.lower, "illness") and root.tag == "JJ"):
        return "I am"
    if root.is_verb:
        helped = root.child("aux", "auxpass") is not None
        return "I am" if root.tag == "VBG" and not helped else "I"
    if root.tag == "JJ":
        return "I am" if len(words) > 1 else None
    told = any(w.dep in ("prep", "npadvmod") or w.tag == "CD" or w.entity for w in words)
    own = is_a(root.lower, *_HAD) and not any(w.tag in ("POS", ",") for w in words)
    if root.is_noun and not root.is_proper and told and own:
        return "I have" if first not in ("my", "our", "the", "that", "this") else None
    return None


def with_subject(text: str) -> str:
    """ "Sold the van." -> "I sold the van."; other fragments stay as they are."""
    if re.match(r"(?i)(?:was|am|been) (?:back |just |only )?(?:at|in|to|on) ", text):
        return f"I {text[:1].lower()}{text[1:]}"
    opening, _, rest = text.partition(", ")
    if rest and stands(f"{rest[:1].upper()}{rest[1:]}") and not stands(f"{opening}."):
        whole = with_subject(f"{opening}.")
        return text if whole == f"{opening}." else f"{whole.rstrip('.')}, {rest}"
    sentences = parse(text)
    if len(sentences) != 1 or stands(text):
        return text
    root = sentences[0].root
    wants = root.lower in ("want", "need", "love", "hate", "like")
    past = base_form(root.text) != root.lower and not root.lower.endswith("s")
    past = past or (root.lower in _ALIKE and is_dated(text))
    if (
        root.tag not in ("VBD", "VBN", "VBG")
        and not past
        and not (wants and root.tag in ("VB", "VBP"))
    ):
        return text
    told = {child.dep for child in root.children}
    opens = all(
        word.tag in ("RB", "VBN", "VBD", "VBG") for word in sentences[0].words if word.i < root.i
    )
    if (
        not opens
        or "agent" in told
        or not told & {"dobj", "prep", "xcomp", "ccomp", "acomp", "attr"}
    ):
        return text
    return made_whole(sentences[0]) or text
