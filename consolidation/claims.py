"""Claims: a statement taken apart for comparison: who, does what, with which values."""

import re
from dataclasses import dataclass
from functools import lru_cache

from consolidation.corrections import adds, taken_back
from consolidation.hypernyms import classes_of, is_a, is_person_noun
from consolidation.inflection import base_form, singular
from consolidation.lexicon import synonyms
from consolidation.moments import Moment, read_moments, without_moments
from consolidation.parsing import Sentence, Word, parse, repaired
from consolidation.person import full_form
from consolidation.senses import NUMBERS, sense_of
from consolidation.wordlist import words

OWNER = "you"
_EMPTY = frozenset(
    words(
        "a an the this that these those your you my our his her its their i we he she it they "
        "him them me us yourself own some any all of and or not no longer now still already just "
        "only anymore more again same there here new old current former other first second "
        "instead so then also too very really as well is are was were be been being am has have "
        "had do does did will would shall should can could may might must to at in on for with "
        "from by about into up out off down over who which whose what when where"
    )
)
_AHEAD = frozenset(words("will shall would plan want hope intend must should"))
_CONTRAST = re.compile(
    r",?\s*\b(?:instead of|rather than|in place of|(?:and|but) not|(?:and|but) no longer)\s+"
    r"[^,.;]*|,\s*not\s+[^,.;]*",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:now|instead|no longer|any ?more|moved|changed|postponed|brought forward|"
    r"rescheduled|shifted|pushed|delayed|reduced|from now on|taken over|takes over|switched|"
    r"replac\w+)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"n't\b|\b(?:not|never|no longer|no more|cannot|unable)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one statement says. Words are lower case and without inflection."""

    text: str
    owner: bool
    """The owner is the subject, alone or with others."""
    subject: frozenset[str]
    """Content words and names of the subject."""
    names: frozenset[str]
    """Of `subject`, the names of its head: "your brother Dwayne" -> {"dwayne"}."""
    head: str
    """The noun or name that the subject is about."""
    possessors: frozenset[str]
    """Whose the subject is: {"you"}, {"ira"}."""
    person: bool
    senses: frozenset[str]
    """What is done, of the main verb and those below and beside it."""
    main: str
    """The sense of the main verb."""
    objects: tuple[frozenset[str], ...]
    """Noun phrases behind the verb, each with all words below its head."""
    heads: tuple[str, ...]
    """Of `objects`, the nouns on top."""
    rest: frozenset[str]
    """Content words behind the subject, without times and verbs."""
    proper: frozenset[str]
    """Of all words, the names."""
    moments: tuple[Moment, ...]
    amounts: tuple[tuple[str, float], ...]
    """Unit and number."""
    denied: bool
    past: bool
    """It tells an event that is over: simple past."""
    ahead: bool
    """It tells a plan or something under way: future or progressive."""
    changed: bool
    """Its own words say that it is new: "now", "has been moved"."""
    adding: bool
    """ "also", "another"."""
    dropped: frozenset[str]
    """Words of what it names as no longer so: "instead of Dwayne"."""
    dropped_moments: tuple[Moment, ...]

    @property
    def words(self) -> frozenset[str]:
        return self.subject | self.rest


@lru_cache(maxsize=8192)
def read_claim(text: str) -> Claim:
    """The claim of a statement; parsed once and remembered."""
    kept = _CONTRAST.sub("", text).strip()
    contrasts = " ".join(match[0] for match in _CONTRAST.finditer(text))
    back = " ".join((contrasts, *_sources(kept)))
    sentence = _sentence(kept)
    aside = _aside(sentence)
    core = [word for word in sentence.words if word not in aside]
    verb, subject = _verb_and_subject(sentence, core)
    below = [word for word in subject if word not in aside]
    head = _head(below)
    inner = set(below)
    behind = [word for word in core if word not in inner]
    said = "".join(word.text + " " * word.space for word in core)
    timed = _timed(said)
    rest = [w for w in behind if not w.is_verb and _norm(w) not in timed]
    objects = [
        w
        for w in rest
        if w.is_noun and w.dep in ("dobj", "attr", "pobj", "oprd", "dative", "conj", "nsubj")
    ]
    verbs = [word for word in behind if word.is_verb and word.dep not in ("aux", "auxpass", "amod")]
    main = sense_of(full_form(verb), _particle(verb)) if verb is not None else ""
    dropped = content(back)
    return Claim(
        text,
        any(word.lower == OWNER for word in below if word.dep != "pobj"),
        frozenset(_content(below)),
        frozenset(_norm(w) for w in _near(head) if _names(w)) if head is not None else frozenset(),
        _norm(head) if head is not None else "",
        frozenset(_possessors(head)) if head is not None else frozenset(),
        head is not None and _is_person(head),
        frozenset(sense_of(full_form(v), _particle(v)) for v in verbs) | {main},
        main,
        tuple(frozenset(_content(w.subtree())) - timed for w in objects),
        tuple(_norm(w) for w in objects),
        frozenset(_content(rest)) - dropped,
        frozenset(_norm(w) for w in core if w.is_proper) - timed,
        read_moments(said),
        _amounts(sentence, timed),
        bool(_DENIED.search(said)),
        verb is not None and verb.tag == "VBD" and not _helpers(verb),
        _is_ahead(verb),
        bool(_CHANGE.search(said)) or bool(contrasts),
        adds(said),
        dropped,
        read_moments(back),
    )


def _timed(text: str) -> set[str]:
    """The words that only name moments, as written and without inflection."""
    plain = {word.strip(".") for word in re.findall(r"[\w:.]+", without_moments(text).lower())}
    raw = {word.strip(".") for word in re.findall(r"[\w:.]+", text.lower())} - plain
    return raw | {_plain(word) for word in raw}


def content(text: str) -> frozenset[str]:
    """The content words of a phrase, without parsing it."""
    return frozenset(_words(text)) - _EMPTY


def _words(text: str) -> list[str]:
    found = re.findall(r"[^\W_]+(?:[-.'][^\W_]+)*", text.replace("’", "'"))
    return [_plain(re.sub(r"'s$", "", word.lower())) for word in found]


def _plain(word: str) -> str:
    return NUMBERS.get(word) or _one(word)


def _one(noun: str) -> str:
    """Singular, and of its synonyms the first in the alphabet."""
    single = singular(noun)
    return min((single, *synonyms("n", single)))


def _norm(word: Word) -> str:
    # Also names that the parser takes for plurals: "your daughter Nives".
    if word.is_proper or (word.is_noun and word.i > 0 and word.text[:1].isupper()):
        return re.sub(r"'s$", "", word.lower.rstrip("."))
    return _plain(word.lower)


def _content(below: list[Word] | tuple[Word, ...]) -> list[str]:
    return [
        _norm(word)
        for word in below
        if (word.is_noun or word.tag[:2] in ("JJ", "CD", "VB", "RB", "FW"))
        and _norm(word) not in _EMPTY
        and word.dep not in ("aux", "auxpass")
    ]


def _sources(text: str) -> list[str]:
    """What the statement itself leaves behind: "moving from X to Y", "no longer X"."""
    return [found for found in taken_back(text) if f"from {found}" in text]


def _sentence(text: str) -> Sentence:
    found = parse(text) or parse("Nothing.")
    return repaired(found[0])


def _aside(sentence: Sentence) -> set[Word]:
    """Words of clauses that only explain: "because …", ", who sat next to you"."""
    found: set[Word] = set()
    for word in sentence.words:
        mark = word.child("mark", "advmod")
        reason = word.dep == "advcl" and mark is not None and mark.lower not in ("if",)
        because = word.dep == "prep" and word.lower == "because"
        if (word.dep == "relcl" and _is_real_relative(word)) or reason or because:
            found.update(word.subtree())
    left = [word for word in sentence.words if word not in found]
    # Where the parser hung the main verb below the relative clause, nothing is aside.
    return found if any(word.is_verb for word in left) else set()


def _is_real_relative(verb: Word) -> bool:
    return any(w.tag in ("WP", "WDT", "WP$", "WRB") for w in verb.subtree())


def _verb_and_subject(sentence: Sentence, core: list[Word]) -> tuple[Word | None, list[Word]]:
    """The main verb and the words of its subject; where the parse has none, what is before it."""
    root = sentence.root
    subject = root.child("nsubj", "nsubjpass", "csubj", "expl")
    if root.is_verb and subject is not None and subject.i < root.i:
        names = [w for w in root.children if w.dep == "advmod" and w.is_proper and w.i < root.i]
        return root, [*subject.subtree(), *names]
    at = next(
        (k for k, w in enumerate(core) if k > 0 and w.is_verb and w.dep not in ("amod", "acl")),
        None,
    )
    if at is None:
        return None, core
    verb = next((w for w in core[at:] if w.is_verb and w.dep not in ("aux", "auxpass")), core[at])
    return verb, core[:at]


def _head(below: list[Word]) -> Word | None:
    inside = set(below)
    tops = [w for w in below if w.parent not in inside]
    nouns = [w for w in tops if w.is_noun or w.tag == "PRP"] or [w for w in below if w.is_noun]
    if len(nouns) > 1 and not any(w.tag == "PRP" for w in nouns):
        # A parse without a subject: the first noun phrase before the verb.
        nouns = nouns[
            : next((k for k in range(1, len(nouns)) if nouns[k].i > nouns[k - 1].i + 1), None)
        ]
    # "All four of you": the quantity stands above the people.
    if not nouns and below:
        nouns = [w for w in below if w.tag == "PRP"] or tops
    return nouns[-1] if nouns else None


def _names(word: Word) -> bool:
    """Whether the word is a name; also one that opens the sentence and is no noun we know."""
    if word.is_proper:
        return True
    alone = not any(child.i < word.i for child in word.children)
    return word.i == 0 and word.tag == "NN" and alone and not classes_of(word.lower)


def _near(head: Word) -> list[Word]:
    """The head with its compounds, titles and names in apposition or beside it."""
    near = [head]
    for child in head.children:
        if child.dep in ("compound", "appos", "nmod", "flat", "advmod") and child.is_noun:
            near += [child, *(w for w in child.children if w.dep == "compound")]
    return near


def _possessors(head: Word) -> list[str]:
    found = []
    for child in head.children:
        if child.dep == "poss":
            found.append(OWNER if child.lower in ("your", "my", "our") else _norm(child))
        if child.dep == "prep" and child.lower == "of":
            noun = child.child("pobj")
            if noun is not None and noun.is_noun:
                found.append(_norm(noun))
    return found


def _is_person(head: Word) -> bool:
    if head.tag == "PRP":
        return True
    near = _near(head)
    if any(is_person_noun(w.lower) or is_a(w.lower, "pet", "dog", "cat") for w in near):
        return True
    return _names(head) and head.child("poss", "det") is None


def _particle(verb: Word) -> str:
    found = next(
        (w for w in verb.children if w.i > verb.i and w.i <= verb.i + 2 and w.tag in ("RP", "RB")),
        None,
    )
    return found.lower if found is not None else ""


def _helpers(verb: Word) -> list[str]:
    return [full_form(w).lower() for w in verb.children if w.dep in ("aux", "auxpass")]


def _is_ahead(verb: Word | None) -> bool:
    if verb is None:
        return False
    helpers = _helpers(verb)
    progressive = verb.tag == "VBG" and not {"was", "were"} & set(helpers)
    return progressive or bool(_AHEAD & {*helpers, base_form(full_form(verb)), verb.lower})


def _amounts(sentence: Sentence, timed: set[str]) -> tuple[tuple[str, float], ...]:
    """Counted nouns with their numbers; the dates and clock times are not among them."""
    found: dict[str, float] = {}
    for word in sentence.words:
        number = _number(word)
        noun = word.parent
        if number is None or noun is None or _norm(word) in timed:
            continue
        while noun.dep == "quantmod" and noun.parent is not None:
            noun = noun.parent
        if noun.is_noun or noun.tag.startswith("JJ"):
            found[_norm(noun)] = number
    return tuple(found.items())


def _number(word: Word) -> float | None:
    if word.tag != "CD" and word.lower not in NUMBERS:
        return None
    text = NUMBERS.get(word.lower, word.lower).replace(",", "")
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else None
