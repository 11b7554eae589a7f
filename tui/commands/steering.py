"""`reverie memory pin`, `mute`, `approve`, `edit`, `forget`, `undo`: steer what is remembered.

Loads no chat model; an edit asks the embedder.
"""

from collections.abc import Sequence
from contextlib import closing

from assistant.intake import novelties
from assistant.settings import Settings
from assistant.turn import accepted
from consolidation import forgetting
from consolidation.plain_words import insisted_words
from memory.episode import Episode, Origin
from memory.store import EpisodeStore
from models.embed import EmbedderProcess
from tui.change_words import undone_words
from tui.commands.editor import edited
from tui.commands.memory import UnknownEpisode, as_document, existing, opened
from tui.outcome import Outcome

_UNTIL = "for 24 hours, or until the next night"
_WEIGHTS = " The weights still know {}, until `reverie sleep --deep` trains without it."


class StillQuarantined(RuntimeError):
    """An episode that nothing may use before its owner approves it."""


class NothingToUndo(LookupError):
    """No change is left that could be taken back."""


def set_muted(settings: Settings, episode_id: int, *, muted: bool) -> Outcome:
    """Keep an episode from training, or let it be trained again."""
    with opened(settings) as (store, _, steering):
        _approved(store, episode_id)
        (steering.mute if muted else steering.unmute)([episode_id])
        episode = existing(store, episode_id)
    said = "is kept, and never trained" if muted else "waits for the next night"
    if episode.state == "learned":
        said = "is not muted; the weights know it already"
    return Outcome(as_document(episode), f"Episode {episode_id} {said}.")


def set_pinned(settings: Settings, episode_id: int, *, pinned: bool) -> Outcome:
    """Insist that an episode is trained, or leave it to the night again."""
    with opened(settings) as (store, _, steering):
        _approved(store, episode_id)
        (steering.pin if pinned else steering.unpin)([episode_id])
        episode = existing(store, episode_id)
    said = "is no longer pinned: the night decides"
    if pinned and episode.state == "learned":
        said = "is pinned; the weights know it already"
    elif pinned:
        said = "is pinned: the next night takes it, whatever it is"
    text = f"Episode {episode_id} {said}."
    secret = secret_in(episode) if pinned else ""
    if secret:
        text += f" {insisted_words(secret)}"
    return Outcome(as_document(episode) | {"secret": secret}, text)


def secret_in(episode: Episode) -> str:
    """What looks like a secret in what its owner wrote: "a card number"; empty for nothing."""
    from consolidation.english.confidential import in_words, secrets_in

    found = secrets_in(episode.user_text)
    return in_words(found) if found else ""


def approve(
    settings: Settings, ids: Sequence[int], *, everything: bool, origin: Origin | None
) -> Outcome:
    """Let episodes out of quarantine: these, or all."""
    with opened(settings) as (store, _, steering):
        if not everything:
            for episode_id in ids:
                existing(store, episode_id)
        wanted = [
            one.id
            for one in store.quarantined()
            if (everything or one.id in ids) and origin in (None, one.origin)
        ]
        approved = steering.approve(wanted)
        left = store.counts()["quarantined"]
    count = "1 episode is" if len(approved) == 1 else f"{len(approved)} episodes are"
    text = f"{count} approved, as if you had said so here: recalled from now on, and learned."
    if not approved:
        text = "Nothing was approved, for none of these is quarantined."
    if left:
        text += f" {left} stay quarantined; see `reverie memory list --state quarantined`."
    return Outcome({"approved": approved, "quarantined": left}, text)


def edit(settings: Settings, episode_id: int, text: str | None) -> Outcome:
    """Put other words in place of what was said: given ones, or those that an editor leaves."""
    with opened(settings) as (store, _, steering):
        episode = existing(store, episode_id)
        if text is None:
            text = edited(episode.user_text, settings.home)
        said = _fit(text)
        if said == episode.user_text:
            return Outcome(as_document(episode), f"Episode {episode_id} stays as it is.")
        embedder = EmbedderProcess(settings.embedder_source, settings.embedder_log_file)
        with closing(embedder):
            embeddings = embedder.embed([said])
        (novelty,) = novelties(store, embeddings, besides=episode_id)
        forgetting.reword(settings, steering, episode_id, said, embeddings[0], novelty)
        changed = existing(store, episode_id)
    did = f"Episode {episode_id} is changed."
    if episode.state == "learned":
        did += (
            " It waits for the next night again; the weights still know the old wording, "
            "until `reverie sleep --deep` trains without it."
        )
    did += f" `reverie memory undo` brings the old words back {_UNTIL}."
    was_learned = episode.state == "learned"
    return Outcome(as_document(changed) | {"weights_know": was_learned}, did)


def forget(settings: Settings, ids: Sequence[int], *, now: bool) -> Outcome:
    """Remove episodes and everything made from them: at once for good, or with one undo."""
    with opened(settings) as (store, _, steering):
        known = {one.id: one for one in store.by_ids(ids)}
        if not now:
            for episode_id in ids:
                existing(store, episode_id)
            found = forgetting.forget(settings, steering, ids)
        else:
            found = forgetting.forget_now(settings, store, ids)
            if not found:
                raise UnknownEpisode(f"there is no episode {ids[0]}; see `reverie memory list`")
    learned = [one for one in found if one in known and known[one].state == "learned"]
    many = len(found) > 1
    named = f"{len(found)} episodes are" if many else f"Episode {found[0]} is"
    if now:
        text = f"{named} forgotten for good: nothing of it is left in the files of this home."
    else:
        text = (
            f"{named} forgotten. `reverie memory undo` brings {'them' if many else 'it'} back "
            f"{_UNTIL}; `reverie memory forget --now {' '.join(map(str, found[:9]))}` "
            f"leaves nothing of {'them' if many else 'it'} at once."
        )
    if learned:
        text += _WEIGHTS.format("it" if len(learned) == len(found) == 1 else f"{len(learned)}")
    document = {
        "forgotten": found if many else found[0],
        "weights_know": bool(learned),
        "undoable": not now,
    }
    return Outcome(document, text)


def undo(settings: Settings) -> Outcome:
    """Take the last change back."""
    with opened(settings) as (store, _, steering):
        undone = forgetting.undo(settings, steering)
        if undone is None:
            raise NothingToUndo(
                f"there is nothing to undo; a change can be undone {_UNTIL}, the last one first"
            )
        episodes = store.by_ids(undone.episode_ids)
    document = {
        "undone": undone.what,
        "episode_ids": list(undone.episode_ids),
        "episodes": [as_document(one) for one in episodes[:50]],
    }
    return Outcome(document, undone_words(undone, episodes))


def _approved(store: EpisodeStore, episode_id: int) -> None:
    if existing(store, episode_id).state == "quarantined":
        raise StillQuarantined(
            f"episode {episode_id} is quarantined, and used for nothing; "
            f"`reverie memory approve {episode_id}` first"
        )


def _fit(text: str) -> str:
    remove = "`reverie memory forget` removes an episode"
    return accepted(text, "text", if_empty=remove, if_long="shorten it")
