"""Bringing in: exchanges from elsewhere become episodes, a batch at a time.

Each batch is on the disk before the next one is read, so that an import that was interrupted goes
on where it stopped when it is run again. No model but the embedder is asked: nothing that was
brought in has a surprisal.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from assistant.intake import novelties
from assistant.turn import MAX_TEXT_CHARACTERS
from memory.episode import EpisodeDraft, NoveltyScore
from memory.importing.exchange import Exchange, Refused
from memory.store import EpisodeStore
from memory.text import clean_text
from models.base import Embedder

_BATCH = 128


@dataclass(slots=True)
class Brought:
    """What an import did so far."""

    new: int = 0
    known: int = 0
    """What was there before."""
    cut: int = 0
    """Answers of which only the beginning is kept."""
    refused: list[Refused] = field(default_factory=list)


class Importer:
    """Stores what was said elsewhere: in quarantine, or as its owner's own word if trusted."""

    def __init__(
        self, store: EpisodeStore, embedder: Embedder, clock: Callable[[], datetime], *, trust: bool
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._clock = clock
        self._trust = trust
        self._undo_id: int | None = None
        self.brought = Brought()

    def bring_in(
        self, found: Iterable[Exchange | Refused], on_batch: Callable[[Brought], None]
    ) -> None:
        """Store all of it. Raises `EngineCrashed`, `WeightsMissing`, `DatabaseUnusable`."""
        remaining = iter(self._fit(found))
        while batch := list(islice(remaining, _BATCH)):
            self._store_batch(batch)
            on_batch(self.brought)

    def _fit(self, found: Iterable[Exchange | Refused]) -> Iterator[Exchange]:
        """What can be stored, cleaned; too long a message is refused, as in chat."""
        for one in found:
            if isinstance(one, Refused):
                self.brought.refused.append(one)
                continue
            text, reply = clean_text(one.user_text).strip(), clean_text(one.assistant_text).strip()
            if len(text) > MAX_TEXT_CHARACTERS:
                beginning = " ".join(text[:40].split())
                why = f"it has {len(text)} characters, the limit is {MAX_TEXT_CHARACTERS}"
                self.brought.refused.append(Refused(f"the message “{beginning}…”", why))
                continue
            if len(reply) > MAX_TEXT_CHARACTERS:
                self.brought.cut += 1
                reply = reply[: MAX_TEXT_CHARACTERS - 1] + "…"
            if text:
                yield replace(one, user_text=text, assistant_text=reply)

    def _store_batch(self, batch: Sequence[Exchange]) -> None:
        fresh = self._store.unknown(batch)
        self.brought.known += len(batch) - len(fresh)
        if not fresh:
            return
        embeddings = self._embedder.embed([one.user_text for one in fresh])
        scores = novelties(self._store, embeddings)
        drafts = [self._draft(one, score) for one, score in zip(fresh, scores, strict=True)]
        new, self._undo_id = self._store.add_new(drafts, embeddings, self._undo_id, self._clock())
        self.brought.new += new
        self.brought.known += len(fresh) - new

    def _draft(self, one: Exchange, score: NoveltyScore) -> EpisodeDraft:
        """An export's own numbers count, where it has some; what it says of its origin, if trusted.

        Otherwise a file could call its words its owner's.
        """
        from_here = one.origin == "chat" and not self._trust
        return EpisodeDraft(
            one.session_id,
            one.created_at,
            one.user_text,
            one.assistant_text,
            one.answered_by,
            one.novelty or score,
            origin="import" if from_here else one.origin,
            source=one.source,
            trusted=self._trust,
            muted=one.muted,
            pinned=one.pinned and self._trust,
        )
