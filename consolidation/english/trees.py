"""Trees: the words of a parsed sentence, and how they hang together. Knows no parser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class Word:
    """One token of a parsed sentence, with its place in the tree."""

    i: int
    text: str
    lemma: str
    tag: str
    """Penn Treebank tag: VBD, NNP, PRP$, …"""
    dep: str
    """ClearNLP dependency label: nsubj, dobj, prep, …"""
    entity: str
    """Entity type (PERSON, GPE, DATE, …) or an empty string."""
    space: bool
    """White space follows."""
    parent: Word | None = None
    children: list[Word] = field(default_factory=list)

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_verb(self) -> bool:
        return self.tag.startswith("VB") or self.tag == "MD"

    @property
    def is_proper(self) -> bool:
        return self.tag in ("NNP", "NNPS")

    @property
    def is_noun(self) -> bool:
        return self.tag.startswith("NN")

    def subtree(self) -> list[Word]:
        """This word and all below it, in the order of the text."""
        found = [self]
        for child in self.children:
            found += child.subtree()
        return sorted(found, key=lambda word: word.i)

    def child(self, *deps: str) -> Word | None:
        """The first child with one of these labels."""
        return next((word for word in self.children if word.dep in deps), None)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence and the head of them all."""

    words: tuple[Word, ...]
    root: Word

    @property
    def text(self) -> str:
        return text_of(self.words)


def text_of(words: Iterable[Word]) -> str:
    """The words as they were written."""
    return "".join(word.text + " " * word.space for word in words).strip()


def hang(word: Word, parent: Word) -> None:
    """Put a word below another, as its last child."""
    word.parent = parent
    parent.children.append(word)
