"""Account questions: what may be asked about sentences that are told whole.

The grammar could not say what hangs where, but whom and what they mention, and whether they name a
day, a place, a person, a price. So every topic is asked about by what the sentences hold.
"""

import re
from collections.abc import Iterator, Sequence

from consolidation.english.anchors import is_dated
from consolidation.english.hypernyms import is_person_noun
from consolidation.english.in_turn import in_turn
from consolidation.english.mentioned import Topic, topics_in
from consolidation.english.parsing import Word
from consolidation.english.people import is_given_name
from consolidation.english.wordlist import words

_PLACES = ("GPE", "LOC", "FAC")
_AT = frozenset(words("in at to from near behind into outside"))
_MONEY = frozenset(
    words("euro euros pound pounds quid dollar dollars grand bucks cent cents £ $ €")
)
_REASONS = frozenset(words("because so since cos bc why"))
_MOST = 16
"""For the sentences of one account."""

_OF_PERSONS = (
    "Who is {}?",
    "What does {} do?",
    "What is {} doing?",
    "What's up with {}?",
    "What has {} to do with it?",
    "What do I know about {}?",
)
_OF_THINGS = (
    "What's up with {}?",
    "What happened with {}?",
    "What was it about {}?",
    "What did I say is the matter with {}?",
    "Which {bare} was it?",
    "How do things stand with {}?",
)
_WHEN = (
    "When is {}?",
    "What day is it with {}?",
    "What's the date for {}?",
    "When was that with {}?",
)
_WHEN_OF_PERSONS = ("What day was it with {}?", "When was that with {}?")
_WHERE = ("Where is {}?", "Where was that with {}?")
_WHO = ("Who has to do with {}?", "Who is it with {}?")
_PRICE = ("How much is {}?", "What was the price of {}?")
_WHY = ("Why is that with {}?", "What's the reason with {}?")
_PLURAL = {" is {}": " are {}", "does {}": "do {}", "has {}": "have {}"}


def account_questions(spoken: Sequence[Word]) -> list[str]:
    """Questions on each topic in turn, each a plain one and those that the sentences can answer."""
    topics = [one for one in topics_in(spoken) if _bare(one.text) or one.text[:1].isupper()]
    named = {word for topic in topics for word in topic.text.split()}
    missed = [word.text for word in spoken if is_given_name(word.text) and word.text not in named]
    topics = [*(Topic(name, True, "person") for name in dict.fromkeys(missed)), *topics]
    persons = {topic.text for topic in topics if _is_person(topic)}
    held = list(_held(spoken))
    rows = [_asked(topic, held, bool(persons - {topic.text})) for topic in topics]
    return list(dict.fromkeys(in_turn(rows)))[:_MOST]


def _asked(topic: Topic, held: Sequence[Sequence[str]], others: bool) -> list[str]:
    person = _is_person(topic)
    plain = _OF_PERSONS if person else _OF_THINGS
    telling = [_WHEN_OF_PERSONS if person and row is _WHEN else row for row in held]
    telling += [_WHO] if others and not person else []
    forms = list(in_turn([*telling, plain]))
    bare = _bare(topic.text)
    if re.search(r"[^s]s$", topic.text) and bare:
        for one, several in _PLURAL.items():
            forms = [form.replace(one, several) for form in forms]
    return [form.format(topic.text, bare=bare) for form in forms if bare or "{bare}" not in form]


def _is_person(topic: Topic) -> bool:
    """ "Tilly", "my sister"."""
    *_, last = topic.text.split()
    return is_given_name(topic.text.split()[0]) or is_person_noun(last)


def _bare(text: str) -> str:
    """ "oven" of "my oven" and "the oven"; "" of a name."""
    opening, _, rest = text.partition(" ")
    return rest if opening.lower() in ("my", "our", "the", "a", "an") else ""


def _held(spoken: Sequence[Word]) -> Iterator[Sequence[str]]:
    """What the sentences can answer."""
    if is_dated(" ".join(word.text for word in spoken)):
        yield _WHEN
    if any(word.entity in _PLACES or _is_placed(word) for word in spoken):
        yield _WHERE
    if any(word.lower in _MONEY for word in spoken):
        yield _PRICE
    if any(word.lower in _REASONS for word in spoken):
        yield _WHY


def _is_placed(word: Word) -> bool:
    """ "at the Epworth"."""
    above = word.parent
    return word.is_proper and word.dep == "pobj" and above is not None and above.lower in _AT
