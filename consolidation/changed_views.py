"""Views of a change: prompts that teach the new value and that it changed.

Every answer is the new statement behind a word of change; what no longer holds stands in prompts
only, where nothing is learned.
"""

import re
from collections.abc import Iterator
from datetime import date

from consolidation.dreams import View, normalised
from consolidation.english.asking import Question, mid_sentence, spaced, subject_text
from consolidation.english.claims import Claim, read_claim
from consolidation.english.clauses import Clause, Piece
from consolidation.english.conflicts import Telling, same_subject, without_titles
from consolidation.english.content import content
from consolidation.english.corrections import read_correction
from consolidation.english.endings import ended
from consolidation.english.moments import differ, read_moments
from consolidation.english.owners_words import in_owners_words
from consolidation.english.parsing import Sentence, parse_simple
from consolidation.english.person import first_person, sentence_case
from consolidation.english.pieces import read_clause
from consolidation.english.questions import piece_questions

CHANGE_KIND = "change"
_MOST = 12
_NEVER = date.min
_ASKED = ("place", "time", "object", "complement", "topic", "companion", "frequency", "agent")
_NAMING = frozenset(("be", "call", "name"))


def change_views(old: str, new: str) -> list[View]:
    """At least four views; their prompts are distinct, and none of their answers says `old`."""
    now = sentence_case(new)
    views: dict[str, View] = {}
    for prompt, opening in _prompts(old, new):
        views.setdefault(normalised(prompt), (prompt, f"{opening} {now}", CHANGE_KIND))
    return list(views.values())[:_MOST]


def _prompts(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Prompts with how their answers open."""
    told = in_owners_words(old).rstrip(".")
    sentence = parse_simple(told + ".")
    clause = read_clause(sentence) if sentence is not None else None
    inside = _inside(told, sentence)
    no, changed = "No, that changed:", "That changed:"
    yield f"Is it still true that {inside}?", no
    if clause is not None and sentence is not None:
        over = ended(_telling(new), _telling(old), 0.0)
        asked = [] if over else _now_questions(clause, read_claim(old), read_claim(new))
        prompts = [(f"{question.direct.rstrip('?')} now?", changed) for question in asked]
        if not (clause.denied or clause.past or clause.finite in ("have", "has")):
            prompts.insert(0, (_still(clause), no))
        topic = _topic(clause)
        if asked and (clause.speaker or asked[0].direct.startswith("Who")):
            topic = "" if asked[0].embedded.startswith("until") else asked[0].embedded
        if topic:
            prompts.append((f"What changed about {topic}?", changed))
            prompts.append((f"Has anything changed about {topic}?", "Yes, that changed:"))
        for prompt, opening in prompts:
            yield _with_name(prompt, sentence), opening
    yield f"Does it still hold that {inside}?", no
    yield f"I told you that {inside}. Is that still so?", no
    yield f"As far as you know, is it still so that {inside}?", no


def _telling(text: str) -> Telling:
    return Telling(read_claim(text), read_correction(""), _NEVER)


def _inside(told: str, sentence: Sentence | None) -> str:
    """The statement behind "that": without the capital that only opens a sentence."""
    named = sentence is None or sentence.words[0].lower == "i" or _opens_with_name(sentence)
    return told if named else told[:1].lower() + told[1:]


def _opens_with_name(sentence: Sentence) -> bool:
    """Whether the first word is a name, also where the parser takes it for a noun."""
    return sentence.words[0].tag in ("NNP", "NNPS", "NN", "JJ", "UH", "FW")


def _with_name(prompt: str, sentence: Sentence) -> str:
    first = sentence.words[0].text
    if not _opens_with_name(sentence):
        return prompt
    return re.sub(rf"\b{re.escape(first.lower())}\b", first, prompt, count=1)


def _still(clause: Clause) -> str:
    """ "Does Mia still draw the cover?", with all that was said: a part of it may still hold."""
    rest = [mid_sentence(piece) for piece in clause.pieces if piece.role != "reason"]
    text = spaced(clause.finite, subject_text(clause), "still", clause.plain_verb(), *rest)
    return text[:1].upper() + text[1:] + "?"


def _now_questions(clause: Clause, old: Claim, new: Claim) -> list[Question]:
    """A question in the old fact's words for the one thing that the new fact tells differently."""
    if clause.past or clause.denied or new.denied:
        return []
    times = any(differ(one, other) for one in new.moments for other in old.moments)
    if times:
        timed = [piece for piece in clause.pieces if piece.role in ("time", "frequency")]
        gone = [piece for piece in timed if _is_another_time(piece, new)][:1]
    elif old.person and not (old.owner or new.owner) and not same_subject(new, old):
        if not new.person and not new.names:
            return []
        return _who(clause)
    elif old.senses - _NAMING != new.senses - _NAMING or old.owner != new.owner:
        return []
    else:
        parts = [piece for piece in clause.pieces if piece.role in _ASKED]
        gone = [piece for piece in parts if not _bare(read_claim(piece.text)) & new.words]
        if len(gone) != 1 or not new.rest - old.words:
            return []
    # What else changed must not be taken for granted: "When is my training at the old hall?".
    over = (old.proper & old.rest) - new.words
    asked = [question for piece in gone for question in piece_questions(clause, piece)]
    asked = [question for question in asked if not over & content(question.direct)]
    asked = [question for question in asked if not re.search(r"\d", question.direct)][:1]
    if not asked and times and clause.copular:
        asked = [Question(f"When is {subject_text(clause)}?", f"when {subject_text(clause)} is")]
    return [_of_person(question) for question in asked] if _is_role(old, new) else asked


def _is_another_time(piece: Piece, new: Claim) -> bool:
    return any(
        differ(one, other) or (one.minutes is not None and other.minutes not in (None, one.minutes))
        for one in read_moments(piece.text)
        for other in new.moments
    )


def _bare(claim: Claim) -> frozenset[str]:
    return without_titles(claim.words)


def _is_role(old: Claim, new: Claim) -> bool:
    """ "Your boss is Karin": asked for with "who"."""
    return old.person and not old.names and bool(new.proper)


def _of_person(question: Question) -> Question:
    what, who = ("What ", "what "), ("Who ", "who ")
    return Question(
        question.direct.replace(what[0], who[0], 1), question.embedded.replace(what[1], who[1], 1)
    )


def _who(clause: Clause) -> list[Question]:
    rest = spaced(*(mid_sentence(piece) for piece in clause.pieces if piece.role != "reason"))
    text = f"who {clause.stated_verb(third_person=True)} {rest}"
    return [Question(text[:1].upper() + text[1:] + "?", text)]


def _topic(clause: Clause) -> str:
    """What the old fact is about: its subject, or what the owner does something with."""
    if not clause.speaker:
        return subject_text(clause)
    named = [piece for piece in clause.pieces if piece.role == "object" and piece.head.is_noun]
    if not named:
        return ""
    words = [word for word in named[0].words if word.tag not in ("CD",)]
    text = first_person(words)
    opening, _, rest = text.partition(" ")
    bare = named[0].words[0].tag == "CD"
    return (
        f"my {rest}" if opening.lower() in ("a", "an") and rest else f"my {text}" if bare else text
    )
