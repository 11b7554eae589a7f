"""What a machine has is read off the system, and off what drivers say."""

import sys
from pathlib import Path

import psutil
import pytest

from models import hardware
from models.hardware import Gpu, gpu_in, this_hardware


@pytest.mark.parametrize(
    ("listing", "gpu"),
    [
        ("NVIDIA H200, 143771\n", Gpu("NVIDIA H200", 143771 * 2**20)),
        ("NVIDIA A, B, 100\nNVIDIA C, 7\n", Gpu("NVIDIA A, B", 100 * 2**20)),
        ("", None),
        ("No devices were found\n", None),
        ("NVIDIA X, [N/A]\n", None),
    ],
)
def test_the_first_gpu_of_a_listing_counts(listing: str, gpu: Gpu | None) -> None:
    assert gpu_in(listing) == gpu


def with_driver(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    program = folder / "nvidia-smi"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.parametrize("script", ["echo broken; exit 9", "echo no comma"])
def test_a_driver_that_does_not_answer_is_no_gpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    with_driver(monkeypatch, tmp_path, script)
    found = this_hardware()
    assert found.gpu is None
    assert not found.chats_on_gpu
    assert not found.trains_on_gpu
    assert found.memory_bytes == psutil.virtual_memory().total


def test_a_driver_that_hangs_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_driver(monkeypatch, tmp_path, "exec sleep 60")
    monkeypatch.setattr(hardware, "_PATIENCE_S", 0.2)
    assert this_hardware().gpu is None


def test_a_gpu_is_used_by_what_was_built_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_driver(monkeypatch, tmp_path, "echo NVIDIA T4, 15360")
    for package, library in (("llama_cpp", "libggml-cuda.so"), ("torch", "libtorch_cpu.so")):
        (tmp_path / package / "lib").mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
        (tmp_path / package / "lib" / library).touch()
        monkeypatch.delitem(sys.modules, package, raising=False)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    found = this_hardware()
    assert found.gpu == Gpu("NVIDIA T4", 15360 * 2**20)
    assert (found.chats_on_gpu, found.trains_on_gpu) == (True, False)
