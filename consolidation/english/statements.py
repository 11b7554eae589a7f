"""Statements: the facts in a message, each as a sentence to the owner and its parts."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from consolidation.english.accounts import Account, accounts
from consolidation.english.asking import Question, mid_sentence
from consolidation.english.clauses import Clause, Piece
from consolidation.english.dating import Calendar
from consolidation.english.facts import facts_of
from consolidation.english.hearsay import QUOTED, set_apart
from consolidation.english.inflection import base_form
from consolidation.english.leaning import CHANGED, leans
from consolidation.english.parsing import Sentence, Word, parse, parse_simple
from consolidation.english.person import full_form, second_person, sentence_case
from consolidation.english.pieces import read_clause
from consolidation.english.questions import piece_questions, subject_questions
from consolidation.english.remnants import is_touched, left_of
from consolidation.english.together import MOST_WORDS, Fact, answers_together
from consolidation.english.turns import Turn
from consolidation.english.variants import plain
from consolidation.english.wordlist import words


@dataclass(frozen=True, slots=True)
class Part:
    """What can be asked of a statement: its role, the phrase that answers, and how to ask."""

    role: str
    """subject, object, recipient, complement, place, time, duration, companion, reason, …"""
    phrase: str
    """In the second person, with its preposition: "with your brother Tom"."""
    key: str
    """The shortest right answer: "Tom"."""
    questions: tuple[Question, ...]
    piece: Piece


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact of the owner."""

    text: str
    """One second-person sentence: "You moved to Lisbon last spring with your brother Tom.", and
    what was told of the same thing beside it."""
    fact: str
    """The statement alone, as it may be superseded."""
    source: str
    """The same in the owner's own person."""
    parts: tuple[Part, ...]
    clause: Clause | None
    """None where the grammar found no subject and verb: then only its topics can be cued."""
    sentence: Sentence
    aliases: Mapping[str, str]
    """Other names that the message gave: "my cat" -> "Marmalade", "marmalade" -> "my cat"."""
    drawn_on: tuple[int, ...] = ()
    """Earlier turns that it drew on, counted back: 1 is the turn before."""
    as_said: bool = False
    """A quotation or a supposition that its owner insists on: it changes nothing told before."""


def read_statements(
    text: str,
    before: Sequence[Turn] = (),
    *,
    calendar: Calendar | None = None,
    gone: Container[str] = (),
    insist: bool = False,
) -> list[Statement]:
    """The facts of a message, in the order of the text, without repetition.

    `before` are the earlier turns of the conversation: who "she" is, and what was asked. What the
    grammar could not take apart surely follows as statements without a clause, told whole. By the
    message's `calendar` "on Tuesday" gets its date. Facts that are `gone` are left out. Where its
    owner insists, what is no fact is told as it is.
    """
    calendar = calendar or Calendar(text, None)
    found: dict[str, Statement] = {}
    over: list[Statement] = []
    aliases: dict[str, str] = {}
    facts = facts_of(text, before, insist=insist)
    for simple, joint in facts.whole.items():
        sentence = parse_simple(simple)
        if sentence is None:
            continue
        statement = _statement(sentence, aliases)
        fact = calendar.dated(statement.text)
        answer = fact if joint == simple else calendar.dated(_said(joint))
        statement = replace(statement, text=answer, fact=fact)
        if is_touched(fact, gone):
            over.append(statement)
            continue
        found.setdefault(sentence.text.lower(), statement)
        aliases.update(_names_in(statement))
    for sentence_facts in facts.sentences:
        keys = [fact.lower() for fact in sentence_facts if fact.lower() in found]
        answers = answers_together(_as_facts([found[key] for key in keys]))
        for key, answer in zip(keys, answers, strict=True):
            found[key] = replace(found[key], text=answer)
    taken = frozenset(
        word for one in (*found.values(), *over) for word in _content(one.sentence.words)
    )
    for account in accounts(text, tuple(before), insist=insist):
        told = _account(account, aliases, calendar)
        dated = told.text
        told = replace(told, text=dated, fact=dated)
        if dated in gone:
            continue
        left = left_of(account, dated, gone)
        if left is not None:
            for one in left:
                part = _account(one, aliases, calendar)
                found.setdefault(part.text.lower(), replace(part, fact=part.text))
            continue
        whole = len(account.sentences) == 1 and _content(told.sentence.words) <= taken
        if not whole:
            changes = len(account.sentences) > 1 and CHANGED.search(account.text) is not None
            _tell_in_full(found, told, joint=changes and not account.drawn_on)
            found.setdefault(told.text.lower(), told)
    return list(found.values())


