"""Discretion: what a night may read of an episode, and which dreams would tell a secret.

An episode that its owner pinned is read whole: that is how an owner insists. Of every other one
the sentences that hold a secret, and passages that are plainly somebody else's, are left out before
anything is made of it; and what was made is looked through once more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.pasted import without_pasted
from consolidation.english.answers import asked_last
from consolidation.english.confidential import (
    in_words,
    repeats,
    secrets_in,
    values_in,
    without_secrets,
)
from consolidation.english.hearsay import QUOTED
from memory.episode import Episode
from memory.records import Dream, Dropped, Probe, turns_of_prompt
from memory.store import EpisodeStore

_WITHHELD = "(not shown)"


@dataclass(frozen=True, slots=True)
class Opened:
    """An episode as a night may read it."""

    episode: Episode
    withheld: str = ""
    """What was left out, in words: "a card number and a PIN"; empty where nothing was."""


def opened(episode: Episode, before: Sequence[Episode] = ()) -> Opened:
    """The episode without its secrets, those told before in its conversation, and pasted text."""
    if episode.pinned:
        return Opened(episode)
    asked = asked_last(before[-1].assistant_text) if before else ""
    said, replied = secrets_in(episode.user_text, asked), secrets_in(episode.assistant_text)
    values = secret_values(episode, before)
    for place, one in enumerate(before):
        values |= secret_values(one, before[:place])
    told = without_secrets(episode.user_text, said, values)
    answered = without_secrets(episode.assistant_text, replied, values)
    cut = told != episode.user_text
    told = without_pasted(told, QUOTED)
    if (told, answered) == (episode.user_text, episode.assistant_text):
        return Opened(episode)
    words = in_words(said) if said else "a secret told before" if cut else ""
    return Opened(replace(episode, user_text=told, assistant_text=answered), words)


def secret_values(episode: Episode, before: Sequence[Episode] = ()) -> frozenset[str]:
    """The secrets of an episode, as `repeats` compares them; for no eyes and no file."""
    asked = asked_last(before[-1].assistant_text) if before else ""
    user, reply = episode.user_text, episode.assistant_text
    return values_in(user, secrets_in(user, asked)) | values_in(reply, secrets_in(reply))


class DiscreetStore:
    """The episodes as a night may read them."""

    def __init__(self, store: EpisodeStore) -> None:
        self._store = store
        self._opened: dict[int, tuple[Episode, Opened]] = {}
        self._values: dict[tuple[int, ...], tuple[frozenset[str], frozenset[str]]] = {}

    def begin(self) -> None:
        """Read all of it anew: pins may have changed since."""
        self._opened.clear()
        self._values.clear()

    def waiting(self) -> list[Episode]:
        """As `EpisodeStore.waiting`."""
        return self._all(self._store.waiting())

    def learned(self) -> list[Episode]:
        """As `EpisodeStore.learned`."""
        return self._all(self._store.learned())

    def before(self, episode: Episode) -> list[Episode]:
        """As `EpisodeStore.before`."""
        return self._all(self._store.before(episode))

    def by_ids(self, ids: Iterable[int]) -> list[Episode]:
        """As `EpisodeStore.by_ids`."""
        return self._all(self._store.by_ids(ids))

    def search_text(self, query: str, limit: int) -> list[tuple[int, float]]:
        """As `EpisodeStore.search_text`."""
        return self._store.search_text(query, limit)

    def nearest_to(self, episode_id: int, limit: int) -> list[int]:
        """As `EpisodeStore.nearest_to`."""
        return self._store.nearest_to(episode_id, limit)

    def withheld(self, episode_id: int) -> str:
        """What was left out of an episode that was read, in words."""
        return self._opened[episode_id][1].withheld if episode_id in self._opened else ""

    def sifted(self, dreams: Iterable[Dream]) -> tuple[tuple[Dream, ...], tuple[Dropped, ...]]:
        """Dreams that tell no secret, and in place of the others why they were dropped.

        What is dropped is not shown: a report must not tell it either.
        """
        kept: list[Dream] = []
        dropped: list[Dropped] = []
        for dream in dreams:
            if self._tells((*turns_of_prompt(dream.prompt), dream.answer), dream.episode_ids):
                reason = "it would tell what looks like a secret"
                dropped.append(Dropped(_WITHHELD, _WITHHELD, reason, dream.episode_ids))
            else:
                kept.append(dream)
        return tuple(kept), tuple(dropped)

    def fair(self, probes: Iterable[Probe]) -> list[Probe]:
        """Probes that neither tell a secret nor ask for one."""
        return [
            one for one in probes if not self._tells((one.question, *one.expected), one.episode_ids)
        ]

    def _tells(self, texts: Sequence[str], ids: tuple[int, ...]) -> bool:
        if ids not in self._values:
            self._values[ids] = self._values_of(ids)
        insisted, withheld = self._values[ids]
        return any(
            repeats(text, withheld) or values_in(text, secrets_in(text)) - insisted
            for text in texts
        )

    def _values_of(self, ids: Iterable[int]) -> tuple[frozenset[str], frozenset[str]]:
        """The secrets that the owner insists on, and those that no dream may tell."""
        values = {True: frozenset[str](), False: frozenset[str]()}
        for one in self._store.by_ids(ids):
            values[one.pinned] |= secret_values(one, self._store.before(one))
        return values[True], values[False] - values[True]

    def _all(self, episodes: Iterable[Episode]) -> list[Episode]:
        return [self._read(one) for one in episodes]

    def _read(self, episode: Episode) -> Episode:
        known = self._opened.get(episode.id)
        if known is None or known[0] != episode:
            known = (episode, opened(episode, self._store.before(episode)))
            self._opened[episode.id] = known
        return known[1].episode
