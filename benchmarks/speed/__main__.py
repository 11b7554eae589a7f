"""How fast it is, side by side with what others do.

    python -m benchmarks.speed memory --home DIR [--sizes 1000 10000 100000 1000000]
    python -m benchmarks.speed train --home DIR [--facts 10] [--repeats 3]
    python -m benchmarks.speed chat --home DIR [--repeats 10]
    python -m benchmarks.speed app --home DIR [--repeats 10] [--keys 100]
    python -m benchmarks.speed night --home DIR [--old 0 1000] [--new 12]
    python -m benchmarks.speed report

Each study prints its rows as they come, and writes them as JSON; the report is made of these.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from assistant.settings_file import load_settings
from benchmarks.engines import machine
from benchmarks.speed.report import write_report

RESULTS = Path(__file__).parents[1] / "results" / "speed"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed", description=__doc__.splitlines()[0]
    )
    studies = parser.add_subparsers(dest="study", required=True)
    memory = studies.add_parser("memory", help="with many episodes")
    memory.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000, 100_000, 1_000_000])
    memory.add_argument("--repeats", type=int, default=200)
    train = studies.add_parser("train", help="until what was told is known")
    train.add_argument("--facts", type=int, default=10)
    train.add_argument("--repeats", type=int, default=3)
    train.add_argument(
        "--marks", nargs="+", type=int, default=[10_000, 20_000, 40_000, 80_000, 160_000]
    )
    chat = studies.add_parser("chat", help="first tokens and all others, beside the raw engine")
    chat.add_argument("--repeats", type=int, default=10)
    app = studies.add_parser("app", help="first paint, and from a key to the screen")
    app.add_argument("--sizes", nargs="+", type=int, default=[0, 10_000, 100_000])
    app.add_argument("--repeats", type=int, default=10)
    app.add_argument("--keys", type=int, default=100)
    night = studies.add_parser("night", help="stage by stage, with few and many older facts")
    night.add_argument("--old", nargs="+", type=int, default=[0, 1_000])
    night.add_argument("--new", type=int, default=12)
    for study in (memory, train, chat, app, night):
        study.add_argument("--out", type=Path, default=RESULTS)
        study.add_argument("--home", type=Path, required=True, help="for models")
    report = studies.add_parser("report", help="tables of what has been measured")
    report.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    if options.study == "report":
        print(write_report(options.out))
        return 0
    settings = load_settings(options.home)
    rows = []
    for row in _STUDIES[options.study](settings, options):
        print(json.dumps(row), flush=True)
        rows.append(row)
    options.out.mkdir(parents=True, exist_ok=True)
    told = {"machine": machine("cpu"), "on": datetime.now(UTC).date().isoformat(), "rows": rows}
    (options.out / f"{options.study}.json").write_text(json.dumps(told, indent=1), "utf-8")
    return 0


def _memory(settings: Settings, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from benchmarks.speed.memory import run
    from models.embed import EmbedderProcess

    embedder = EmbedderProcess(settings.embedder_source, settings.embedder_log_file)
    yield from run(embedder, options.sizes, options.repeats)
    embedder.close()


def _train(settings: Settings, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from benchmarks.speed.training import run

    yield from run(settings, settings.cache_folder / "speed", options)


def _chat(settings: Settings, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from benchmarks.speed.chat import run

    yield from run(settings, options.repeats)


def _app(settings: Settings, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from benchmarks.speed.app import run

    yield from run(settings, options.sizes, options.repeats, options.keys)


def _night(settings: Settings, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from benchmarks.speed.night import run

    yield from run(settings, options.old, options.new)


_STUDIES = {"memory": _memory, "train": _train, "chat": _chat, "app": _app, "night": _night}


if __name__ == "__main__":
    raise SystemExit(main())