def _tell_in_full(found: dict[str, Statement], told: Statement, *, joint: bool) -> None:
    """What a relative clause follows is answered with it: "Ferdinand, who ran the chip shop"; what
    names nothing by itself with all of it: "Take down 01632 960213, it's the choir's line"; and so
    is each of its sentences where they are `joint`: "The studio has moved. It is at 81 now."."""
    whole, content = told.text, _content(told.sentence.words)
    for key, statement in found.items():
        opening, words = statement.text.rstrip("."), statement.sentence.words
        relative = whole.startswith(opening) and _RELATIVE.match(whole[len(opening) :])
        nameless = not any(word.tag[:2] == "NN" for word in words) and _content(words) < content
        part = joint and _content(words) <= content
        if (relative or nameless or part) and len(whole.split()) <= MOST_WORDS:
            found[key] = replace(statement, text=whole)


_RELATIVE = re.compile(r", (?:who|whose|which|where|but|you)\b")


def _as_facts(statements: Sequence[Statement]) -> list[Fact]:
    facts: list[Fact] = []
    before: Sequence[Word] = ()
    for statement in statements:
        words = statement.sentence.words
        things = frozenset(word.lower for word in words if word.is_noun or word.is_proper)
        facts.append(Fact(statement.text, _content(words), things, leans(words, before)))
        before = words
    return facts


def _content(spoken: Sequence[Word]) -> frozenset[str]:
    """What a sentence says, whatever its form: its nouns, verbs, numbers, adjectives, denials."""
    return frozenset(
        word.lower
        for word in spoken
        if word.tag[:2] in ("NN", "VB", "JJ", "CD", "FW") or word.dep == "neg"
        if word.dep not in ("aux", "auxpass")
        if base_form(full_form(word).lower()) != "be"
    )


def _account(account: Account, aliases: Mapping[str, str], calendar: Calendar) -> Statement:
    """An account as one statement: its sentences said to the owner, and nothing to be asked for."""
    spoken: list[Word] = []
    texts: list[str] = []
    for text in account.sentences:
        words = [word for sentence in parse(text) for word in sentence.words]
        texts.append(sentence_case(second_person(words)))
        spoken += words
    sentence = Sentence(tuple(spoken), spoken[0])
    told = _dated(account, texts, calendar)
    told = f"You told me: {account.text}" if _is_foreign(account) else told
    rest = (sentence, aliases, account.drawn_on, account.as_said)
    return Statement(told, told, account.text, (), None, *rest)


def _dated(account: Account, texts: Sequence[str], calendar: Calendar) -> str:
    """Every sentence with its dates in full, those of earlier messages as of their own days."""
    if account.as_said:
        return " ".join(texts)
    told = len(texts) - account.own if account.drawn_on else 0
    recalled = [calendar.recalled(text, account.drawn_on) for text in texts[:told]]
    own = " ".join(texts[told:])
    question, joint, answer = own.partition(": ")
    if joint and account.drawn_on and account.own == 1:
        own = f"{calendar.recalled(question, account.drawn_on)}: {calendar.dated(answer)}"
    else:
        own = calendar.dated(own)
    return " ".join([*recalled, own])


def _is_foreign(account: Account) -> bool:
    """Whether "I" and "you" in it are perhaps not the owner and the assistant."""
    if not account.as_said:
        return False
    return QUOTED in set_apart(account.text) or _SPOKEN_BY_OWNER.match(account.text) is None


_SPOKEN_BY_OWNER = re.compile(r"(?i)(?:if|when|I|I'd|I'll|we|we'd|my|our)\b")


def _said(text: str) -> str:
    return sentence_case(second_person([w for part in parse(text) for w in part.words]))


def _names_in(statement: Statement) -> dict[str, str]:
    """The two names of one thing, in a statement like "My cat is called Marmalade"."""
    clause = statement.clause
    if clause is None or clause.lemma not in ("call", "name") or not clause.passive:
        return {}
    name = next(iter(clause.of("complement")), None)
    if name is None or not name.head.is_proper or clause.subject.head.tag == "NNS":
        return {}
    noun = mid_sentence(clause.subject)
    return {noun.lower(): name.text, name.text.lower(): noun}


