"""The plan of a night: which episodes, what is dreamt of them, and what will be asked."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

from assistant.settings import Settings
from consolidation.beyond import dreams_of_several, dreams_of_the_untold
from consolidation.discretion import DiscreetStore
from consolidation.dreams import DreamWriter, ProbeWriter, Remembered, local_time
from consolidation.english.fuller import with_fuller_answers, without_twins
from consolidation.english.likeness import UNLIKELY, Likeness, unjudged
from consolidation.in_full import summaries_of, tellings_of, told_in_full
from consolidation.ledger import ChangeFinder, Ledger
from consolidation.mistakable import shared_names, without_mistakable
from consolidation.replay import asked_again
from consolidation.selection import Selection, retold_episodes, select_for_replay
from consolidation.signals import is_heeded, signals_of
from consolidation.similarity import Similarity
from consolidation.striking import Sifted, sift, still_told
from consolidation.telling import Teller
from memory.episode import Episode
from memory.nights import NightStore
from memory.records import Dream, Dropped, Probe, Replaced, Signals
from memory.store import EpisodeStore

_NEAR = 16
"""So many episodes are looked at for what a new one changes: "I've moved to Oban" shares no word
with "I live in Leith"."""

_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What a fault in reading raises; a model or a database that fails stops the night."""

Counted = Callable[[int, int], None]
"""Hears how many of how many episodes have been dreamt of."""


def uncounted(done: int, total: int) -> None:
    """Hears nothing."""


@dataclass(frozen=True, slots=True)
class NightPlan:
    """What a night would train, before anything is trained."""

    selection: Selection
    replaced: tuple[Replaced, ...]
    """Earlier facts that the waiting episodes take the place of."""
    dreams: tuple[Dream, ...]
    replay: tuple[Dream, ...]
    ledger: Ledger
    possible: Sifted
    """What could be told of waiting and learned episodes, without what is struck."""

    @property
    def struck(self) -> int:
        """How many dreams are left out because their owner struck them."""
        return len(self.possible.struck)

    dropped: tuple[Dropped, ...] = ()
    """Dreams that are not trained, since they say more than their episodes."""
    teacher: str = ""
    """One sentence on the model that wrote further dreams; empty where none was named."""
    summaries: tuple[Dream, ...] = ()
    """Of all that holds, earlier nights' too."""
    tellings: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """Episode and answer -> all that its message told, of earlier nights' too."""

    @property
    def trained(self) -> tuple[Dream, ...]:
        """The dreams as they are trained: with all that is told of whom they are about, or by the
        same message."""
        return told_in_full(self.dreams, self.summaries, self.tellings)

    @property
    def repeated(self) -> tuple[Dream, ...]:
        """The same of what is replayed."""
        return told_in_full(self.replay, self.summaries, self.tellings)


