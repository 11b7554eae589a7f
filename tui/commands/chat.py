"""`reverie say`: one turn, by the same code that the app runs."""

from typing import Any

from assistant.session import Session
from assistant.settings import Settings
from assistant.turn import TurnResult
from assistant.workspace import Workspace
from tui.outcome import Outcome


class _NotAllowed(Exception):
    """A turn was about to write, and nobody had said that it may."""

    def __init__(self, intent: str) -> None:
        super().__init__(intent)
        self.intent = intent


def say(settings: Settings, text: str, *, recall: bool, private: bool, writes: bool) -> Outcome:
    """Answer a message and store the episode, unless it is private.

    A note or a reminder is written with `writes` alone; without it nothing is done or stored, and
    what would be is said.
    """

    def allow(intent: str) -> bool:
        if not writes:
            raise _NotAllowed(intent)
        return True

    workspace = Workspace(settings)
    try:
        workspace.warm_up(embedder=recall or not private)
        result = workspace.assistant.reply(
            text, Session.new(), allow=allow, recall=recall, private=private
        )
    except _NotAllowed as wanted:
        return _proposal(wanted.intent)
    finally:
        workspace.close()
    return Outcome(_document(result), result.reply)


def _proposal(intent: str) -> Outcome:
    text = f"{intent}\nNothing is written yet: say it again with --yes."
    document = _document(TurnResult(text, None, None, (), False)) | {"proposed": intent}
    return Outcome(document, text)


def _document(result: TurnResult) -> dict[str, Any]:
    novelty = result.novelty
    bits = novelty.surprisal_bits if novelty else None
    return {
        "reply": result.reply,
        "episode_id": result.episode_id,
        "novelty": round(novelty.score, 4) if novelty else None,
        "surprisal_bits": round(bits, 4) if bits is not None else None,
        "recalled": [
            {"episode_id": r.episode.id, "user_text": r.episode.user_text, "score": r.score}
            for r in result.recalled
        ],
        "tools": [
            {"tool": run.call.name, "arguments": dict(run.call.arguments)} for run in result.tools
        ],
    }
