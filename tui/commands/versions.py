"""`reverie models`: versions of the weights, and which one is live."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from assistant.default_model import opened_registry
from assistant.settings import Settings
from consolidation import lineage
from consolidation.timeline import Entry, share_words, timeline
from memory.database import Connections
from memory.history import History
from memory.nights import NightStore
from memory.store import EpisodeStore
from memory.votes import VoteStore
from models.registry import ModelVersion, Registry
from tui.outcome import DONE, FAILED, Outcome


def list_versions(settings: Settings) -> Outcome:
    """All versions, oldest first, with what their nights scored; the live one is marked."""
    registry = _registry(settings)
    champion = registry.champion()
    with Connections(settings.database_file) as connections:
        nights = History(connections).nights()
        votes = VoteStore(connections).all()
    entries = timeline(
        registry.versions(), champion.name, nights, votes, on_trial=registry.on_trial()
    )
    documents = [
        _as_document(entry.version, champion)
        | {
            "on_trial": entry.on_trial,
            "deep": entry.deep,
            "scores": _scores(entry),
            "votes": asdict(entry.votes),
        }
        for entry in entries
    ]
    return Outcome(documents, "\n".join(map(_line, entries)))


def rollback(settings: Settings) -> Outcome:
    """Make the version before the live one live again."""
    registry = _registry(settings)
    before = registry.champion()
    with _stores(settings) as (nights, store):
        champion = lineage.roll_back(registry, nights, store)
    return Outcome(
        _as_document(champion, champion),
        f"{champion.name} is live again; {before.name} is kept.",
    )


def use(settings: Settings, name: str) -> Outcome:
    """Make a version the live one."""
    registry = _registry(settings)
    with _stores(settings) as (nights, store):
        champion = lineage.use(registry, nights, store, name)
    return Outcome(_as_document(champion, champion), f"{champion.name} is live.")


def prune(settings: Settings, keep: int | None) -> Outcome:
    """Remove the files of all but the newest versions; what each was stays listed."""
    keep = keep or settings.model.keep_versions
    removed = _registry(settings).prune(keep) if keep else []
    size = sum(version.gguf_size_bytes for version in removed)
    names = [version.name for version in removed]
    document = {"removed": names, "size_bytes": size}
    if not keep:
        said = "model.keep_versions is 0, which keeps all; say how many: --keep N."
    elif not removed:
        said = f"Nothing to remove: only the newest {keep} and what is needed have files."
    else:
        said = f"Removed the files of {', '.join(names)}: {size / 1e6:.0f} MB."
    return Outcome(document, said)


def verify(settings: Settings, name: str | None) -> Outcome:
    """Compare every file with the hash that was recorded."""
    registry = _registry(settings)
    registry.champion()
    results = registry.verify(name)
    lines = [f"{'ok    ' if r.ok else 'BROKEN'}  {r.name}  {r.reason}".rstrip() for r in results]
    documents = [{"name": r.name, "ok": r.ok, "reason": r.reason} for r in results]
    code = DONE if all(r.ok for r in results) else FAILED
    return Outcome(documents, "\n".join(lines), code=code)


@contextmanager
def _stores(settings: Settings) -> Iterator[tuple[NightStore, EpisodeStore]]:
    with Connections(settings.database_file) as connections:
        yield NightStore(connections), EpisodeStore(connections)


def _registry(settings: Settings) -> Registry:
    return opened_registry(settings)


def _line(entry: Entry) -> str:
    version = entry.version
    line = (
        f"{'*' if entry.live else ' '} {version.name:<14} "
        f"{version.created_at.astimezone():%Y-%m-%d %H:%M}  "
        f"{version.gguf_size_bytes / 1e6:6.0f} MB  "
        f"{'from ' + version.parent if version.parent else 'the frozen base':<20}"
    )
    if version.parent:
        line += (
            f"  new {share_words(entry.learned)}, older {share_words(entry.retained)}, "
            f"general {share_words(entry.general)}"
        )
    if entry.votes.words:
        line += f", votes: {entry.votes.words}"
    state = "" if entry.state == "live" else entry.state
    return f"{line}  {state}".rstrip()


def _scores(entry: Entry) -> dict[str, Any]:
    """By group, as the version's night tested it."""
    shares = {"new": entry.learned, "old": entry.retained, "general": entry.general}
    return {group: asdict(share) for group, share in shares.items()}


def _as_document(version: ModelVersion, champion: ModelVersion) -> dict[str, Any]:
    return {
        "name": version.name,
        "live": version.name == champion.name,
        "parent": version.parent,
        "night_id": version.night_id,
        "created_at": version.created_at.isoformat(),
        "gguf": str(version.gguf),
        "gguf_sha256": version.gguf_sha256,
        "size_bytes": version.gguf_size_bytes,
        "removed_at": version.removed_at.isoformat() if version.removed_at else None,
    }