class Planner:
    """Plans nights on one store. Trains nothing and stores nothing."""

    def __init__(
        self,
        settings: Settings,
        store: EpisodeStore,
        nights: NightStore,
        writer: DreamWriter,
        write_probes: ProbeWriter,
        similar: Similarity,
        likeness: Likeness = unjudged,
    ) -> None:
        self._settings = settings
        self._store = DiscreetStore(store)
        self._nights = nights
        self._writer = writer
        self._write_probes = write_probes
        self._similar = similar
        self._likeness = likeness

    def plan(self, *, deep: bool = False, on_dream: Counted = uncounted) -> NightPlan:
        """Select and dream; train nothing and store nothing."""
        self._store.begin()
        waiting = self._store.waiting()
        before, sharing_words = cache(self._store.before), cache(self._sharing_words)

        def told_before(episode: Episode) -> list[Episode]:
            """What this one may change: of its session, of its words, or near to it in meaning."""
            near = self._store.by_ids(self._store.nearest_to(episode.id, _NEAR))
            return [*before(episode), *sharing_words(episode), *near]

        unreadable = self._unreadable(waiting, before)
        readable = [episode for episode in waiting if episode.id not in unreadable]
        unlikely = self._unlikely(readable, before)
        heeded = [episode for episode in readable if episode.id not in unlikely]
        replaced = ChangeFinder(self._writer, before, self._similar).found(heeded, told_before)
        ledger = Ledger.of((*self._nights.replaced(), *replaced))
        struck = {one.dream.key for one in self._nights.struck()}
        training = self._settings.training
        teller = Teller(self._store, self._writer, ledger, struck, training.views_per_statement)
        sifted: dict[int, Sifted] = {}
        for done, episode in enumerate(waiting):
            on_dream(done, len(waiting))
            sifted[episode.id] = Sifted()
            if episode.id not in unreadable | unlikely:
                try:
                    sifted[episode.id] = teller.dreams_of(episode, before(episode))
                except _FAULTS:
                    unreadable.add(episode.id)
        possible = {episode_id: one.kept for episode_id, one in sifted.items()}
        retold = retold_episodes(waiting, sharing_words)
        signals = {
            e.id: Signals(kind="unreadable")
            if e.id in unreadable
            else signals_of(
                e,
                before(e),
                sifted[e.id],
                ledger,
                retold=e.id in retold,
                unlikely=e.id in unlikely,
                withheld=self._store.withheld(e.id),
            )
            for e in waiting
        }
        corrected = {i for found in signals.values() for i in found.corrects}
        told_at = {e.id: local_time(e) for e in self._store.by_ids(corrected)}
        selection = select_for_replay(waiting, signals, self._settings.selection, told_at)
        dreams = with_fuller_answers(
            [dream for episode in selection.episodes for dream in possible[episode.id]]
        )
        learned = {episode.id: episode for episode in self._store.learned()}
        trained = self._nights.dreams_of(learned)
        known = teller.known(learned, trained)
        most = None if deep else training.replay_views
        replay = teller.repeated(known.kept, learned, most, tonight=dreams)
        related = [one for episode in selection.episodes for one in sharing_words(episode)]
        near = {e.id: e for e in (*related, *selection.episodes)}
        read = [
            teller.remembered(near[i])
            for i in sorted(near)
            if i in learned or near[i] in selection.episodes
        ]
        fresh = [episode.id for episode in selection.episodes]
        wider = self._beyond(teller, read, fresh, dreams, trained)
        looked_at = [e.id for e in waiting if not possible[e.id] or e in selection.episodes]
        dropped = [one for i in looked_at for one in sifted[i].dropped]
        told, telling = self._store.sifted((*without_twins(dreams, wider.kept), *wider.kept))
        shared = shared_names((*told, *replay.kept))
        return NightPlan(
            selection,
            tuple(replaced),
            without_mistakable(told, shared),
            without_mistakable(replay.kept, shared),
            ledger,
            sum(sifted.values(), known + Sifted((), wider.struck)),
            (*dropped, *wider.dropped, *replay.dropped, *telling),
            summaries=summaries_of((*wider.kept, *known.kept)),
            tellings=tellings_of((*told, *known.kept)),
        )

    def _unreadable(
        self, waiting: Sequence[Episode], before: Callable[[Episode], Sequence[Episode]]
    ) -> set[int]:
        """Episodes over which the reader stumbles: a fault of ours that must not cost a night."""
        found: set[int] = set()
        for episode in waiting:
            try:
                self._writer.facts(episode, before(episode))
                is_heeded(episode, before(episode))
            except _FAULTS:
                found.add(episode.id)
        return found

    def _unlikely(
        self, waiting: Sequence[Episode], before: Callable[[Episode], Sequence[Episode]]
    ) -> set[int]:
        """Episodes that state no fact by all likeness, and do not ask to be heeded all the same."""
        judged = [one for one in waiting if not is_heeded(one, before(one))]
        scores = self._likeness([one.user_text for one in judged])
        pairs = zip(judged, scores, strict=True)
        return {one.id for one, score in pairs if score < UNLIKELY}

    def _beyond(
        self,
        teller: Teller,
        read: Sequence[Remembered],
        fresh: Sequence[int],
        dreams: Sequence[Dream],
        trained: Sequence[Dream],
    ) -> Sifted:
        """Dreams of several episodes, some of them `fresh`, and of what was never told."""
        several = dreams_of_several(self._writer, read, fresh, len(dreams))
        unknown = dreams_of_the_untold(self._writer, dreams, trained, self._similar, len(fresh))
        return teller.of_several(several, read) + sift(unknown, teller.struck)

    def probes(self, plan: NightPlan) -> list[Probe]:
        """Of the new facts, and of some older ones in the words of their first night."""
        ledger = plan.ledger
        fresh = self._probes_anew(plan.selection.episodes, ledger)
        learned = self._store.learned()
        whole = [episode.id for episode in learned if not ledger.gone(episode.id)]
        changed = [episode for episode in learned if ledger.gone(episode.id)]
        known = [*self._nights.probes_of(whole), *self._probes_anew(changed, ledger)]
        old = [Probe(one.question, one.expected, "old", one.episode_ids) for one in known]
        told = still_told(old, plan.possible)
        seed = max((episode.id for episode in plan.selection.episodes), default=0)
        again = asked_again(told, self._settings.gate.old_probes, seed=seed)
        return self._store.fair([*still_told(fresh, plan.possible), *again])

    def _probes_anew(self, episodes: Sequence[Episode], ledger: Ledger) -> list[Probe]:
        probes: list[Probe] = []
        for episode in episodes:
            with suppress(*_FAULTS):  # then its facts are not asked for
                before, gone = self._store.before(episode), ledger.gone(episode.id)
                probes += self._write_probes(episode, before, gone)
        return probes

    def _sharing_words(self, episode: Episode) -> list[Episode]:
        found = self._store.search_text(episode.user_text, 8)
        return self._store.by_ids(episode_id for episode_id, _ in found)
