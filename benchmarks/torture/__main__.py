"""What breaks is made to break, and nothing may be lost.

    python -m benchmarks.torture kill [--runs 200] [--seed 0] [--real]
    python -m benchmarks.torture writes|files|locks|pressure [--runs N]
    python -m benchmarks.torture report

Each family prints a table: tried, survived, lost. What is done is on the disk, and a command that
was stopped goes on where it was. Needs gcc and Linux: faults are injected beneath Python.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.torture.faults import preloaded
from benchmarks.torture.rows import add_row, read_rows
from benchmarks.torture.table import table_of, write_report

RESULTS = Path(__file__).parents[1] / "results" / "torture"
RUNS = {"kill": 200, "writes": 0, "files": 504, "locks": 0, "pressure": 0}
"""So many by default; 0: as many as the family has."""
REAL_RUNS = 10


def main() -> int:
    """Run one family; 1 where something was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.torture")
    parser.add_argument("family", choices=(*RUNS, "report"))
    parser.add_argument("--runs", type=int, metavar="N", help="so many; default: all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--work", type=Path, default=Path(".bench/torture"), help="for homes")
    parser.add_argument("--out", type=Path, default=RESULTS, help="for results")
    parser.add_argument("--real", action="store_true", help="kill nights of the default model")
    options = parser.parse_args()
    if options.real and options.family != "kill":
        parser.error("--real goes with kill alone")
    if options.family == "report":
        print(write_report(options.out))
        return 0
    preloaded()
    options.work.mkdir(parents=True, exist_ok=True)
    usual = REAL_RUNS if options.real else RUNS[options.family]
    runs = usual if options.runs is None else options.runs
    file = options.out / f"{options.family}.jsonl"
    done = {row.case for row in read_rows(file)}
    family = import_module(f"benchmarks.torture.{options.family}")
    how = {"real": True} if options.real else {}
    for row in family.run(options.work.absolute(), runs, options.seed, done, **how):
        add_row(file, row)
        print(
            f"{row.case}: {row.kind}, {row.at}: {'; '.join(row.lost) or 'nothing lost'}",
            file=sys.stderr,
            flush=True,
        )
    rows = read_rows(file)
    print(table_of(rows))
    write_report(options.out)
    return 1 if any(row.lost for row in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
