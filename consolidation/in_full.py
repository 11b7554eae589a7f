"""In full: what a dream is answered with when it is trained. Pure.

What is recorded of a dream stays the one fact, which a change may take the place of.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from consolidation.brought_up import DEFINITE
from consolidation.english.fuller import AS_TOLD, whom_named
from consolidation.english.shortened import shortened
from consolidation.leading import LED, name_in, topic_of
from memory.records import Dream, turns_of_prompt
from memory.text import lower_words

SUMMARY_KIND = "summary"
_MOST_WORDS = 45
"""Of a message that is told at once; a longer answer is cut off before its end."""


def summaries_of(dreams: Sequence[Dream]) -> tuple[Dream, ...]:
    """Those of them that tell all there is of a name."""
    return tuple(dream for dream in dreams if dream.kind == SUMMARY_KIND)


def told_in_full(
    dreams: Sequence[Dream],
    summaries: Sequence[Dream],
    tellings: Mapping[tuple[int, str], str] = MappingProxyType({}),
) -> tuple[Dream, ...]:
    """The dreams; one that names whom several facts are told of is answered with all of them, and
    any other with all that its message told (`tellings_of`).

    Which of two facts of one name or of one message is asked for, a small model does not learn to
    tell in words that it was not trained on; who is named, it does (LOG.md). The summary of the
    most episodes counts. "The detector" is the metal detector.
    """
    named = [(bare(_named_in(dream)), dream) for dream in summaries]
    named.sort(key=lambda one: -len(one[1].episode_ids))
    return tuple(_in_full(dream, named, tellings) for dream in dreams)


def tellings_of(dreams: Iterable[Dream]) -> dict[tuple[int, str], str]:
    """What is told with each answer of each episode: what the same message said besides.

    A long message is told in parts. What stands in other words of it is told once.
    """
    told: dict[int, dict[str, None]] = defaultdict(dict)
    for dream in dreams:
        if dream.kind in AS_TOLD and len(dream.episode_ids) == 1:
            told[dream.episode_ids[0]].setdefault(dream.answer)
    tellings: dict[tuple[int, str], str] = {}
    for episode_id, answers in told.items():
        words = {answer: set(lower_words(whom_named(answer) or answer)) for answer in answers}
        for part in _parts(answers, words):
            whole = " ".join(shortened((one, "") for one in part))
            for answer in answers:
                if answer in part or any(words[answer] < words[one] for one in part):
                    tellings.setdefault((episode_id, answer), whole)
    return tellings


def _parts(answers: Iterable[str], words: Mapping[str, set[str]]) -> list[list[str]]:
    """What says something of its own, a few sentences at a time."""
    parts: list[list[str]] = [[]]
    for answer in answers:
        if any(words[answer] < theirs for theirs in words.values()):
            continue
        if len(" ".join((*parts[-1], answer)).split()) > _MOST_WORDS:
            parts.append([])
        parts[-1].append(answer)
    return parts


def _in_full(
    dream: Dream,
    summaries: Sequence[tuple[frozenset[str], Dream]],
    tellings: Mapping[tuple[int, str], str],
) -> Dream:
    if dream.kind not in LED:
        return dream
    cites = set(dream.episode_ids)
    of_it = [one for one in summaries if cites <= set(one[1].episode_ids)]
    alone = _with_its_message(dream, tellings)
    if not of_it:
        return alone
    topic = "" if dream.kind == SUMMARY_KIND else topic_of(dream.answer)
    name = bare(_named_in(dream) or topic)
    fits = [one for one in of_it if name and name <= one[0]]
    if not fits:
        return alone
    whole = next((whole for named, whole in fits if named == name), fits[0][1])
    cited = tuple(dict.fromkeys((*dream.episode_ids, *whole.episode_ids)))
    return replace(dream, answer=whole.answer, episode_ids=cited)


def _with_its_message(dream: Dream, tellings: Mapping[tuple[int, str], str]) -> Dream:
    if len(dream.episode_ids) != 1:
        return dream
    return replace(dream, answer=tellings.get((dream.episode_ids[0], dream.answer), dream.answer))


def _named_in(dream: Dream) -> str:
    """What its question calls whom its answer tells of."""
    return name_in(turns_of_prompt(dream.prompt)[-1], dream.answer)


def bare(name: str) -> frozenset[str]:
    """The words of a name, lower case, without "the" and "your"."""
    return frozenset(lower_words(name)) - DEFINITE - {"your"}
