"""Learning streams: nights of new facts, every method, everything asked after every night.

    python -m benchmarks.stream run --study short --seeds 0 1 2 --home DIR --out DIR [--data DIR]
    python -m benchmarks.stream jobs --study short
    python -m benchmarks.stream report --study short --out DIR
    python -m benchmarks.stream diet --study ten --seeds 0 --home DIR --out DIR [--grammar]

`run` does what is not done yet, one job (method and seed) after the other; killed, it goes on where
it was. `jobs` lists them, for those who would give them to several machines (`--only N` runs one).
`report` writes `report.md` and its plots into the study's folder. `diet` reads what the last night
would train, and tells which facts are in no answer and which names have several. Unless the home's
settings name a model, all learn from SmolLM2 as its package has it, without the default model's
listener: published recipes know no other.
"""

import argparse
import math
import time
from pathlib import Path

from assistant.settings_file import load_settings
from benchmarks.engines import on_the_package, opened_engine
from benchmarks.stream.coherence import competing, lost, names
from benchmarks.stream.diet import diet_of
from benchmarks.stream.recipes import OURS
from benchmarks.stream.running import diet_file, run_job, settings_for
from benchmarks.stream.study import EVERY_METHOD, METHODS, STUDIES, Job, jobs_of, nights_of


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.stream", description=__doc__.splitlines()[0]
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="do what is not done yet")
    jobs = commands.add_parser("jobs", help="list the jobs")
    report = commands.add_parser("report", help="write the tables and plots")
    diet = commands.add_parser("diet", help="look at what is trained, and train nothing")
    diet.add_argument("--grammar", action="store_true", help="without the asker")
    for one in (run, jobs, report, diet):
        one.add_argument("--study", nargs="+", choices=list(STUDIES), default=["short"])
        methods = EVERY_METHOD if one is report else METHODS
        one.add_argument("--methods", nargs="+", choices=EVERY_METHOD, default=methods)
        one.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    for one in (run, report, diet):
        one.add_argument(
            "--out", type=Path, default=Path(__file__).parents[1] / "results" / "stream"
        )
        one.add_argument("--data", type=Path, help="folder of the public sets")
    for one in (run, diet):
        one.add_argument("--home", type=Path, required=True, help="for models and answers kept")
    run.add_argument("--minutes", type=float, default=math.inf, help="begin no night after these")
    run.add_argument("--only", type=int, help="this job of the list alone")
    options = parser.parse_args()
    data: Path | None = None if options.command == "jobs" else options.data
    if data and not data.is_dir():
        parser.error(f"--data {data} is no folder; name the one with blimp.jsonl in it")
    public = any(STUDIES[name].told == "triples" for name in options.study)
    if public and data is None and options.command != "jobs":
        parser.error("a study of public triples needs their folder: --data")
    wanted = list(jobs_of(options.study, options.methods, options.seeds, data))
    if options.command == "jobs":
        for number, job in enumerate(wanted):
            print(f"{number:3}  {job.study.name}, {job.method}, seed {job.seed}")
        return 0
    if options.command == "report":
        from benchmarks.stream.report import write_report

        for name in options.study:
            print(write_report([job for job in wanted if job.study.name == name], options.out))
        return 0
    if options.command == "diet":
        for name in options.study:
            for seed in options.seeds:
                _look_at_diet(Job(STUDIES[name], OURS, seed, data), options)
        return 0
    if options.only is not None:
        if not 0 <= options.only < len(wanted):
            parser.error(f"--only {options.only}: there are jobs 0 to {len(wanted) - 1}")
        wanted = [wanted[options.only]]
    if data is None:
        print("No --data: general ability is not measured.")
    return _run(wanted, options)


def _run(jobs: list[Job], options: argparse.Namespace) -> int:
    until = time.monotonic() + 60 * options.minutes
    settings = on_the_package(load_settings(options.home))
    left = [job for job in jobs if not run_job(job, settings, options.out, until=until)]
    if left:
        done = sum(len(nights_of(job.folder(options.out))) for job in left)
        print(f"{len(left)} jobs are not done ({done} of their nights are); run it again.")
    return 1 if left else 0


def _look_at_diet(job: Job, options: argparse.Namespace) -> None:
    settings = settings_for(job, on_the_package(load_settings(options.home)))
    file = diet_file(job, options.out, settings)
    if options.grammar:
        file = file.with_stem(f"{file.stem}-grammar")
    engine = opened_engine(settings)
    try:
        asks = job.study.asks and not options.grammar
        meal = diet_of(job.stream, settings, file, engine if asks else None)[-1]
    finally:
        engine.close()
    gone = lost(job.stream.told(job.study.nights - 1), meal)
    known = names(meal)
    several = {name: answers for name, answers in known.items() if competing(answers)}
    print(f"{job.study.name}, seed {job.seed}: {len(gone)} facts in no answer, {len(known)} names")
    print(f"names with several answers: {len(several)}")
    for fact in gone:
        print(f"  in no answer: {fact.said}")
    for name, answers in sorted(several.items()):
        print(f"  {name}: " + " | ".join(f"{n} × {text}" for text, n in answers.most_common(3)))


if __name__ == "__main__":
    raise SystemExit(main())
