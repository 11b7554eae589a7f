"""How often the gate errs: promotes what learned nothing or lost too much, refuses what is good.

    python -m benchmarks.gate_study                  simulates, judges the past again, reports
    python -m benchmarks.gate_study --real HOME      24 candidates made of a home's adapters

The first takes minutes on one core, the second a minute or so for each candidate. Both keep their
rows as JSON beside `report.md`, which is made of all that is there.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.gate_study import decay, past, report, simulation

RESULTS = Path(__file__).parents[1] / "results" / "gate"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.gate_study", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--draws", type=int, default=10_000, help="candidates of each cell")
    parser.add_argument("--runs", type=int, default=10_000, help="of thirty nights, each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--real", type=Path, metavar="HOME", help="a home with a promoted night")
    parser.add_argument("--candidates", type=int, default=24, help="real ones")
    parser.add_argument("--threads", type=int, default=0, help="0 is as the settings have it")
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.real:
        from benchmarks.gate_study import real

        try:
            rows = real.measured(options.real, options.candidates, options.threads)
        except ValueError as error:
            parser.error(str(error))
        _keep(options.out / "real.json", {"real": rows})
    else:
        _keep(options.out / "simulation.json", simulated(options.draws, options.runs, options.seed))
        _keep(options.out / "past.json", {"past": past.measured()})
    known: dict[str, Any] = {}
    for name in ("simulation", "past", "real"):
        file = options.out / f"{name}.json"
        known |= json.loads(file.read_text("utf-8")) if file.exists() else {}
    made = options.out / "report.md"
    made.write_text(report.written(known), "utf-8")
    print(made.read_text("utf-8"))
    return 0


def simulated(draws: int, runs: int, seed: int) -> dict[str, Any]:
    """One night in every cell, then thirty nights of slow decay."""
    return {
        "unchanged": simulation.measured(list(simulation.unchanged()), draws, seed),
        "grid": simulation.measured(list(simulation.grid()), draws, seed),
        "decay": [row for one in decay.courses() for row in decay.measured(one, runs, seed)],
    }


def _keep(file: Path, rows: dict[str, Any]) -> None:
    """One row a line, so that a change of one is seen as one."""
    parts = [
        f" {json.dumps(name)}: [\n"
        + ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in found)
        + "\n ]"
        for name, found in rows.items()
    ]
    file.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
