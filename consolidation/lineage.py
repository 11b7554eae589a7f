"""Which episodes the live weights were taught, after a change of version. Decides no version."""

from memory.nights import NightStore
from memory.records import NightReport
from memory.store import EpisodeStore
from models.registry import ModelVersion, Registry


def roll_back(registry: Registry, nights: NightStore, store: EpisodeStore) -> ModelVersion:
    """Make the version before the live one live again. Raises `NothingToRollBack`."""
    champion = registry.rollback()
    match_states(registry, nights, store)
    return champion


def use(registry: Registry, nights: NightStore, store: EpisodeStore, name: str) -> ModelVersion:
    """Make the version of that name the live one. Raises `UnknownVersion`, `WeightsMissing`."""
    registry.champion()  # in a fresh home, the base is registered only now
    champion = registry.use(name)
    match_states(registry, nights, store)
    return champion


def match_states(registry: Registry, nights: NightStore, store: EpisodeStore) -> None:
    """Mark as learned what the live version's line of nights taught; the rest waits again."""
    taught: set[int] = set()
    version: ModelVersion | None = registry.champion()
    known = {one.name: one for one in registry.versions()}
    while version is not None:
        report = nights.show(version.night_id) if version.night_id is not None else None
        taught |= learned_episodes(report) if report else set()
        known.pop(version.name, None)  # each once, whatever a damaged version.json says
        version = known.get(version.parent or "")
    learned = {episode.id for episode in store.learned()}
    waiting = {episode.id for episode in store.waiting()}
    store.set_state(sorted(learned - taught), "waiting")
    store.set_state(sorted(waiting & taught), "learned")


def learned_episodes(report: NightReport) -> set[int]:
    """Episodes of which at least half of the new probes are right; the others wait on.

    One that nothing could be asked about was taught all the same, and later nights repeat it.
    """
    right: dict[int, list[bool]] = {}
    for result in report.probes:
        if result.probe.group == "new":
            for episode_id in result.probe.episode_ids:
                right.setdefault(episode_id, []).append(result.after_right)
    unasked = {choice.episode_id for choice in report.selected} - set(right)
    return unasked | {one for one, marks in right.items() if 2 * sum(marks) >= len(marks)}
