"""Leading: a trained answer begins with the name by which its question goes.

"The bike: you spent £90 on your mountain bike." to "What was the price of the bike?". To copy a
name from a question is what a language model does well, in whatever words it is asked, and what is
told of that name then follows from the name itself. Without it the very first word of an answer
decides between all facts there are, and what was learned last answers for everything (LOG.md). To a
question that names nothing an answer begins with what it tells of, so that every one begins alike.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import dropwhile

from consolidation.english.fuller import AS_TOLD
from consolidation.english.parsing import Sentence, Word, parse
from consolidation.english.wordlist import words
from memory.records import Dream, turns_of_prompt
from memory.text import lower_words

TELLING = (*AS_TOLD, "asked", "teacher")
"""Kinds of dreams that answer with one statement."""
LED = (*TELLING, "summary")
"""Kinds of dreams whose answers are led; what confirms or compares begins in its own way."""
_OURS = frozenset(words("my our"))
_DEFINITE = _OURS | frozenset(words("the your"))
_BEFORE = frozenset(words("and but or so about of to with hey"))
_ASKING = frozenset(words("what which whose who how"))
_FINITE = ("VBD", "VBP", "VBZ", "MD", ":", ",")
"""Tags of what is in no name: "We're in a hurry: the bike"."""


def led(dream: Dream) -> str:
    """The dream's answer, behind the name that its question and the answer have in common, or
    behind what the answer tells of."""
    if dream.kind not in LED:
        return dream.answer
    question = turns_of_prompt(dream.prompt)[-1]
    name = name_in(question, dream.answer) or topic_of(dream.answer)
    if not name:
        return dream.answer
    told = dream.answer
    first = parse(told)[0].words[0]
    if not first.is_proper and first.text != "I":
        told = told[:1].lower() + told[1:]
    return f"{name}: {told}"


def name_in(question: str, statement: str) -> str:
    """What the question calls someone or something that the statement tells of; "" for none.

    Proper names come first, then what is longer.
    """
    told = set(lower_words(statement))
    capitals = {word.lower(): word for word in _capitalised(statement)}
    found = [
        phrase
        for sentence in parse(question)
        for phrase in _phrases(sentence)
        if told.issuperset(lower_words(phrase[-1].text))
        and (phrase[0].lower in _DEFINITE or _is_name(phrase, capitals))
    ]
    if not found:
        return ""
    best = max(found, key=lambda phrase: (_is_name(phrase, capitals), len(phrase), -phrase[0].i))
    text = "".join(
        ("your" if word.lower in _OURS else capitals.get(word.lower, word.text)) + " " * word.space
        for word in best
    ).strip()
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def topic_of(statement: str) -> str:
    """By what a statement goes where its question names nothing: its first name, else its first
    thing; "" for none."""
    capitals = {word.lower(): word for word in _capitalised(statement)}
    found = [
        phrase
        for sentence in parse(statement)
        for phrase in _phrases(sentence)
        if phrase[0].lower in _DEFINITE or phrase[-1].is_proper
    ]
    if not found:
        return ""
    best = max(found, key=lambda phrase: (_is_name(phrase, capitals), -phrase[0].i))
    run = best
    if best[-1].is_proper:
        proper = [word for word in best if word.is_proper]
        run = [word for word in proper if word.text[:1].isupper()] or proper
    text = "".join(word.text + " " * word.space for word in run).strip()
    return text[:1].upper() + text[1:]


def _phrases(sentence: Sentence) -> Iterator[list[Word]]:
    """Each noun with all that stands before it and belongs to it."""
    for noun in sentence.words:
        if noun.is_noun and noun.dep != "compound":
            phrase = [word for word in noun.subtree() if word.i <= noun.i]
            ends = [word.i for word in phrase if word.tag in _FINITE]
            phrase = [word for word in phrase if word.i > max(ends, default=-1)]
            phrase = list(dropwhile(lambda word: word.lower in _BEFORE, phrase))
            whole = phrase[-1].i - phrase[0].i == len(phrase) - 1
            if whole and not any(word.lower in _ASKING for word in phrase):
                yield phrase


def _is_name(phrase: list[Word], capitals: dict[str, str]) -> bool:
    return phrase[-1].is_proper or phrase[-1].lower in capitals


def _capitalised(statement: str) -> list[str]:
    """Words written with a capital, but for the first one."""
    return [word for word in statement.rstrip(".!?").split()[1:] if word[:1].isupper()]
