"""Naming: what a sentence names in passing ("my dog Biscuit", "a guy called Duncan")."""

import re
from collections.abc import Iterator, Sequence

from consolidation.english.anchors import is_dated
from consolidation.english.hypernyms import is_living_noun
from consolidation.english.inflection import base_form
from consolidation.english.parsing import Sentence, Word
from consolidation.english.person import first_person
from consolidation.english.wordlist import words

_NOT_NAMES = ("DATE", "TIME", "NORP", "LANGUAGE", "CARDINAL", "ORDINAL", "MONEY")
_OWNING = frozenset(words("have get own adopt buy rescue inherit foster keep take"))


def namings(sentence: Sentence) -> list[str]:
    """ "My dog is called Biscuit." for every name that the sentence gives in passing."""
    words = sentence.words
    found = [
        *_called(words, sentence.root),
        *_named_after_noun(words),
        *_named_before_noun(words),
        *_listed(words),
        *_given(words, sentence.root),
    ]
    return list(dict.fromkeys(found))


def definite(noun: str) -> str:
    """A noun phrase with "the" for its indefinite article, as a sentence opens with it."""
    noun = re.sub(r"^(?:an?|one|some) ", "the ", noun, flags=re.IGNORECASE)
    return noun[:1].upper() + noun[1:]


def _called(words: Sequence[Word], root: Word) -> Iterator[str]:
    """ "a greyhound called Biscuit": the owner's own where the owner has or gets it."""
    for i, word in enumerate(words):
        noun = word.parent
        if (
            word.lower not in ("called", "named")
            or word.dep not in ("acl", "relcl")
            or noun is None
        ):
            continue
        name = _proper_run(words, i + 1)
        if not name or not noun.is_noun or noun.is_proper:
            continue
        phrase = [w for w in noun.subtree() if w.i < word.i and (w is noun or w.parent is noun)]
        phrase = [
            w for w in phrase if w.dep in ("det", "poss", "amod", "compound", "nummod") or w is noun
        ]
        if noun.tag == "NN" and not any(w.dep in ("det", "poss", "nummod") for w in phrase):
            continue  # "the physio, woman called Bethan"
        for owner in [w for w in phrase if w.dep == "poss"]:
            phrase = sorted({*phrase, *owner.subtree()}, key=lambda w: w.i)
        subject = root.child("nsubj")
        own = noun.dep == "dobj" and noun.parent is root and root.lemma in _OWNING
        text = first_person(phrase)
        if noun.dep == "attr" and subject is not None and subject.is_noun and not subject.is_proper:
            text = first_person([w for w in subject.subtree() if w.tag != ","])
        if own and subject is not None and subject.lower in ("i", "we"):
            text = re.sub(r"^(?:an?|one) ", "my " if subject.lower == "i" else "our ", text)
        yield f"{definite(text)} is called {name}."


def _named_after_noun(words: Sequence[Word]) -> Iterator[str]:
    """ "my dog Biscuit", "my sister's husband, Rafael,"."""
    for i, word in enumerate(words):
        if word.tag != "PRP$" or word.lower not in ("my", "our"):
            continue
        end = i + 1
        while end < len(words) and words[end].tag in ("JJ", "JJR", "JJS", "VBN", "POS", "NN", "CD"):
            end += 1
        if end == i + 1 or not names_living(words[end - 1]):
            continue
        apart = end < len(words) and words[end].tag == ","
        name = _proper_run(words, end + apart)
        after = end + apart + len(name.split())
        closed = not apart or after >= len(words) or words[after].tag in (",", ".")
        owner = after < len(words) and words[after].tag == "POS"
        if name and closed and not owner:
            yield f"{definite(first_person(words[i:end]))} is called {name}."


def _named_before_noun(words: Sequence[Word]) -> Iterator[str]:
    """ "Sofie, my ex, kept the dog"."""
    for i, word in enumerate(words):
        noun = word if word.dep == "appos" else None
        if (
            noun is None
            or noun.parent is None
            or not noun.parent.is_proper
            or is_dated(noun.parent.text)
            or not names_living(noun)
            or noun.tag == "NNS"
        ):
            continue
        phrase = [w for w in noun.subtree() if w.tag not in (",", ".") and w.i <= noun.i]
        name = " ".join(
            w.text for w in noun.parent.subtree() if w.is_proper and w.i <= noun.parent.i
        )
        if phrase and phrase[0].lower in ("my", "our") and i > noun.parent.i:
            yield f"{definite(first_person(phrase))} is called {name}."


def _given(words: Sequence[Word], root: Word) -> Iterator[str]:
    """ "we named the boat Esmeralda"."""
    if base_form(root.text) not in ("name", "call", "christen") or root.child("auxpass"):
        return
    for i, word in enumerate(words[:-1]):
        if word.i > root.i and word.is_noun and not word.is_proper and words[i + 1].is_proper:
            phrase = list(words[words.index(root) + 1 : i + 1])
            name = _proper_run(words, i + 1)
            if name and phrase[0].tag in ("DT", "PRP$") and phrase[0].lower not in ("a", "an"):
                yield f"{definite(first_person(phrase))} is called {name}."
            return


def _listed(words: Sequence[Word]) -> Iterator[str]:
    """ "two cats, Pixel and Mochi"."""
    for i, word in enumerate(words):
        if word.tag != "NNS" or not names_living(word) or i + 1 >= len(words):
            continue
        if words[i + 1].tag not in (",", ":", "HYPH", "NFP"):
            continue
        run: list[Word] = []
        for after in words[i + 2 :]:
            if not (after.is_proper or after.tag in (",", "CC")) or (
                after.tag == "CC" and after.lower != "and"
            ):
                break
            run.append(after)
        while run and not run[-1].is_proper:
            run.pop()
        if sum(name.is_proper for name in run) > 1 and any(name.tag == "CC" for name in run):
            count = [w for w in word.children if w.tag == "CD" or w.dep == "amod"]
            owner = next((w.text for w in word.children if w.tag == "PRP$"), _owner_of(word))
            if owner is None:
                continue
            noun = " ".join([owner, *[w.text for w in count], word.text])
            yield f"{definite(noun)} are called {first_person(run)}."


def _owner_of(word: Word) -> str | None:
    """ "my", where the owner has them: "we have two cats"."""
    verb = word.parent
    subject = verb.child("nsubj") if verb is not None else None
    if verb is None or verb.lemma not in _OWNING:
        return "my" if verb is None or word.dep == "ROOT" else None
    return "my" if subject is None or subject.lower in ("i", "we") else None


def names_living(word: Word) -> bool:
    """Whether a common noun denotes a person or an animal."""
    return word.is_noun and not word.is_proper and is_living_noun(word.text)


def _proper_run(words: Sequence[Word], start: int) -> str:
    run: list[str] = []
    for word in words[start:]:
        name = word.is_proper or (not run and word.tag in ("UH", "FW") and word.entity == "PERSON")
        if not name or not word.text[:1].isupper() or word.entity in _NOT_NAMES:
            break
        run.append(word.text)
    return " ".join(run)
