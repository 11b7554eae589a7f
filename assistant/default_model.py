"""The default model: the packaged SmolLM2, with an adapter that taught it to listen.

As it comes, the small model is sorry for what it is told, and reads a third of the notes put before
it rightly. The listener (`python -m benchmarks.listener`) is merged into it once; it then is a base
that no night changes. Nights train on the package, and merge upon this file.
"""

from functools import partial
from importlib.resources import as_file, files
from pathlib import Path

from assistant.clock import utc_now
from assistant.settings import PRIVATE_FOLDER_MODE, Settings
from models.base import WeightsMissing
from models.registry import Registry

LISTENER = files("assistant").joinpath("listener.safetensors")


def ready_base(settings: Settings) -> Path:
    """The file of the base that chats; that of the default model is made if it is missing.

    That takes seconds, and gives the same bytes everywhere: the adapter's numbers are so short
    that no sum of them is rounded. Raises `WeightsMissing`.
    """
    out = settings.base_gguf
    if settings.model.gguf or out.exists():
        return out
    from models.gguf import write_merged

    try:
        out.parent.mkdir(mode=PRIVATE_FOLDER_MODE, parents=True, exist_ok=True)
        with as_file(LISTENER) as adapter:
            write_merged(settings.packaged_gguf, adapter, out)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WeightsMissing(
            f"the default model cannot be written to {out} ({reason}); make room or rights for "
            "120 MB there, or name a GGUF file as model.gguf in settings.toml"
        ) from error
    return out


def opened_registry(settings: Settings) -> Registry:
    """The versions of a home, on the base of its settings."""
    make = partial(ready_base, settings)
    return Registry(settings.weights_folder, settings.base_gguf, utc_now, make)
