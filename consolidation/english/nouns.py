"""Nouns: those of the house that the parser takes for other words, put right in the tree."""

from consolidation.english.hypernyms import classes_of
from consolidation.english.inflection import base_form, verb_form
from consolidation.english.trees import Word, hang

_TITLES = ("occupation", "tradesperson", "kin", "person")
_ACTED_ON = ("dobj", "pobj", "nsubj", "nsubjpass")


def mend_nouns(spoken: list[Word]) -> None:
    """All of it, for one sentence."""
    for word in list(spoken):
        _name_noun(word)
        _free_done(word)
        _keep_address(word)


def _name_noun(word: Word) -> None:
    """ "I hid the presents" has no verb "presents"; in "our cleaner Danuta" nobody is cleaner."""
    owned = word.child("det", "poss") is not None
    if word.tag in ("VBZ", "VBP", "VB") and word.dep in _ACTED_ON and owned:
        word.tag = "NNS" if word.tag == "VBZ" else "NN"
    named = word.parent is not None and word.parent.is_proper and word.parent.i == word.i + 1
    title = not classes_of(word.text).isdisjoint(_TITLES)
    if named and title and word.tag in ("JJR", "JJ") and word.dep == "amod":
        word.tag, word.dep = "NN", "compound"


def _free_done(done: Word) -> None:
    """ "We are having the kitchen redone": the kitchen is had, and not a redone of it."""
    verb = done.parent
    if verb is None or verb.lemma not in ("have", "get") or done.tag != "NN":
        return
    base = base_form(done.text)
    participle = base != done.lower and verb_form(base, "VBN").replace("-", "") == done.lower
    if participle and done.dep == "ccomp":
        done.tag = "VBN"
    thing = done.child("compound")
    if thing is None or done.dep != "dobj" or not participle or thing.i != done.i - 1:
        return
    verb.children.remove(done)
    for child in list(done.children):
        done.children.remove(child)
        if child is not thing:
            hang(child, thing)
    thing.children.sort(key=lambda word: word.i)
    done.tag, done.dep, thing.dep = "VBN", "ccomp", "nsubj"
    hang(thing, done)
    hang(done, verb)
    verb.children.sort(key=lambda word: word.i)


def _keep_address(prep: Word) -> None:
    """ "Marcus from number 12": where somebody lives belongs to the name."""
    house, verb = prep.child("pobj"), prep.parent
    if prep.dep != "prep" or prep.lower not in ("from", "at") or house is None or verb is None:
        return
    address = house.lower == "number" and house.child("nummod") is not None
    next_door = prep.lower == "from" and house.lower in ("door", "downstairs", "upstairs")
    if not verb.is_verb or not (address or next_door):
        return
    near = [w for w in verb.children if w.i < prep.i and w.dep in ("prep", "dative", "dobj")]
    last = near[-1] if near else None
    who = last.child("pobj") if last is not None and last.child("pobj") is not None else last
    if who is not None and who.is_noun and who.i == prep.i - 1:
        verb.children.remove(prep)
        hang(prep, who)
