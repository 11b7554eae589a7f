"""What studies ask: a process for models, and the base, as the settings have them."""

import os
import platform
from dataclasses import replace
from pathlib import Path

from assistant import engines
from assistant.default_model import opened_registry
from assistant.settings import Settings
from models.engine import Engine
from models.registry import ModelVersion


def opened_engine(settings: Settings, threads: int = 0) -> Engine:
    """None of its models is loaded yet; 0 threads are those of the settings."""
    return engines.opened_engine(settings, 2048, threads=threads)


def on_the_package(settings: Settings) -> Settings:
    """The settings on the bare package, as nights train on it, where they name no model."""
    gguf = settings.model.gguf or str(settings.packaged_gguf)
    return replace(settings, model=replace(settings.model, gguf=gguf))


def base_of(settings: Settings) -> ModelVersion:
    """The frozen base."""
    return opened_registry(settings).base()


def machine(device: str) -> str:
    """What trains on a device of the settings: the graphics card, or the processor."""
    from consolidation.train import device_of

    if device_of(device).type == "cuda":
        import torch

        return str(torch.cuda.get_device_name())
    return f"{_processor()}, {os.cpu_count() or 1} cores"


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text("utf-8").splitlines() if known.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
