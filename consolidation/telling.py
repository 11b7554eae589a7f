"""Telling: what episodes are dreamt of, under what holds and what is struck tonight."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from consolidation.changed_views import CHANGE_KIND
from consolidation.checking import Checker
from consolidation.discretion import DiscreetStore
from consolidation.dreams import DreamWriter, Remembered
from consolidation.english.fuller import AS_TOLD
from consolidation.ledger import Ledger
from consolidation.replay import replay_of
from consolidation.striking import Sifted, sift
from consolidation.untold import UNTOLD_KIND
from consolidation.views import spread
from memory.episode import Episode
from memory.records import Dream, Dropped


@dataclass(frozen=True, slots=True)
class Teller:
    """Dreams of episodes for one night. Trains nothing and stores nothing."""

    store: DiscreetStore
    writer: DreamWriter
    ledger: Ledger
    struck: Container[str]
    """The names of dreams that their owner struck."""
    views: int
    """Dreams of each statement."""

    def dreams_of(self, episode: Episode, before: Sequence[Episode]) -> Sifted:
        """What an episode is told by, no more than it says.

        Where a dream is struck or dropped, another view takes its place.
        """
        check, gone = Checker(episode, before).checked, self.ledger.gone(episode.id)
        written = sift(self.writer.write(episode, before, gone), self.struck)
        answers = dict.fromkeys(one.answer for one in written.kept if one.kind in AS_TOLD)
        changes = sift(self.ledger.change_dreams(episode.id, answers), self.struck)
        changes_kept, changes_dropped = check(changes.kept)
        _, dropped = check(spread(written.kept, self.views))
        told = spread(check(written.kept)[0], self.views)
        return Sifted(
            (*told, *changes_kept),
            written.struck + changes.struck,
            (*dropped, *changes_dropped),
        )

    def of_several(self, dreams: Sequence[Dream], read: Sequence[Remembered]) -> Sifted:
        """Dreams of several episodes, without those that are struck or say more than these."""
        sifted = sift(dreams, self.struck)
        kept, dropped = Checker.of_several(read).checked(sifted.kept) if read else ([], [])
        return Sifted(tuple(kept), sifted.struck, tuple(dropped))

    def known(self, learned: Mapping[int, Episode], trained: Sequence[Dream]) -> Sifted:
        """Dreams of learned episodes; one of which something no longer holds is dreamt anew, and so
        is what it was told of together with others."""
        whole = {episode_id for episode_id in learned if not self.ledger.gone(episode_id)}
        still = sift(
            (
                dream
                for dream in trained
                if dream.kind != UNTOLD_KIND
                and whole.issuperset(dream.episode_ids[: 1 if dream.kind == CHANGE_KIND else None])
            ),
            self.struck,
        )
        anew = [
            self.dreams_of(episode, self.store.before(episode))
            for episode in learned.values()
            if self.ledger.gone(episode.id)
        ]
        together = {
            episode_id
            for dream in trained
            if dream.kind not in (UNTOLD_KIND, CHANGE_KIND)
            and not whole.issuperset(dream.episode_ids)
            and learned.keys() >= set(dream.episode_ids)
            for episode_id in dream.episode_ids
        }
        read = [self.remembered(learned[i]) for i in sorted(together)]
        several = [d for d in self.writer.combine(read) if not whole.issuperset(d.episode_ids)]
        known = sum((*anew, self.of_several(several, read)), still)
        kept, telling = self.store.sifted(known.kept)
        return Sifted(kept, known.struck, known.dropped + telling)

    def repeated(
        self,
        known: Sequence[Dream],
        learned: Mapping[int, Episode],
        most: int | None,
        *,
        tonight: Sequence[Dream],
    ) -> Sifted:
        """Up to `most` of what earlier nights trained, checked again by the rules of today."""
        kept: list[Dream] = []
        dropped: list[Dropped] = []
        checkers: dict[tuple[int, ...], Checker] = {}
        for dream in replay_of(list(learned), known, most, seed=len(tonight), tonight=tonight):
            ids = tuple(one for one in dream.episode_ids if one in learned)
            if ids not in checkers:
                checkers[ids] = Checker.of_several([self.remembered(learned[one]) for one in ids])
            fine, gone = checkers[ids].checked([dream])
            kept += fine
            dropped += gone
        return Sifted(tuple(kept), (), tuple(dropped))

    def remembered(self, episode: Episode) -> Remembered:
        """An episode with what is needed to read it."""
        before = tuple(self.store.before(episode))
        return Remembered(episode, before, self.ledger.gone(episode.id))
