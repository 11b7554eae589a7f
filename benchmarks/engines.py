"""The engine that studies ask: a process for models, as settings have it."""

from assistant.settings import Settings
from models.engine import Engine


def opened_engine(settings: Settings, threads: int = 0) -> Engine:
    """None of its models is loaded yet; 0 threads are those of the settings."""
    return Engine(
        settings.base_gguf,
        context_tokens=2048,
        gpu_layers=settings.model.gpu_layers,
        threads=threads or settings.model.threads,
        log_file=settings.engine_log_file,
    )
