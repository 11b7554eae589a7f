"""What studies ask: a process for models, and the base, as the settings have them."""

from datetime import UTC, datetime

from assistant.settings import Settings
from models.engine import Engine
from models.registry import ModelVersion, Registry


def opened_engine(settings: Settings, threads: int = 0) -> Engine:
    """None of its models is loaded yet; 0 threads are those of the settings."""
    return Engine(
        settings.base_gguf,
        context_tokens=2048,
        gpu_layers=settings.model.gpu_layers,
        threads=threads or settings.model.threads,
        log_file=settings.engine_log_file,
    )


def base_of(settings: Settings) -> ModelVersion:
    """The frozen base."""
    return Registry(settings.weights_folder, settings.base_gguf, lambda: datetime.now(UTC)).base()
