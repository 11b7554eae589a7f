"""Checking: a night's dreams held against the episodes that they cite. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from consolidation.dreams import Remembered, local_time, meant_by
from consolidation.english.answers import asked_last
from consolidation.support import Source, strange_names, unsupported
from memory.episode import Episode
from memory.records import Dream, Dropped

_REACH = 3
"""So many earlier messages may have named whom "she" means."""


def sources_of(episode: Episode, before: Sequence[Episode] = ()) -> dict[int, Source]:
    """What an episode and the earlier ones of its conversation say, by their ids."""
    told = (*before, episode)
    asked = ("", *(asked_last(one.assistant_text) for one in told))
    return {
        one.id: Source(_said(one, told[:place]), question, local_time(one))
        for place, (one, question) in enumerate(zip(told, asked, strict=False))
    }


def _said(episode: Episode, before: Sequence[Episode]) -> str:
    """What the owner wrote, and what a short correction in it means: "the 15th" of March."""
    meant = meant_by(episode, before).text
    return episode.user_text if meant == episode.user_text else f"{episode.user_text}\n{meant}"


class Checker:
    """Holds dreams against what they cite: of one episode, against its conversation so far."""

    def __init__(self, episode: Episode, before: Sequence[Episode] = ()) -> None:
        self._sources = sources_of(episode, before)
        self._earlier = [one.id for one in before[-_REACH:]][::-1]

    @classmethod
    def of_several(cls, told: Sequence[Remembered]) -> "Checker":
        """For dreams that cite some of these episodes, of which there is at least one."""
        checker = cls(told[-1].episode, told[-1].before)
        for one in told:
            checker._sources |= sources_of(one.episode, one.before)
        return checker

    def checked(self, dreams: Iterable[Dream]) -> tuple[list[Dream], list[Dropped]]:
        """Those that say no more than their sources, and those that were dropped.

        Where an earlier message names whom an answer names, the dream cites it as well, so that
        it is forgotten with it.
        """
        kept: list[Dream] = []
        dropped: list[Dropped] = []
        for dream in dreams:
            cited = self._cited(dream)
            if cited is not None:
                kept.append(cited)
            else:
                reason = self._missing(dream)
                dropped.append(Dropped(dream.prompt, dream.answer, reason, dream.episode_ids))
        return kept, dropped

    def _missing(self, dream: Dream) -> str:
        """Why a dream is not supported by what it cites; "" where it is."""
        return unsupported(dream, self._cited_by(dream))

    def _cited_by(self, dream: Dream) -> list[Source]:
        return [self._sources[one] for one in dream.episode_ids if one in self._sources]

    def _cited(self, dream: Dream) -> Dream | None:
        """The dream with the citations that support it; None where nothing does."""
        if not self._missing(dream):
            return dream
        if not strange_names(dream, self._cited_by(dream)):
            return None
        for earlier in self._earlier:
            more = replace(dream, episode_ids=(*dream.episode_ids, earlier))
            if earlier not in dream.episode_ids and not self._missing(more):
                return more
        return None
