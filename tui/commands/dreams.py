"""`reverie dreams`: read tonight's dreams before they are trained, strike some, restore some."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from assistant.clock import utc_now
from assistant.settings import Settings
from memory.database import Connections
from memory.nights import NightStore
from memory.records import Dream, Struck
from memory.store import EpisodeStore
from tui.commands.night import opened_sleeper
from tui.dream_words import dream_document, dream_line
from tui.outcome import Outcome

FEWEST_DIGITS = 4
_IN_THE_WEIGHTS = (
    " A night has trained {}, and the weights keep it until `reverie sleep --deep` trains "
    "them anew."
)


class UnknownDream(LookupError):
    """No dream, or more than one, has that name."""


def list_dreams(settings: Settings, *, tonight: bool, struck: bool) -> Outcome:
    """What tonight would train, what is struck, or both."""
    planned = _planned(settings) if tonight else []
    with _nights(settings) as nights:
        kept_out = list(_by_key(nights.struck())) if struck else []
    marks: list[tuple[Dream, datetime | None]] = [(dream, None) for dream in planned]
    marks += [(one.dream, one.struck_at) for one in kept_out]
    if not marks:
        return Outcome([], _nothing(tonight=tonight))
    shows_both = tonight and struck
    lines = [
        f"{('struck  ' if at else ' ' * 8) if shows_both else ''}{dream_line(dream)}"
        for dream, at in marks
    ]
    documents = [
        dream_document(dream) | {"struck": at is not None, "struck_at": _iso(at)}
        for dream, at in marks
    ]
    return Outcome(documents, "\n".join(lines))


def strike(settings: Settings, ids: Sequence[str]) -> Outcome:
    """Keep dreams from every night: all of them, or none where one is not known."""
    planned = _planned(settings)
    with Connections(settings.database_file) as connections:
        nights = NightStore(connections)
        trained = nights.dreams_of(one.id for one in EpisodeStore(connections).learned())
        before = [one.dream for one in nights.struck()]
        known = [*planned, *trained, *before]
        missing = "no dream of tonight's plan is called {!r}; see `reverie dreams list`"
        keys = [_key_called(name, known, missing) for name in ids]
        chosen = [dream for dream in known if dream.key in keys]
        nights.strike(chosen, utc_now())
    found = _one_each(chosen)
    count = "1 dream is" if len(found) == 1 else f"{len(found)} dreams are"
    text = f"{count} struck: no night will train {'it' if len(found) == 1 else 'them'}."
    in_weights = sum(dream.key in {one.key for one in trained} for dream in found)
    if in_weights:
        text += _IN_THE_WEIGHTS.format("it" if len(found) == 1 else f"{in_weights} of them")
    document = {"struck": [dream_document(one) for one in found], "weights_know": in_weights}
    return Outcome(document, text)


def restore(settings: Settings, ids: Sequence[str]) -> Outcome:
    """Let struck dreams be trained again: all of them, or none where one is not known."""
    with _nights(settings) as nights:
        before = [one.dream for one in nights.struck()]
        missing = "no struck dream is called {!r}; see `reverie dreams list --struck`"
        keys = [_key_called(name, before, missing) for name in ids]
        nights.restore(keys)
    found = _one_each(dream for dream in before if dream.key in keys)
    count = "1 dream may" if len(found) == 1 else f"{len(found)} dreams may"
    document = {"restored": [dream_document(one) for one in found]}
    return Outcome(document, f"{count} be trained again.")


def _key_called(name: str, dreams: Iterable[Dream], missing: str) -> str:
    """The name in full, of which a beginning that no other has is enough."""
    digits = name.lower()
    found = {d.key for d in dreams if len(digits) >= FEWEST_DIGITS and d.key.startswith(digits)}
    if not found:
        raise UnknownDream(missing.format(name))
    if len(found) > 1:
        raise UnknownDream(f"{name!r} may be {' or '.join(sorted(found))}; give more digits")
    return found.pop()


def _planned(settings: Settings) -> list[Dream]:
    with opened_sleeper(settings) as sleeper:
        plan = sleeper.plan()
    return [*plan.dreams, *plan.replay]


def _by_key(struck: Iterable[Struck]) -> Iterable[Struck]:
    """Each dream once, though several episodes may tell it."""
    return {one.dream.key: one for one in struck}.values()


def _one_each(dreams: Iterable[Dream]) -> list[Dream]:
    return list({dream.key: dream for dream in dreams}.values())


def _nothing(*, tonight: bool) -> str:
    if tonight:
        return "Tonight would train nothing; `reverie sleep --dry-run` says why."
    return "No dream is struck."


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@contextmanager
def _nights(settings: Settings) -> Iterator[NightStore]:
    with Connections(settings.database_file) as connections:
        yield NightStore(connections)
