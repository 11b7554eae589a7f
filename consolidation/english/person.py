"""Person: what the owner says of themselves, turned to be said to them."""

from collections.abc import Sequence

from consolidation.english.parsing import Word

_SECOND = {
    "i": "you",
    "me": "you",
    "we": "you",
    "us": "you",
    "my": "your",
    "our": "your",
    "mine": "yours",
    "ours": "yours",
    "myself": "yourself",
    "ourselves": "yourselves",
    "am": "are",
}
_FULL = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will"}
_SPEAKERS = ("i", "we")


def speaker_is_subject(word: Word) -> bool:
    """Whether the owner ("I", "we", "my wife and I") is the subject of this verb or auxiliary."""
    verb: Word | None = word
    while verb is not None:
        subject = verb.child("nsubj", "nsubjpass")
        if subject is not None:
            return subject.lower in _SPEAKERS or any(
                mate.lower in _SPEAKERS
                for mate in subject.subtree()
                if mate.tag == "PRP" and mate.dep == "conj"
            )
        follows = verb.dep in ("aux", "auxpass", "conj")
        verb = verb.parent if follows else None
    return False


def full_form(word: Word) -> str:
    """The word without contraction: "'m" -> "am", "'s" (is) -> "is"."""
    lower = word.lower
    if lower in _FULL:
        return _FULL[lower]
    if lower == "'s" and word.tag in ("VBZ", "VBP", "POS") and word.dep != "case":
        return "has" if _perfect(word) else "is"
    if lower == "'s" and word.lemma == "us":
        return "us"
    if lower == "'d":
        return "would" if word.tag == "MD" else "had"
    return word.text


def _perfect(word: Word) -> bool:
    if word.dep != "aux" or word.parent is None:
        return False
    if any(beside.lower == "being" for beside in word.parent.children):
        return False
    return word.parent.tag == "VBN" or word.parent.lower == "got"


def first_person(words: Sequence[Word]) -> str:
    """The words as the owner says them, verb contractions spelt out."""
    return _joined(words, [full_form(word) for word in words])


def second_person(words: Sequence[Word]) -> str:
    """The words as they are said to the owner: "I moved with my son" -> "you moved with your son".

    A coordinated "my wife and I" becomes "you and your wife".
    """
    ordered = _mates_first(words)
    texts = [
        word.text if _is_of_the_clock(word, before) else _said_to_owner(word)
        for before, word in zip((None, *ordered), ordered, strict=False)
    ]
    return _joined(ordered, texts)


def _is_of_the_clock(word: Word, before: Word | None) -> bool:
    """ "3am" is two words to the parser, and none of them a verb."""
    return word.lower == "am" and before is not None and before.text[-1:].isdigit()


def _said_to_owner(word: Word) -> str:
    text = full_form(word)
    if text.lower() == "was" and speaker_is_subject(word):
        return "were"
    return _SECOND.get(text.lower(), text)


def _mates_first(words: Sequence[Word]) -> list[Word]:
    """ "my wife and I" -> "I and my wife", so that the owner is named first."""
    ordered = list(words)
    for word in words:
        if word.lower in ("i", "me") and word.dep == "conj" and word.parent is not None:
            first = [mate for mate in word.parent.subtree() if mate.i < word.i]
            joint = next((mate for mate in first if mate.dep == "cc"), None)
            if joint is None or any(mate not in ordered for mate in first):
                continue
            if any(mate.dep in ("advmod", "npadvmod", "prep", "relcl") for mate in first) or (
                word.lower == "me" and first[0].lower in ("a", "an")
            ):
                continue
            first.remove(joint)
            start = ordered.index(first[0])
            kept = [mate for mate in ordered if mate not in (*first, joint, word)]
            ordered = [*kept[:start], word, joint, *first, *kept[start:]]
    return ordered


def _joined(words: Sequence[Word], texts: Sequence[str]) -> str:
    """Texts with the spacing of the original, except where contractions were undone."""
    out = ""
    for word, text in zip(words, texts, strict=True):
        glued = text[:1] in ",.;:!?)'%" or text == "n't" or out.endswith(("(", "$", "£", "€"))
        glued = glued or _stuck_to_previous(words, word)
        out += text if glued or not out else " " + text
    return out.strip(" ,;:-")


def _stuck_to_previous(words: Sequence[Word], word: Word) -> bool:
    """Whether the owner wrote no space before this word, and it is no undone contraction."""
    place = list(words).index(word)
    if place == 0:
        return False
    before = words[place - 1]
    return before.i == word.i - 1 and not before.space and full_form(word) == word.text


def sentence_case(text: str) -> str:
    """A sentence of `text`: capital first letter and a full stop."""
    text = text.strip(" ,;:-")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."
