"""Pieces: the constituents of a parsed clause, each with the role it plays."""

from dataclasses import replace

from consolidation.english.asking import CHOOSING
from consolidation.english.clauses import Clause, Piece, Role, is_person
from consolidation.english.hypernyms import is_a
from consolidation.english.idioms import QUARRELLING, as_idioms
from consolidation.english.inflection import base_form
from consolidation.english.joining import GROUPED, WAYS, joined
from consolidation.english.parsing import Sentence, Word
from consolidation.english.person import full_form
from consolidation.english.phrases import (
    adverbial_noun,
    is_day_of_month,
    is_number,
    next_to,
    unpunctuated,
)
from consolidation.english.roles import clausal_role, is_rate, is_time, role_of_phrase
from consolidation.english.wordlist import words

_TIME_ADVERBS = frozenset(
    words(
        "today tomorrow yesterday tonight recently lately now currently soon nowadays ago "
        "already later before"
    )
)
_RATES = frozenset(words("once twice daily weekly monthly yearly nightly annually"))
_PLACE_ADVERBS = words("here there abroad upstairs downstairs outside inside home nearby")
_GERUND_TAKING = frozenset(
    words(
        "love like hate enjoy prefer quit stop start begin practise practice avoid miss dread adore"
    )
)
_GIVING = ("give", "lend", "send", "sell", "show", "hand", "pass", "offer", "write", "return")
_LIGHT = ("birth", "way", "care", "part", "place", "rise", "advantage", "notice", "sense", "fun")
"""Objects that are part of the verb: "give birth", "take part"."""
_COMMUTING = ("bike", "cycle", "commute", "walk", "drive", "run", "ride", "go", "travel", "get")
_SPLIT = frozenset(words("at in on near under from behind inside next off"))


def read_clause(sentence: Sentence) -> Clause | None:
    """The clause of a simple sentence; None when it has no subject and verb that we can see."""
    verb = sentence.root
    subject = verb.child("nsubj", "nsubjpass", "csubj", "expl")
    if not verb.is_verb or subject is None or subject.i > verb.i:
        return None
    helpers = _helpers(verb)
    negation = next(
        (w for w in verb.children if w.dep == "neg" and w.lower in ("n't", "not")), None
    )
    adverbs = tuple(
        w
        for w in verb.children
        if w.dep in ("advmod", "neg")
        and subject.i < w.i < verb.i
        and w is not negation
        and not w.children
        and w.lower not in ("not", "n't")
    )
    if base_form(full_form(verb)) == "be" and not helpers:
        adverbs += tuple(
            w
            for w in verb.children
            if w.dep in ("advmod", "neg")
            and w.i == verb.i + 1
            and w is not negation
            and w.lower not in _PLACE_ADVERBS
            and not w.children
            and not _leads_place(w, verb)
        )
    used = {verb, *helpers, *adverbs, *subject.subtree()} | ({negation} if negation else set())
    pieces = _pieces(verb, used)
    if verb.tag == "VB" and not helpers and full_form(verb).lower() == "be":
        return None
    return Clause(
        Piece("subject", tuple(subject.subtree()), subject),
        helpers,
        negation,
        adverbs,
        verb,
        tuple(pieces),
        sentence.words,
    )


def _helpers(verb: Word) -> tuple[Word, ...]:
    """The auxiliaries; with "are" of "are getting married", which hangs below "getting"."""
    near = [w for w in verb.children if w.dep in ("aux", "auxpass") and w.i < verb.i]
    below = [w for helper in near for w in helper.children if w.dep in ("aux", "auxpass")]
    found = [w for w in (*near, *below) if w.lower != "to"]
    return tuple(sorted(found, key=lambda word: word.i))


def _leads_place(adverb: Word, verb: Word) -> bool:
    """ "over" in "over at my sister's"."""
    behind = next((w for w in verb.children if w.i == adverb.i + 1), None)
    return adverb.lower in WAYS and behind is not None and behind.dep == "prep"


def _pieces(verb: Word, used: set[Word]) -> list[Piece]:
    pieces: list[Piece] = []
    for child in verb.children:
        if child in used or child.dep in ("punct", "cc", "intj", "mark", "aux", "preconj"):
            continue
        pieces += _read(child, verb)
    return as_idioms(joined(sorted(pieces, key=lambda piece: piece.words[0].i), verb), verb)


