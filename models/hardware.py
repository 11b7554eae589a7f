"""What this machine has for a model: memory and GPU. Loads none of the libraries that use them."""

import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil

_PATIENCE_S = 5.0
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics card with memory of its own."""

    name: str
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Hardware:
    """Memory, and which part of the work a GPU can take."""

    memory_bytes: int
    gpu: Gpu | None = None
    """None as well where it shares the machine's memory, as Apple's do."""
    chats_on_gpu: bool = False
    """Whether llama.cpp was built for it."""
    trains_on_gpu: bool = False
    """Whether torch was."""


def this_hardware() -> Hardware:
    """What this machine has now. May take a few seconds where a driver wakes up."""
    gpu = _nvidia_gpu()
    return Hardware(
        memory_bytes=int(psutil.virtual_memory().total),
        gpu=gpu,
        chats_on_gpu=gpu is not None and _holds("llama_cpp", "*ggml-cuda*"),
        trains_on_gpu=gpu is not None and _holds("torch", "*torch_cuda*"),
    )


def gpu_in(listing: str) -> Gpu | None:
    """The first GPU that `nvidia-smi` lists as "name, MiB"; None where there is none."""
    name, _, size = listing.strip().partition("\n")[0].rpartition(",")
    if not name or not size.strip().isdigit():
        return None
    return Gpu(name.strip(), int(size) * _MIB)


def _nvidia_gpu() -> Gpu | None:
    program = shutil.which("nvidia-smi")
    if program is None:
        return None
    asked = [program, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, timeout=_PATIENCE_S)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return gpu_in(told.stdout) if told.returncode == 0 else None


def _holds(package: str, library: str) -> bool:
    """Whether an installed package brings a library of this name."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return False
    return any((Path(spec.origin).parent / "lib").glob(library))