def key_of(piece: Piece) -> str:
    """The shortest right answer: a name, a number with its unit, a noun with its compounds."""
    head = piece.head
    skip = len(piece.prep.split())
    below = [word for word in piece.words[skip:] if word in head.subtree()] or list(piece.words)
    bare_words = _without_article(list(piece.words[skip:]))
    appositive = head.child("appos", "oprd")
    if bare_words and bare_words[0].lower == "that" and piece.role == "content":
        bare_words = bare_words[1:]
    if piece.prep in ("before", "after", "during", "until", "till"):
        return second_person(piece.words)
    dated = head.tag == "CD" or (piece.role == "complement" and head.entity in ("DATE", "TIME"))
    if piece.role in ("time", "duration", "frequency", "content", "reason") or dated:
        return second_person(bare_words)
    if any(w.dep == "conj" and w.parent is head for w in below) and appositive is None:
        return second_person(_without_article(below))
    if appositive is not None and appositive.is_proper and piece.is_person:
        return second_person(
            [w for w in appositive.subtree() if w.is_proper or w.tag in ("CC", ",")]
        )
    called = next((w for w in below if w.dep == "oprd" and w.is_proper), None)
    if called is not None:
        return second_person([w for w in called.subtree() if w.is_proper])
    if head.is_proper:
        return second_person(_name_in(below, head))
    short = piece.role == "complement" and len(bare_words) < 4
    if head.is_noun and not short and not (piece.role == "complement" and head.child("nummod")):
        return second_person(_core_noun(below, head))
    return second_person(_without_article(below))


def _name_in(below: list[Word], head: Word) -> list[Word]:
    """The run of proper nouns around the head, with "of" and "and" inside it."""
    firsts = [w.i for w in below if w.is_proper or (w.tag == "CD" and w.parent is head)]
    lasts = [w.i for w in below if w.is_proper or (w.tag == "CD" and w.i > head.i)]
    if not firsts or not lasts:  # the head stands apart from its words
        return below
    return [w for w in below if min(firsts) <= w.i <= max(lasts)]


def _core_noun(below: list[Word], head: Word) -> list[Word]:
    measured = head.child("nummod") is not None or head.lower in _MEASURES
    kept = [
        w
        for w in below
        if w is head
        or (w.parent is head and w.dep in ("compound", "nummod"))
        or (w.parent is not None and w.parent.dep == "compound" and w.parent.parent is head)
    ]
    if measured:
        of = next((w for w in head.children if w.dep == "prep" and w.lower == "of"), None)
        kept += of.subtree() if of is not None and head.child("nummod") is None else []
    return sorted(kept, key=lambda w: w.i)


def _without_article(words: list[Word]) -> list[Word]:
    owner = words[:1] and words[0].lower in ("my", "our") and words[1:] and words[1].lower != "own"
    articles = (owner or (words[:1] and words[0].lower in ("the", "a", "an"))) and len(words) > 1
    return words[1:] if articles and words[1].tag != "IN" else words


_MEASURES = frozenset(
    words("bottle box bag cup glass piece pair bit copy kind sort type lot set pack jar tin")
)


def _statement(sentence: Sentence, aliases: Mapping[str, str]) -> Statement:
    clause = read_clause(sentence)
    text = sentence_case(second_person(sentence.words))
    if clause is not None:
        text = _with_name(text, clause, aliases)
    return Statement(text, text, sentence.text, _parts(clause), clause, sentence, aliases)


def _with_name(text: str, clause: Clause, aliases: Mapping[str, str]) -> str:
    """ "Your cat is nineteen", of the cat called Marmalade -> "Your cat Marmalade is nineteen"."""
    name = aliases.get(mid_sentence(clause.subject).lower(), "")
    subject = second_person(clause.subject.words)
    leads = text.lower().startswith(f"{subject.lower()} ")
    if not leads or not name[:1].isupper() or name in text or clause.lemma in ("call", "name"):
        return text
    return f"{text[: len(subject)]} {name}{text[len(subject) :]}"


def _parts(clause: Clause | None) -> tuple[Part, ...]:
    if clause is None:
        return ()
    clause = plain(clause)
    parts = []
    asked = subject_questions(clause)
    if asked:
        parts.append(_part(clause.subject, asked))
    for piece in clause.pieces:
        if piece.role in ("particle", "chain", "rest"):
            continue
        parts.append(_part(piece, piece_questions(clause, piece)))
    return tuple(parts)


def _part(piece: Piece, questions: list[Question]) -> Part:
    return Part(piece.role, second_person(piece.words), key_of(piece), tuple(questions), piece)
