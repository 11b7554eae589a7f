"""Training on another machine of the owner's, as a task of a Ray cluster. An optional extra.

The job goes as JSON and its weights as bytes, each under its hash: what a worker has had before is
not fetched again. A worker that is lost is replaced, and the task begins anew. Ray's own protocol
pickles, so whoever can reach the cluster can run code on it, and it can on this machine.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from platformdirs import user_cache_path

from consolidation.examples import TrainingResult
from consolidation.training_job import OnStep, TrainingJob, described, train, unwatched
from memory.records import LossPoint
from models.durable import replacing
from models.registry import hash_file

_RETRIES = 3
"""So often a task begins anew whose worker was lost."""


class RayUnreachable(RuntimeError):
    """Ray is not installed, or no cluster answers at the address."""


def train_on_ray(job: TrainingJob, out: Path, *, on_step: OnStep = unwatched) -> TrainingResult:
    """Train a job on the cluster of its settings and write the adapter to `out`.

    `on_step` is called when all is done. Raises `RayUnreachable`.
    """
    ray = _connected(job.settings.ray)
    told = job.description()
    weights = {told["files"][name]: ray.put(path.read_bytes()) for name, path in job.files.items()}
    task = ray.remote(trained_elsewhere).options(max_retries=_RETRIES, **_wanted(ray))
    adapter, cost, losses = ray.get(task.remote(json.dumps(told), weights))
    with replacing(out) as part:
        part.write_bytes(adapter)
    for done, (step, loss) in enumerate(losses, start=1):
        on_step(LossPoint(step, loss), done, len(losses))
    return TrainingResult(**cost)


def trained_elsewhere(
    description: str, weights: Mapping[str, Any]
) -> tuple[bytes, dict[str, Any], list[tuple[int, float]]]:
    """A worker's side: the adapter, what it cost, and the loss of every step.

    `weights` are references to the bytes of files, by their hash.
    """
    told = json.loads(description)
    cache = user_cache_path("reverie", ensure_exists=True)
    paths = {name: _fetched(sha, weights, cache) for name, sha in told["files"].items()}
    losses: list[tuple[int, float]] = []

    def note(point: LossPoint, done: int, total: int) -> None:
        losses.append((point.step, point.loss))

    with TemporaryDirectory() as folder:
        out = Path(folder) / "adapter.safetensors"
        job = described(told, paths)
        trained = train(job, out, cache_folder=cache / "training", on_step=note)
        return out.read_bytes(), asdict(trained), losses


def _wanted(ray: Any) -> dict[str, float]:
    """A graphics card where the cluster has one, else all of a machine: Ray gives a task as many
    threads as it asks for.
    """
    if ray.cluster_resources().get("GPU"):
        return {"num_gpus": 1}
    return {"num_cpus": max(n["Resources"].get("CPU", 1) for n in ray.nodes() if n["Alive"])}


def _fetched(sha256: str, weights: Mapping[str, Any], cache: Path) -> Path:
    """The file with this hash, from the cache or from whoever gave the task."""
    import ray

    path = cache / "weights" / sha256
    if not path.exists() or hash_file(path) != sha256:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with replacing(path) as part:
            part.write_bytes(ray.get(weights[sha256]))
    return path


def _connected(address: str) -> Any:
    try:
        import ray
    except ImportError as error:
        raise RayUnreachable(
            f"training.ray is {address!r}, and Ray is not installed: pip install reverie[ray]"
        ) from error
    if not ray.is_initialized():
        try:
            ray.init(address=address, log_to_driver=False, logging_level="error")
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise RayUnreachable(
                f"no Ray cluster answers at {address!r} ({error}); start it, or clear training.ray"
            ) from error
    return ray
