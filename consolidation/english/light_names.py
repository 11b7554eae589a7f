"""Light names: what one calls somebody or something for short ("Hannah", "the neighbours' dog").

A statement names its things in full, "the dog that belongs to the couple next door"; who asks weeks
later does not. The forms stand for the whole phrase wherever a question has it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consolidation.english.asking import mid_sentence
from consolidation.english.clauses import Clause, Piece
from consolidation.english.hypernyms import is_known_noun, is_living_noun, is_person_noun
from consolidation.english.inflection import base_form
from consolidation.english.joining import GROUPED
from consolidation.english.parsing import Word
from consolidation.english.person import first_person
from consolidation.english.variants import short_forms
from consolidation.english.wordlist import words

_BEARERS = frozenset(words("called named"))
_NEAR_BY = re.compile(
    r"(?i)\b(?:next door|upstairs|downstairs|opposite|"
    r"(?:across|over) the (?:road|street|hall|way))$"
)
_RESIDENTS = frozenset(
    words("couple people family man woman lady guy lad girl bloke boy student neighbour neighbor")
)
_DOERS = {
    "clean": "cleaner",
    "teach": "teacher",
    "coach": "coach",
    "train": "trainer",
    "drive": "driver",
    "manage": "manager",
    "organise": "organiser",
    "organize": "organizer",
    "paint": "painter",
    "lead": "leader",
    "conduct": "conductor",
}
""" "the woman who cleans our office" is "our office cleaner"."""
_KEEPING = ("run", "own", "deliver", "sell", "have", "keep")
""" "the man who runs the chip shop" is "the chip shop man"."""
_INDEFINITE = re.compile(r"(?i)^(?:an?|some|one of) ")
_DROPPED = frozenset(words("from in at on with near by opposite down up across behind next"))
_LIGHT_ENOUGH = 2
_TELLING = frozenset(("JJ", "NN", "NNS", "NNP", "VBG", "VBN", "HYPH"))
TELLS_APART = frozenset(
    words("other second first last next left right upper lower same only whole few many most")
)
""" "my other car": without it, it is another one."""
TIMES = frozenset(
    words("day night evening morning afternoon week weekend month year time hour minute term")
)
""" "The carnival night" is an event, "the night" is none."""


def light_names(piece: Piece) -> list[str]:
    """Shorter names of what the piece tells of, the clearest first; none where it is short."""
    spoken = piece.words[len(piece.prep.split()) :]
    if len(spoken) < _LIGHT_ENOUGH or not piece.head.is_noun or piece.head not in spoken:
        return []
    if any(word.dep == "conj" for word in piece.head.children):
        return []
    whole = first_person(spoken)
    forms = [form.noun if form.prep else mid_sentence(form) for form in short_forms(piece)]
    forms += _without_tail(piece.head, spoken)
    found = (_known(form) for form in forms if form)
    return [form for form in dict.fromkeys(found) if form.lower() != whole.lower()]


def bare_names(noun: Word) -> tuple[str, list[str]]:
    """A thing as it was named in full, and by its noun: "my rooftop storage pod", "the pod" and
    "the storage pod".

    No shorter names where there are none, or where what goes tells it from others of its kind.
    """
    article = noun.child("det", "poss")
    if article is None or article.lower not in ("the", "my", "our") or noun.is_proper:
        return "", []
    run = [word for word in noun.subtree() if article.i <= word.i <= noun.i]
    told = run[1:-1]
    if not told or len(run) <= noun.i - article.i or noun.lower in TIMES:
        return "", []
    if is_person_noun(noun.text):
        return "", []
    if any(word.tag not in _TELLING or word.lower in TELLS_APART for word in told):
        return "", []
    belonging = [k + 1 for k, word in enumerate(told) if told[0].parent is word]
    dropped = [max((*belonging, 1))]  # "my living room walls": of "living room" nothing stays
    if dropped[0] > 1 and not is_known_noun(first_person(told[: dropped[0]])):
        dropped.append(1)
    forms: list[str] = []
    for first in dropped:
        bare = first_person([*told[first:], noun])
        forms += [f"the {bare}"] + [f"{article.lower} {bare}"] * (article.lower != "the")
    return uncapped(run), forms


def owners_name(owner: Word) -> tuple[str, list[str]]:
    """Whose something is as told in full, and by name alone: "my cockapoo Bella", "Bella"."""
    if not owner.is_proper or owner.dep != "poss":
        return "", []
    run = [word for word in owner.subtree() if word.i <= owner.i]
    titles = [word for word in run if word.is_noun and not word.is_proper]
    if run[0].lower not in ("my", "our") or not titles or not is_living_noun(titles[-1].text):
        return "", []
    name = [word for word in run if word.i > titles[-1].i]
    return uncapped(run), [first_person(name)] * all(word.is_proper for word in name)


def _known(form: str) -> str:
    return _INDEFINITE.sub("the ", form)


def _without_tail(head: Word, spoken: Sequence[Word]) -> Iterator[str]:
    """The phrase without what follows its noun, by all that can stand for it."""
    tails = [word for word in head.children if word.i > head.i and word in spoken]
    if not tails:
        return
    first = min(word.i for tail in tails for word in tail.subtree())
    bare = uncapped([word for word in spoken if word.i < first])
    for tail in tails:
        yield from _of_relative(head, tail)
        if tail.dep == "acl" and tail.lower in _BEARERS:
            name = tail.child("oprd", "dobj", "attr")
            yield first_person(_run(name)) if name is not None and name.is_proper else ""
    near = _NEAR_BY.search(first_person(spoken))
    if near and head.lemma.lower() in _RESIDENTS:
        side = near[0].lower() if near[0].lower() in ("upstairs", "downstairs") else ""
        yield " ".join(f"my {side} {_neighbours(head)}".split())
    if _may_go(head, tails) and any(word.is_noun for word in spoken if word.i < first):
        yield bare


def uncapped(spoken: Sequence[Word]) -> str:
    """The words inside a sentence: "The dog" as "the dog"."""
    text = first_person(spoken)
    return text if not spoken or spoken[0].is_proper else text[:1].lower() + text[1:]


def _run(name: Word) -> list[Word]:
    """A name without what is told of it behind."""
    below = [word for word in name.subtree() if word.is_proper or word.dep in ("compound", "nmod")]
    return [word for word in below if word.i <= name.i]


def _neighbours(head: Word) -> str:
    several = head.tag == "NNS" or head.lower in ("couple", "family")
    return "neighbours" if several else "neighbour"


def _may_go(head: Word, tails: Sequence[Word]) -> bool:
    """Whether the noun alone still says who or what is meant."""
    for tail in tails:
        if tail.dep == "prep":
            if tail.lower not in _DROPPED:
                return False
        elif tail.dep not in ("relcl", "acl", "advmod", "npadvmod", "punct", "appos"):
            return False
    return head.is_proper or head.tag in ("NN", "NNS")


def _of_relative(head: Word, tail: Word) -> Iterator[str]:
    """ "the dog that belongs to my aunt" as "my aunt's dog"."""
    if tail.dep == "prep" and tail.lower == "of" and head.lower in GROUPED:
        group = tail.child("pobj")
        first = group.subtree()[0].lower if group is not None else ""
        if first in ("my", "our"):
            yield f"{first} {head.text}"
    if tail.dep != "relcl":
        return
    verb, opened = base_form(tail.text), tail.child("nsubj")
    if opened is None or opened.lower not in ("that", "which", "who"):
        return
    to, thing = tail.child("prep"), tail.child("dobj")
    if verb == "belong" and to is not None and to.lower == "to":
        owner = to.child("pobj")
        if owner is not None:
            spoken = [word for word in tail.subtree() if word.i > to.i]
            near = _NEAR_BY.search(first_person(spoken))
            if near and near[0].lower().endswith("stairs"):
                yield f"the {near[0].lower()} {head.text}"
            phrase = _owners(owner, spoken)
            yield from (f"{_possessed(text)} {head.text}" for text in phrase)
    if thing is not None and thing.is_noun and not thing.is_proper and is_person_noun(head.text):
        noun = [w for w in thing.subtree() if w.dep in ("compound", "poss") or w is thing]
        noun = [w for w in noun if w.i <= thing.i and w.dep != "case"]
        known = noun[0].lower in ("my", "our")
        kept = first_person(noun) if known else f"the {first_person(noun)}"
        if verb in _DOERS:
            yield f"{kept} {_DOERS[verb]}"
        elif verb in _KEEPING:
            yield f"the {first_person(noun[1:] if known else noun)} {head.text}"


def _owners(owner: Word, spoken: Sequence[Word]) -> list[str]:
    """Names for an owner: "the neighbours", for "the couple next door"."""
    near = _NEAR_BY.search(first_person(spoken))
    if near and owner.lemma.lower() in _RESIDENTS:
        return [f"my {_neighbours(owner)}"]
    piece = Piece("object", tuple(spoken), owner)
    return light_names(piece) or [piece.text]


def _possessed(owner: str) -> str:
    return f"{owner}'" if owner.endswith("s") and not owner[:1].isupper() else f"{owner}'s"


class Lightened:
    """The heavy phrases of a clause, and the light names that take turns with them."""

    def __init__(self, clause: Clause | None, others: Sequence[str] = ()) -> None:
        """`others` are the other sentences of the message: what is short must not mean theirs."""
        self._turn = 0
        self._names: list[tuple[re.Pattern[str], list[str]]] = []
        for piece in (clause.subject, *clause.pieces) if clause is not None else ():
            kept = [form for form in light_names(piece) if not _is_shared(form, others)]
            if kept and piece.role not in ("time", "complement", "chain", "particle"):
                self._names.append((_pattern(replace(piece, role="object")), kept))
            for noun in piece.words:
                whole, forms = bare_names(noun) if noun.is_noun else ("", [])
                if forms and _is_of_kind(noun, whole, others):
                    forms = []
                if not forms:
                    whole, forms = owners_name(noun)
                if forms:
                    pattern = re.compile(rf"(?i)(?<!\w){re.escape(whole)}(?!\w)")
                    self._names.append((pattern, forms))

    @property
    def has_names(self) -> bool:
        return bool(self._names)

    def said(self, prompt: str) -> list[str]:
        """The prompt with other names in turn, the one whose turn it is first."""
        found = [prompt]
        for pattern, forms in self._names:
            if pattern.search(prompt):
                found = [_put(pattern, form, one) for form in (None, *forms) for one in found]
        if len(found) == 1:
            return found
        whole, light, turn = found[0], found[1:], self._turn
        self._turn += 1
        start = (turn - 1) % len(light)
        turned = light[start:] + light[:start]
        return [*turned, whole] if turn % (2 * len(light) + 1) else [whole, *turned]


def _pattern(piece: Piece) -> re.Pattern[str]:
    noun = piece.noun
    article = re.match(r"(?i)(?:an?|some|the) ", noun)
    if article is None:
        return re.compile(rf"(?i)(?<!my )(?<!our )\b{re.escape(noun)}(?!\w)")
    return re.compile(rf"(?i)\b(?:an?|some|the) {re.escape(noun[article.end() :])}(?!\w)")


def _put(pattern: re.Pattern[str], form: str | None, prompt: str) -> str:
    if form is None:
        return prompt
    told = form.lower() if prompt == prompt.lower() else form
    text = pattern.sub(lambda _: told, prompt)
    return text[:1].upper() + text[1:] if prompt[:1].isupper() else text


def _is_of_kind(noun: Word, whole: str, others: Sequence[str]) -> bool:
    """Whether another sentence names one of the kind in other words: "the silver tent"."""
    before = whole.split()[-2].lower()
    told = re.compile(rf"(?i)([\w-]+) {re.escape(noun.text)}(?!\w)")
    said = {word.lower() for other in others for word in told.findall(other)}
    return bool(said - {before, "the", "my", "our", "it", "that", "this"})


def _is_shared(form: str, others: Sequence[str]) -> bool:
    """Whether another sentence tells of another of that name: "my sister in York"."""
    told = re.compile(rf"(?i)\b{re.escape(form)} (?:in|from|at|on|with|who|that|next)\b")
    return any(told.search(other) for other in others)
