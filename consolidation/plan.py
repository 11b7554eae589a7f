"""The plan of a night: which episodes, what is dreamt of them, and what will be asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.settings import Settings
from consolidation.checking import Checker
from consolidation.dreams import DreamWriter, ProbeWriter
from consolidation.ledger import ChangeFinder, Ledger
from consolidation.replay import replay_of
from consolidation.selection import Selection, retold_episodes, select_for_replay
from consolidation.turns import turns_of
from consolidation.utterances import why_silent
from consolidation.views import spread
from memory.episode import Episode
from memory.nights import NightStore
from memory.records import Dream, Dropped, Probe, Replaced
from memory.store import EpisodeStore

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
    dropped: tuple[Dropped, ...] = ()
    """Dreams that are not trained, since they say more than their episodes."""
    teacher: str = ""
    """One sentence on the model that wrote further dreams; empty where none was named."""


class Planner:
    """Plans nights on one store. Trains nothing and stores nothing."""

    def __init__(
        self,
        settings: Settings,
        store: EpisodeStore,
        nights: NightStore,
        writer: DreamWriter,
        write_probes: ProbeWriter,
        similar: Callable[[str, str], float],
    ) -> None:
        """`similar` is the cosine of two sentences, 0 to 1."""
        self._settings = settings
        self._store = store
        self._nights = nights
        self._writer = writer
        self._write_probes = write_probes
        self._similar = similar

    def plan(self, *, deep: bool = False, on_dream: Counted = uncounted) -> NightPlan:
        """Select and dream; train nothing and store nothing."""
        waiting = self._store.waiting()
        before, sharing_words = cache(self._store.before), cache(self._sharing_words)

        def told_before(episode: Episode) -> list[Episode]:
            """What this one may change: of its session, or of its words."""
            return [*before(episode), *sharing_words(episode)]

        replaced = ChangeFinder(self._writer, before, self._similar).found(waiting, told_before)
        ledger = Ledger.of((*self._nights.replaced(), *replaced))
        dreamt = {}
        for done, episode in enumerate(waiting):
            on_dream(done, len(waiting))
            dreamt[episode.id] = self._dreams_of(episode, before(episode), ledger)
        possible = {episode_id: kept for episode_id, (kept, _) in dreamt.items()}
        silent = {
            e.id: self._why_silent(e, before(e), ledger, dreamt[e.id][1])
            for e in waiting
            if not possible[e.id]
        }
        retold = retold_episodes(waiting, sharing_words)
        selection = select_for_replay(waiting, possible, retold, self._settings.selection, silent)
        dreams = [dream for episode in selection.episodes for dream in possible[episode.id]]
        looked_at = {*silent, *(episode.id for episode in selection.episodes)}
        dropped = [one for e in waiting if e.id in looked_at for one in dreamt[e.id][1]]
        replay, fallen = self._replay(ledger, deep=deep, seed=len(dreams))
        return NightPlan(
            selection,
            tuple(replaced),
            tuple(dreams),
            tuple(replay),
            ledger,
            (*dropped, *fallen),
        )

    def _dreams_of(
        self, episode: Episode, before: Sequence[Episode], ledger: Ledger
    ) -> tuple[list[Dream], list[Dropped]]:
        """What a night would train of an episode, and what it may not."""
        views, check = self._settings.training.views_per_statement, Checker(episode, before).checked
        written = self._writer.write(episode, before, ledger.gone(episode.id))
        changes, changes_dropped = check(ledger.change_dreams(episode.id))
        _, dropped = check(spread(written, views))
        told = spread(check(written)[0], views)
        return [*told, *changes], [*dropped, *changes_dropped]

    def _why_silent(
        self,
        episode: Episode,
        before: Sequence[Episode],
        ledger: Ledger,
        dropped: Sequence[Dropped],
    ) -> str:
        if dropped:
            return "what was dreamt of it said more than it does"
        if ledger.gone(episode.id):
            return "what it says has changed since"
        return why_silent(episode.user_text, turns_of(before))

    def _replay(
        self, ledger: Ledger, *, deep: bool, seed: int
    ) -> tuple[list[Dream], list[Dropped]]:
        """Dreams of learned episodes; one of which something no longer holds is dreamt anew.

        What earlier nights trained is checked again, by the rules of today.
        """
        learned = self._store.learned()
        whole = [episode.id for episode in learned if not ledger.gone(episode.id)]
        dreams = self._nights.dreams_of([episode.id for episode in learned])
        still = [dream for dream in dreams if dream.episode_ids[0] in whole]
        anew = [
            dream
            for episode in learned
            if ledger.gone(episode.id)
            for dream in self._dreams_of(episode, self._store.before(episode), ledger)[0]
        ]
        views = None if deep else self._settings.training.replay_views
        chosen = replay_of([e.id for e in learned], [*still, *anew], views, seed=seed)
        episodes = {episode.id: episode for episode in learned}
        checkers = {
            one: Checker(episodes[one], self._store.before(episodes[one]))
            for one in {dream.episode_ids[0] for dream in chosen}
        }
        checked = [checkers[dream.episode_ids[0]].checked([dream]) for dream in chosen]
        return [d for kept, _ in checked for d in kept], [d for _, gone in checked for d in gone]

    def probes(self, plan: NightPlan) -> list[Probe]:
        """Of the new facts, and of older ones in the words of their first night."""
        ledger = plan.ledger
        fresh = self._probes_anew(plan.selection.episodes, ledger)
        learned = self._store.learned()
        whole = [episode.id for episode in learned if not ledger.gone(episode.id)]
        changed = [episode for episode in learned if ledger.gone(episode.id)]
        known = [*self._nights.probes_of(whole), *self._probes_anew(changed, ledger)]
        old = [Probe(one.question, one.expected, "old", one.episode_ids) for one in known]
        return [*fresh, *old]

    def _probes_anew(self, episodes: Sequence[Episode], ledger: Ledger) -> list[Probe]:
        return [
            probe
            for episode in episodes
            for probe in self._write_probes(
                episode, self._store.before(episode), ledger.gone(episode.id)
            )
        ]

    def _sharing_words(self, episode: Episode) -> list[Episode]:
        found = self._store.search_text(episode.user_text, 8)
        return self._store.by_ids(episode_id for episode_id, _ in found)
