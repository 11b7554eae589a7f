"""Owner's words: a statement to the owner as the owner would say it. Knows grammar only."""

from consolidation.english.parsing import Word, parse_simple
from consolidation.english.person import full_form

_FIRST = {"your": "my", "yours": "mine", "yourself": "myself", "yourselves": "ourselves"}


def in_owners_words(statement: str) -> str:
    """ "You and Tom live with your cat" -> "Tom and I live with my cat"."""
    sentence = parse_simple(statement)
    if sentence is None:
        return statement
    words = list(sentence.words)
    texts = [_first_person(word) for word in words]
    mates = _mates(words[0]) if words and words[0].lower == "you" else []
    out = "".join(text + " " * word.space for word, text in zip(words, texts, strict=True)).strip()
    if mates:
        joined = "".join(_first_person(w) + " " * w.space for w in mates).strip()
        rest = out[len("I and ") + len(joined) :]
        out = f"{joined} and I{rest}"
    return out[:1].upper() + out[1:]


def _mates(you: Word) -> list[Word]:
    """Who stands beside the owner as subject: "you and Tom"."""
    other = you.child("conj")
    return other.subtree() if other is not None and you.dep.startswith("nsubj") else []


def _first_person(word: Word) -> str:
    lower = word.lower
    if lower in _FIRST:
        return _FIRST[lower]
    if lower == "you":
        grouped = word.dep == "pobj" and word.parent is not None and word.parent.lower == "of"
        return "I" if word.dep in ("nsubj", "nsubjpass") else "us" if grouped else "me"
    alone = _speaks_alone(word)
    if alone and lower in ("are", "were"):
        return "am" if lower == "are" else "was"
    return full_form(word) if word.text.startswith("'") and lower != "'s" else word.text


def _speaks_alone(word: Word) -> bool:
    """Whether the owner alone is the subject of this form of "be"."""
    verb: Word | None = word if word.child("nsubj", "nsubjpass") is not None else word.parent
    subject = verb.child("nsubj", "nsubjpass") if verb is not None else None
    return subject is not None and subject.lower == "you" and subject.child("conj") is None
