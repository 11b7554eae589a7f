"""The search of the memory: words at once, meaning as soon as it is known. Blocking calls."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from memory.browse import Order, Sieve
from memory.episode import Episode

if TYPE_CHECKING:
    from assistant.workspace import Workspace

PAGE = 200
MIN_COSINE = 0.3
"""Below it, what is found by meaning seldom has to do with what was looked for."""
_SCANNED = 2000
_LEAST_CHARACTERS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Episodes, and whether there may be more after them."""

    episodes: Sequence[Episode]
    has_more: bool


def by_words(workspace: "Workspace", sieve: Sieve, order: Order, offset: int) -> Found:
    """What goes through the sieve: a page of it, or with words the best by words.

    In the order "newest", what words find comes best first.
    """
    store, browser = workspace.store, workspace.browser
    if not sieve.words:
        ids = browser.ids(sieve, order, PAGE, offset=offset)
        return Found(store.by_ids(ids), len(ids) == PAGE)
    ranked = [
        episode_id for episode_id, _ in store.search_text(sieve.words, PAGE, quarantined=True)
    ]
    # The index knows whole words; a word that is still being typed is looked for as it is.
    typed = sieve.words.casefold()
    ranked += [
        e.id
        for e in store.newest(_SCANNED)
        if typed in f"{e.user_text}\n{e.assistant_text}".casefold()
    ]
    return Found(store.by_ids(_sifted(workspace, sieve, order, ranked)), has_more=False)


def by_meaning(
    workspace: "Workspace", sieve: Sieve, order: Order, known: Container[int]
) -> Sequence[Episode]:
    """What is near in meaning and not `known`, nearest first. The first call takes seconds."""
    if len(sieve.words) < _LEAST_CHARACTERS:
        return ()
    embedding = workspace.embedder.embed([sieve.words])[0]
    near = [one for one, cosine in workspace.recall.near(embedding) if cosine >= MIN_COSINE]
    ids = _sifted(workspace, sieve, order, [one for one in near if one not in known])
    return workspace.store.by_ids(ids)


def _sifted(workspace: "Workspace", sieve: Sieve, order: Order, ranked: Sequence[int]) -> list[int]:
    through = workspace.browser.ids(sieve, order, len(ranked), among=ranked)
    if order != "newest":
        return through[:PAGE]
    kept = set(through)
    return [one for one in dict.fromkeys(ranked) if one in kept][:PAGE]
