"""The ledger: what new episodes change about earlier ones, and what of each still holds.

Decides by `change.superseded`; finds the earlier episodes through what it is given.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from consolidation.change import Told, superseded
from consolidation.changed_views import change_views
from consolidation.dreams import DreamWriter, local_time
from consolidation.english.parts import parts_of
from consolidation.english.person import sentence_case
from memory.episode import Episode
from memory.records import Dream, Replaced

CHANGE_VIEWS = 6
"""Dreams of each change: that it is new, and what it was not before."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Which facts no longer hold."""

    replaced: tuple[Replaced, ...] = ()
    _gone: dict[int, frozenset[str]] = field(default_factory=dict)

    @staticmethod
    def of(replaced: Iterable[Replaced]) -> "Ledger":
        """From every replacement known."""
        every = tuple(replaced)
        gone: dict[int, frozenset[str]] = {}
        for one in every:
            gone[one.episode_id] = gone.get(one.episode_id, frozenset()) | {one.fact}
        return Ledger(every, gone)

    def gone(self, episode_id: int) -> frozenset[str]:
        """The facts of an episode that no longer hold."""
        return self._gone.get(episode_id, frozenset())

    def change_dreams(self, episode_id: int, told: Iterable[str] = ()) -> list[Dream]:
        """Dreams that teach what an episode changed, and that it changed.

        `told` are its answers: of two sentences that tell the change, both are the answer.
        """
        dreams: dict[str, Dream] = {}
        for one in self.replaced:
            if one.by_episode_id == episode_id and one.by_fact not in self.gone(episode_id):
                now = sentence_case(one.by_fact)
                whole = next((text for text in told if now in text), now)
                sources = (one.by_episode_id, one.episode_id)
                for prompt, answer, kind in change_views(one.fact, one.by_fact)[:CHANGE_VIEWS]:
                    told_whole = answer.replace(now, whole)
                    dreams.setdefault(prompt, Dream(prompt, told_whole, kind, sources))
        return list(dreams.values())


class ChangeFinder:
    """Finds the earlier facts, and parts of facts, that episodes replace. Reads each once."""

    def __init__(
        self,
        writer: DreamWriter,
        before: Callable[[Episode], Sequence[Episode]],
        similar: Callable[[str, str], float],
    ) -> None:
        """`before` gives an episode's session so far; `similar` is the cosine of two sentences."""
        self._writer = writer
        self._before = before
        self._similar = similar
        self._known: dict[int, list[Told]] = {}

    def found(
        self, episodes: Iterable[Episode], earlier: Callable[[Episode], Sequence[Episode]]
    ) -> list[Replaced]:
        """What `episodes` replace of the episodes that `earlier` gives for each."""
        found: list[Replaced] = []
        for episode in episodes:
            olds = [
                (other.id, old)
                for other in {one.id: one for one in earlier(episode)}.values()
                if other.told_at < episode.told_at
                for old in self._told(other)
            ]
            told = [old for _, old in olds]
            news = self._told(episode) if olds else []
            pairs = [(k, new) for new in news for k in superseded(new, told, self._similar)]
            for k, new in pairs or self._overtaken(news, told):
                found.append(Replaced(olds[k][0], told[k].fact, episode.id, new.fact))
        return found

    def _overtaken(self, news: Sequence[Told], told: Sequence[Told]) -> list[tuple[int, Told]]:
        """What a message changes that no rule could take apart: which of the told, and by what."""
        if not news:
            return []
        facts = [old.fact for old in told]
        message, before = news[0].message, news[0].before
        return [
            (index, max(news, key=lambda new: self._similar(new.fact, facts[index])))
            for index in self._writer.overtaken(message, before, facts, self._similar)
        ]

    def _told(self, episode: Episode) -> list[Told]:
        if episode.id not in self._known:
            before = self._before(episode)
            said = tuple(one.user_text for one in before)
            facts = self._writer.facts(episode, before)
            parts = dict.fromkeys(part for fact in facts for part in parts_of(fact))
            self._known[episode.id] = [
                Told(part, episode.user_text, said, local_time(episode)) for part in parts
            ]
        return self._known[episode.id]
