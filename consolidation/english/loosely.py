"""Loosely: questions on the topics of sentences that the grammar could not take apart surely."""

from collections.abc import Iterator, Sequence

from consolidation.english.clauses import Clause
from consolidation.english.other_names import other_names
from consolidation.english.parsing import Sentence, Word
from consolidation.english.pieces import read_clause
from consolidation.english.rephrasing import topical
from consolidation.english.variants import plain

MOST = 12


def loosely_asked(spoken: Sequence[Word]) -> list[str]:
    """Questions by the sentences' words and subjects alone; what hangs where is not believed."""
    found: dict[str, None] = {}
    for clause in _clauses(spoken):
        found |= dict.fromkeys(topical(clause, other_names(clause)))
    return list(found)[:MOST]


def _clauses(spoken: Sequence[Word]) -> Iterator[Clause]:
    for root in [word for word in spoken if word.parent is None]:
        own = tuple(word for word in spoken if _top(word) is root)
        clause = read_clause(Sentence(own, root)) if root.is_verb else None
        if clause is not None and len(clause.subject.words) < 6:
            yield plain(clause)


def _top(word: Word) -> Word:
    while word.parent is not None:
        word = word.parent
    return word