def _read(child: Word, verb: Word) -> list[Piece]:
    words = tuple(unpunctuated(child.subtree()))
    if not words:
        return []
    if child.dep == "prt":
        return [Piece("particle", words, child)]
    if (
        child.dep == "xcomp"
        and not child.children
        and (not child.is_verb or verb.lemma in _GERUND_TAKING)
    ):
        return [Piece("complement" if child.tag.startswith("JJ") else "object", words, child)]
    if child.dep == "xcomp" and child.lower == "work" and base_form(verb.text) in _COMMUTING:
        own = tuple(word for word in words if word is child or word.dep == "aux")
        lower = [w for w in child.children if w not in own and w.dep not in ("punct", "cc")]
        place = Piece("place", own, child, own[0].lower)
        return [place, *(piece for word in lower for piece in _read(word, verb))]
    if child.dep == "xcomp" and child.is_verb and child.child("nsubj", "mark") is None:
        return _chained(child)
    told = child.child("nsubj")
    wished = child.dep in ("ccomp", "xcomp") and told is not None and told.tag == "PRP"
    if wished and told is not None and any(w.lower == "to" for w in child.children):
        return [Piece("particle", (told,), told), *_chained(child)]
    done = child.tag == "VBN" or (child.tag == "VBD" and verb.lemma == "want")
    if child.dep == "ccomp" and done and verb.lemma in ("have", "get", "want"):
        return _caused(child, verb)
    if child.dep in ("ccomp", "xcomp", "advcl", "conj", "acl", "relcl", "parataxis", "pcomp"):
        return [Piece(clausal_role(child), words, child)]
    prepositional = child.dep in ("prep", "agent", "dative", "acomp", "attr")
    if prepositional and child.tag in ("IN", "TO", "RP", "VBG", "RB"):
        return _prepositional(child, words, verb)
    if child.dep in ("attr", "acomp") and is_day_of_month(child, words):
        return [Piece("time", words, child)]
    if child.dep in ("attr", "acomp") and child.is_noun and words[0].tag == "IN":
        return [Piece("topic", words, child, words[0].lower)]
    if child.dep in ("attr", "acomp", "oprd") and not child.tag.startswith("VBZ"):
        return _with_tail("complement", child, words, verb)
    spent = child.dep == "dobj" and verb.lemma in ("have", "spend", "take", "get", "book")
    if is_rate(words) and not spent:
        return [Piece("frequency", words, child)]
    if child.dep in ("dobj", "dative", "appos", "nsubj") and not child.is_verb:
        if (
            child.tag in ("PRP", "DT", "WP", "EX")
            and not child.children
            and child.lower not in ("me", "us")
        ):
            return [Piece("particle", words, child)]
        if verb.lemma == "work" and is_time(child):
            return [Piece("time", words, child)]
        if child.lower in _LIGHT and not child.children:
            return [Piece("particle", words, child)]
        turned = verb.lemma in ("turn", "become") and child.tag == "CD"
        role: Role = "complement" if turned else "object"
        siblings = {other.dep for other in verb.children}
        human = is_person(child) or child.is_proper
        receives = child.dep == "dative" or (child.dep == "dobj" and human and "ccomp" in siblings)
        return _with_tail("recipient" if receives else role, child, words, verb)
    leads = child.lower in WAYS and child.dep == "advmod" and child.i > verb.i
    if leads and child.child("prep") is not None:
        return _way(child, verb)
    if child.dep == "npadvmod":
        return [adverbial_noun(child, words)]
    if child.dep == "advmod":
        if child.lower in _PLACE_ADVERBS:
            return [Piece("place", words, child)]
        if child.lower in _RATES:
            return [Piece("frequency", words, child)]
        if len(words) > 1 and all(word.lower in (*WAYS, "in", "on") for word in words):
            return [Piece("particle", words, child)]  # "moved back in with my parents"
        if child.lower == "next" and child.child("prep") is not None:
            return next_to(child, words)
        if child.lower in (*WAYS, "forward", "in") and child.i > verb.i and verb.lemma != "be":
            return [Piece("particle", words, child)]  # "brought forward to Tuesday"
        return [Piece("time" if child.lower in _TIME_ADVERBS else "rest", words, child)]
    return [Piece("rest", words, child)]


def _way(adverb: Word, verb: Word) -> list[Piece]:
    """ "off to Slovenia": the adverb, and the phrase that the parser hung below it."""
    below = [w for w in adverb.children if w.dep not in ("punct", "cc")]
    pieces = [piece for lower in below for piece in _read(lower, verb)]
    first = pieces[0] if pieces else None
    if first is not None and is_number(first.head) and verb.lemma == "be":
        return [Piece("rest", tuple(unpunctuated(adverb.subtree())), adverb)]  # "down to forty"
    if first is not None and first.role == "topic" and verb.lemma == "be" and not first.is_person:
        pieces[0] = Piece("place", first.words, first.head, first.prep)
    return [Piece("rest" if verb.lemma == "be" else "particle", (adverb,), adverb), *pieces]


