"""Variants: a clause in other words that mean the same (short names, synonyms)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from consolidation.english.asking import mid_sentence
from consolidation.english.clauses import Clause, Piece
from consolidation.english.everyday import renamed, same_number
from consolidation.english.hypernyms import is_a, is_living_noun
from consolidation.english.inflection import base_form, plural, singular, verb_form, with_article
from consolidation.english.lexicon import synonyms
from consolidation.english.parsing import Word
from consolidation.english.people import is_titled
from consolidation.english.person import full_form
from consolidation.english.wordlist import words

_MODALS = ("would", "should", "must", "could", "will", "shall")


def short_forms(piece: Piece) -> list[Piece]:
    """ "my brother Tom" as "Tom" and "my brother"; nothing where there is no second name."""
    head = piece.head
    skip = len(piece.prep.split())
    lead, rest = piece.words[:skip], piece.words[skip:]
    if _is_bare_kin(rest):
        return _owned_kin(piece, lead, rest)
    appositive = head.child("appos") or _distant_name(piece)
    if appositive is not None and any(w.i == appositive.i - 1 and w.tag == "IN" for w in rest):
        appositive = None  # "our flight to Lisbon"
    if appositive is not None and appositive in rest and piece.words[-1].dep != "conj":
        name = [w for w in rest if w in appositive.subtree() and w.tag != ","]
        if is_titled(appositive) and name[:1] and name[0].tag == "DT":
            name = name[1:]
        noun = [w for w in rest if w not in appositive.subtree() and w.tag != ","]
        pairs = ((_as_person(piece, name, appositive)), (noun, head))
        return [replace(piece, words=(*lead, *words), head=top) for words, top in pairs if words]
    titles = [w for w in rest if w.is_noun and not w.is_proper and w.parent is head]
    if head.is_proper and titles and rest[0].tag == "PRP$":
        last = titles[-1]
        name = [w for w in rest if w.i > last.i]
        noun = [w for w in rest if w.i <= last.i]
        pairs = ((_as_person(piece, name, head)), (noun, last))
        return [replace(piece, words=(*lead, *words), head=top) for words, top in pairs if words]
    return []


def _is_bare_kin(rest: Sequence[Word]) -> bool:
    """ "Cousin Priya", "Dad": kin as a title or a name, and so the owner's own."""
    named = bool(rest) and all(word.is_proper and word.text[:1].isupper() for word in rest[1:])
    return named and rest[0].is_noun and rest[0].text[:1].isupper() and is_a(rest[0].text, "kin")


def _owned_kin(piece: Piece, lead: Sequence[Word], rest: Sequence[Word]) -> list[Piece]:
    """ "Cousin Priya" as "my cousin Priya", "my cousin", "Priya"; "Dad" as "my dad"."""
    title, name = rest[0], rest[1:]
    kin = replace(title, text=title.lower, tag="NN", dep="nmod", space=True)
    my = replace(title, text="my", lemma="my", tag="PRP$", dep="poss", entity="", space=True)
    forms = [replace(piece, words=(*lead, my, kin), head=kin)]
    if name:
        bare, top = _as_person(piece, list(name), name[-1])
        forms.insert(0, replace(piece, words=(*lead, my, kin, *name), head=top))
        forms.append(replace(piece, words=(*lead, *bare), head=top))
    return forms


def _distant_name(piece: Piece) -> Word | None:
    """ "my best friend from school, Ingrid": the name that the parser hung on the school."""
    return next(
        (
            word
            for word in piece.words
            if word.dep == "appos" and word.is_proper and piece.is_living
            if word.parent is not None and word.parent.dep == "pobj" and not word.parent.is_proper
            if not is_living_noun(word.parent.text)
        ),
        None,
    )


def _as_person(piece: Piece, name: list[Word], top: Word) -> tuple[list[Word], Word]:
    """The name of a person or an animal, marked as one where the parser did not see it."""
    if not piece.is_living or top.entity == "PERSON":
        return name, top
    person = replace(top, entity="PERSON")
    return [person if word is top else word for word in name], person


def plain(clause: Clause) -> Clause:
    """The clause as questions name it: no apposition between commas, nothing that will not last."""
    clause = _lasting(clause)
    if not any(word.tag == "," for word in clause.subject.words):
        return clause
    forms = short_forms(clause.subject) or _without_apposition(clause.subject)
    return replace(clause, subject=forms[-1]) if forms else clause


def _without_apposition(subject: Piece) -> list[Piece]:
    """ "Tom and Aisha, our neighbours" as "Tom and Aisha"."""
    comma = next(k for k, word in enumerate(subject.words) if word.tag == ",")
    apart = any(w.dep == "appos" for w in subject.words[comma + 1 :])
    kept = subject.words[:comma]
    return [replace(subject, words=kept)] if apart and subject.head in kept else []


_FLEETING = frozenset(words("again finally just too also actually really apparently meanwhile"))


