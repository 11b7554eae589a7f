"""The models' process as the settings have it. Starts nothing yet."""

from assistant.settings import Settings
from models.engine import Engine


def opened_engine(
    settings: Settings, context_tokens: int | None = None, *, threads: int = 0
) -> Engine:
    """None of its models is loaded yet; what is not given is as the settings say."""
    return Engine(
        settings.base_gguf,
        context_tokens=context_tokens or settings.model.context_tokens,
        gpu_layers=settings.model.gpu_layers,
        threads=threads or settings.model.threads,
        log_file=settings.engine_log_file,
    )
