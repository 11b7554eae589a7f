"""How fast it is. Each study writes its rows as JSON; `report` makes the tables and plots.

python -m benchmarks.speed memory --home DIR [--sizes 1000 10000 100000 1000000]
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from assistant.settings import load_settings
from benchmarks.engines import machine

RESULTS = Path(__file__).parents[1] / "results" / "speed"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed", description=__doc__.splitlines()[0]
    )
    studies = parser.add_subparsers(dest="study", required=True)
    memory = studies.add_parser("memory", help="with many episodes")
    memory.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000, 100_000, 1_000_000])
    memory.add_argument("--repeats", type=int, default=200)
    for study in (memory,):
        study.add_argument("--out", type=Path, default=RESULTS)
        study.add_argument("--home", type=Path, required=True, help="for models")
    options = parser.parse_args()
    settings = load_settings(options.home)
    from benchmarks.speed.memory import run
    from models.embed import EmbedderProcess

    embedder = EmbedderProcess(settings.embedder_source, settings.embedder_log_file)
    rows = []
    for row in run(embedder, options.sizes, options.repeats):
        print(json.dumps(row), flush=True)
        rows.append(row)
    embedder.close()
    options.out.mkdir(parents=True, exist_ok=True)
    told = {"machine": machine("cpu"), "on": datetime.now(UTC).date().isoformat(), "rows": rows}
    (options.out / f"{options.study}.json").write_text(json.dumps(told, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