def _chained(child: Word) -> list[Piece]:
    """ "to play the cello" behind "want": the verb stays, what hangs on it can be asked for."""
    own = [
        word
        for word in child.subtree()
        if word is child
        or (
            word in child.children
            and word.dep in ("aux", "auxpass", "neg", "prt", "advmod")
            and word.i < child.i
        )
    ]
    pieces = [Piece("chain", tuple(own), child)]
    for lower in child.children:
        if lower not in own and lower.dep not in ("punct", "cc", "nsubj"):
            pieces += _read(lower, child)
    return pieces


def _caused(child: Word, verb: Word) -> list[Piece]:
    """ "my appendix removed" behind "had": what was removed can be asked for."""
    pieces = [Piece("chain", (child,), child)]
    for lower in child.children:
        if lower.dep in ("nsubj", "nsubjpass"):
            pieces += _with_tail("object", lower, tuple(unpunctuated(lower.subtree())), verb)
        elif lower.dep not in ("punct", "cc"):
            below = _read(lower, verb)
            doer = bool(below) and below[0].prep == "by" and below[0].role in ("manner", "place")
            pieces += [replace(below[0], role="agent"), *below[1:]] if doer else below
    return sorted(pieces, key=lambda piece: piece.words[0].i)


def _with_tail(role: Role, head: Word, words: tuple[Word, ...], verb: Word) -> list[Piece]:
    """A noun phrase or adjective, and the adverbials that the parser hung below it."""
    tails: list[Piece] = []
    own = set(words)
    last = next((w for w in reversed(head.children) if w.i > head.i and w.dep == "prep"), None)
    inner = last.child("pobj") if last is not None and last.lower == "of" else None
    below_of = [w for w in inner.children if w.i > inner.i] if inner is not None else []
    for child in reversed([*head.children, *below_of]):
        if child.dep not in ("prep", "npadvmod") or child.i < head.i or not own:
            continue
        below = unpunctuated(child.subtree())
        if not below or below[-1] is not max(
            unpunctuated(sorted(own, key=lambda w: w.i)), key=lambda w: w.i
        ):
            break
        found = (
            _prepositional(child, tuple(below), verb)
            if child.dep == "prep"
            else [adverbial_noun(child, tuple(below))]
        )
        piece = found[0]
        adjective = head.tag.startswith("JJ") or head.tag in ("VBN", "VBD")
        timed = piece.role in ("time", "duration", "frequency") or piece.head.lower == "moment"
        split = timed or piece.role == "companion" or adjective
        split = split or (piece.role == "place" and piece.prep.split()[0] in _SPLIT)
        if head.lower in GROUPED and piece.prep == "of":
            split = adjective = True
        if piece.prep == "from" and is_person(head):
            split = False
        wanted = verb.lemma in CHOOSING or is_a(head.text, "medicine")
        split = split or (piece.prep == "for" and wanted)
        split = split or (piece.prep in ("over", "about") and verb.lemma in QUARRELLING)
        if piece.prep == "to" and verb.lemma in _GIVING and is_person(piece.head):
            split = True
        if not split or (piece.prep == "of" and not adjective):
            break
        tails = [*found, *tails]
        own -= set(below)
    kept = tuple(unpunctuated([word for word in words if word in own]))
    return [Piece(role, kept, head), *tails] if kept else tails


def _prepositional(prep: Word, words: tuple[Word, ...], verb: Word) -> list[Piece]:
    noun, name = prep.child("pobj", "pcomp"), prep.lower
    inner = prep.child("prep")
    if noun is None and inner is not None:
        noun = inner.child("pobj", "pcomp")
        name = f"{prep.lower} {inner.lower}"
    if noun is not None and noun.tag == "IN":
        name = f"{prep.lower} {noun.lower}"
        noun = noun.child("pobj") or prep.child("pobj")
    if noun is None:  # "is being operated on"
        return [Piece("particle" if len(words) == 1 else "rest", words, prep)]
    if [word.lower for word in words[: len(name.split())]] != name.split():
        return [Piece("rest", words, noun)]
    role = role_of_phrase(name, noun, verb)
    if noun.is_verb:
        return [Piece("rest" if role == "place" else role, words, noun, name)]
    if name in ("about", "of", "like") or (name == "as" and noun.lower in GROUPED):
        return [Piece(role, words, noun, name)]
    first, *tails = _with_tail(role, noun, words, verb) or [Piece(role, words, noun)]
    return [Piece(role, first.words, noun, name), *tails]