def _lasting(clause: Clause) -> Clause:
    """The clause without "just", "finally", "again", which no one repeats when asking."""
    pieces = [_without_fleeting(piece) for piece in clause.pieces]
    adverbs = tuple(word for word in clause.adverbs if word.lower not in _FLEETING)
    return replace(clause, adverbs=adverbs, pieces=tuple(piece for piece in pieces if piece.words))


def _without_fleeting(piece: Piece) -> Piece:
    kept = list(piece.words)
    while kept and kept[-1].lower in _FLEETING and kept[-1].tag == "RB":
        kept.pop()
    return piece if len(kept) == len(piece.words) else replace(piece, words=tuple(kept))


def variants(clause: Clause, aliases: Mapping[str, str]) -> list[Clause]:
    """Clauses that say the same in other words, the nearest first."""
    found = list(_shortened(_lasting(clause)))
    found += _aliased(plain(clause), aliases)
    called = (one for one in renamed(plain(clause)) if same_number(clause, one))
    turns = zip_longest(called, _resaid(plain(clause)))
    return [*found, *(one for turn in turns for one in turn if one is not None)]


def _shortened(clause: Clause) -> Iterator[Clause]:
    for form in [] if clause.lemma == "call" else short_forms(clause.subject):
        yield replace(clause, subject=form)
    if clause.joint:
        yield replace(clause, subject=_we(clause.subject))
    for piece in clause.pieces:
        stays = piece.role == "complement" and clause.copular
        for form in [] if stays else short_forms(piece):
            yield _with_piece(clause, piece, form)


def _we(subject: Piece) -> Piece:
    """ "Mira and I" as "we"."""
    we = replace(subject.head, text="we", lemma="we", tag="PRP", entity="", children=[])
    return replace(subject, words=(we,), head=we)


def _aliased(clause: Clause, aliases: Mapping[str, str]) -> Iterator[Clause]:
    """The name for "my cat", and "my cat" for the name, as the message gave them."""
    for piece in (clause.subject, *clause.pieces):
        other = aliases.get(piece.noun.lower()) if piece.role != "complement" else None
        naming = clause.lemma in ("call", "name") and piece is clause.subject
        if (
            other is None
            or naming
            or (clause.copular and clause.of("complement") and piece.role != "subject")
        ):
            continue
        name = replace(
            piece.head,
            text=other,
            tag="NNP",
            entity="PERSON" if piece.is_living else "",
            children=[],
        )
        form = replace(piece, words=(*piece.words[: len(piece.prep.split())], name), head=name)
        yield (
            replace(clause, subject=form)
            if piece is clause.subject
            else _with_piece(clause, piece, form)
        )


def _resaid(clause: Clause) -> Iterator[Clause]:
    phrasal = bool(clause.of("particle")) or any(len(p.prep.split()) > 1 for p in clause.pieces)
    if not clause.copular and not phrasal:
        for verb in synonyms("v", clause.lemma):
            tag = clause.verb.tag if clause.verb.tag != "VB" else "VB"
            text = verb if tag in ("VB", "VBP") else verb_form(verb, tag)
            again = replace(clause.verb, text=text, lemma=verb)
            yield replace(clause, verb=again)
    for piece in (clause.subject, *clause.pieces):
        for i, word in enumerate(piece.words):
            article = piece.words[i - 1].lower if i else ""
            for other in _other_nouns(word):
                if article in ("a", "an") and not with_article(other).startswith(f"{article} "):
                    continue
                again = replace(word, text=other)
                words = (*piece.words[:i], again, *piece.words[i + 1 :])
                form = replace(piece, words=words, head=again if word is piece.head else piece.head)
                if piece is clause.subject:
                    yield replace(clause, subject=form)
                else:
                    yield _with_piece(clause, piece, form)


def _other_nouns(word: Word) -> list[str]:
    owner = word.child("poss")
    if word.lower == "surgery" and owner is not None and owner.is_noun:
        return []  # "the vet's surgery" is no operation
    if word.is_noun and not word.is_proper and word.dep != "compound":
        one = singular(word.text)
        return [other if one == word.lower else plural(other) for other in synonyms("n", one)]
    if word.tag == "JJ":
        return list(synonyms("a", word.lower))
    return []


def _with_piece(clause: Clause, old: Piece, new: Piece) -> Clause:
    return replace(clause, pieces=tuple(new if piece is old else piece for piece in clause.pieces))


def gerund(clause: Clause) -> str | None:
    """ "moving to Lisbon", for what the owner does or is."""
    if not clause.speaker or clause.passive or clause.lemma == "use" or clause.finite in _MODALS:
        return None
    verb = "being" if clause.copular else verb_form(base_form(full_form(clause.verb)), "VBG")
    core = [
        p
        for p in clause.pieces
        if p.role not in ("time", "duration", "reason", "rest", "frequency")
    ]
    if clause.copular and not core:
        return None  # "being" alone brings nothing up
    if not core and not clause.pieces and not clause.denied:
        return verb
    denied = "not " if clause.denied else ""
    return " ".join([f"{denied}{verb}", *(mid_sentence(piece) for piece in core)])
