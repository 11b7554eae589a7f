"""`reverie say`: one turn, by the same code that the app runs."""

from assistant.session import Session
from assistant.settings import Settings
from assistant.workspace import Workspace
from tui.outcome import Outcome


def say(settings: Settings, text: str, *, recall: bool, private: bool) -> Outcome:
    """Answer a message and store the episode, unless it is private."""
    workspace = Workspace(settings)
    try:
        workspace.warm_up(embedder=recall or not private)
        result = workspace.assistant.reply(text, Session.new(), recall=recall, private=private)
    finally:
        workspace.close()
    novelty = result.novelty
    bits = novelty.surprisal_bits if novelty else None
    document = {
        "reply": result.reply,
        "episode_id": result.episode_id,
        "novelty": round(novelty.score, 4) if novelty else None,
        "surprisal_bits": round(bits, 4) if bits is not None else None,
        "recalled": [
            {"episode_id": r.episode.id, "user_text": r.episode.user_text, "score": r.score}
            for r in result.recalled
        ],
    }
    return Outcome(document, result.reply)
