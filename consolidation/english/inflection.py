"""Inflection: forms of verbs and nouns, negative contractions, articles."""

from functools import cache

from lemminflect import getAllLemmas, getInflection, getLemma

NEGATIVE = {
    "can": "can't",
    "will": "won't",
    "shall": "shan't",
    "do": "don't",
    "does": "doesn't",
    "did": "didn't",
    "is": "isn't",
    "are": "aren't",
    "was": "wasn't",
    "were": "weren't",
    "have": "haven't",
    "has": "hasn't",
    "had": "hadn't",
    "would": "wouldn't",
    "should": "shouldn't",
    "could": "couldn't",
    "must": "mustn't",
    "need": "needn't",
}

_KNOWN = {
    "got": "get",
    "left": "leave",
    "found": "find",
    "felt": "feel",
    "saw": "see",
    "ground": "grind",
    "wound": "wind",
    "fell": "fall",
    "bore": "bear",
    "lay": "lie",
    "born": "bear",
}


@cache
def is_listed(word: str) -> bool:
    """Whether a dictionary has the word as a noun, verb, adjective or adverb."""
    return bool(getAllLemmas(word))


@cache
def lemmas(word: str) -> frozenset[str]:
    """What a word is a form of, as any part of speech: "left" -> "left", "leave"."""
    return frozenset(lemma.lower() for found in getAllLemmas(word).values() for lemma in found)


@cache
def base_form(word: str) -> str:
    """The infinitive of a verb form: "moved" -> "move"."""
    lower = word.lower()
    if lower in _KNOWN:
        return _KNOWN[lower]
    lemmas = getLemma(lower, upos="VERB")
    return str(lemmas[0]) if lemmas else lower


@cache
def verb_form(base: str, tag: str) -> str:
    """An infinitive inflected to a Penn tag: ("move", "VBZ") -> "moves"."""
    if base == "be":
        return {"VBZ": "is", "VBP": "are", "VBD": "was", "VBN": "been", "VBG": "being"}[tag]
    forms = getInflection(base, tag=tag)
    return str(forms[0]) if forms else base


@cache
def singular(noun: str) -> str:
    """The singular of a common noun: "walnuts" -> "walnut"."""
    lemmas = getLemma(noun.lower(), upos="NOUN")
    return str(lemmas[0]) if lemmas else noun.lower()


@cache
def plural(noun: str) -> str:
    """The plural of a common noun: "walnut" -> "walnuts"."""
    forms = getInflection(noun.lower(), tag="NNS")
    return str(forms[0]) if forms else noun


def with_article(noun: str) -> str:
    """A noun phrase behind its indefinite article."""
    vowel = noun[:1].lower() in "aeiou" and not noun.lower().startswith(("uni", "eu", "one", "use"))
    return f"{'an' if vowel or noun.lower().startswith(('hour', 'honest')) else 'a'} {noun}"
