"""How much of a conversation a model bears."""

from dataclasses import replace

from assistant.settings import ChatSettings, Settings

SMALL_BYTES = 300_000_000


def borne(settings: Settings) -> ChatSettings:
    """The settings of chat, with as much history as the model bears where they leave it open.

    A small model with all of a conversation before it says its last reply again, whatever is said:
    of 65 general questions after four messages the default model answers 22, and 60 with one
    exchange before them (`benchmarks.late_questions`). What was said earlier is still recalled.
    """
    chat = settings.chat
    try:
        is_small = settings.backbone_gguf.stat().st_size < SMALL_BYTES
    except OSError:  # told where it is loaded
        is_small = False
    return replace(chat, history=1) if chat.history < 0 and is_small else chat
