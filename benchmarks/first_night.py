"""The first night: facts told in free English, one sleep, then asked from the weights alone.

Everything goes through the `reverie` command in an empty home, as an owner would do it:

    python -m benchmarks.first_night --set a
    python -m benchmarks.first_night --set b --data ../shared/data
    python -m benchmarks.first_night --set a --spoil     # learning rate times 50: must be refused

Each fact's first question goes through the program; the further ones, in still freer words, are
asked of the base's and the live model's files after the clock has stopped. `--data` is a folder
with TOFU's `world_facts.jsonl` (question, answer a line): general questions that no part of Reverie
has seen. Prints a table, and one JSON document with `--out`.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from assistant.default_model import opened_registry
from assistant.settings import TrainingSettings
from assistant.settings_file import load_settings
from benchmarks.engines import machine, opened_engine
from benchmarks.intervals import wilson
from consolidation.exam import Examiner
from consolidation.probes import is_right
from models.registry import hash_file

HERE = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", default="a", dest="name")
    parser.add_argument("--sets", type=Path, default=HERE / "first_night.json")
    parser.add_argument("--data", type=Path, help="folder with world_facts.jsonl")
    parser.add_argument("--spoil", action="store_true", help="learning rate times 50")
    parser.add_argument("--model", default="", help="another base GGUF")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--keep-home", type=Path, help="use, and keep, this home")
    options = parser.parse_args()
    facts = json.loads(options.sets.read_text(encoding="utf-8"))["sets"][options.name]
    home = options.keep_home or Path(tempfile.mkdtemp(prefix="reverie-bench-"))
    try:
        result = study(home, facts, options)
    finally:
        if options.keep_home is None:
            shutil.rmtree(home)
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(result, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


def study(home: Path, facts: list[dict[str, Any]], options: argparse.Namespace) -> dict[str, Any]:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = []
    if options.spoil:
        lines.append(f"[training]\nlearning_rate = {TrainingSettings().learning_rate * 50}\n")
    if options.model:
        lines.append(f'[model]\ngguf = "{options.model}"\n')
    if lines:
        (home / "settings.toml").write_text("".join(lines), encoding="utf-8")
    began = time.monotonic()
    before = [ask(home, fact["asked"][0]) for fact in facts]
    told_at = time.monotonic()
    for fact in facts:
        reverie(home, "say", fact["told"])
    told_s = time.monotonic() - told_at
    live_before = live(home)
    slept_at = time.monotonic()
    night = reverie(home, "sleep")
    woke_at = time.monotonic()
    after = [ask(home, fact["asked"][0]) for fact in facts]
    whole_s = round(time.monotonic() - began)
    print(f"{'before':<7}{'after':<7}question -> answer after the night")
    rows = []
    for fact, old, new in zip(facts, before, after, strict=True):
        marks = [is_right(answer, fact["expected"]) for answer in (old, new)]
        rows.append({**fact, "before": old, "after": new, "right": marks})
        print(f"{_mark(marks[0]):<7}{_mark(marks[1]):<7}{fact['asked'][0]} -> {new}")
    right = sum(row["right"][1] for row in rows)
    low, high = wilson(right, len(rows))
    result: dict[str, Any] = {
        "machine": machine(load_settings(home).training.device),
        "set": options.name,
        "spoiled": options.spoil,
        "facts": rows,
        "right_before": sum(row["right"][0] for row in rows),
        "right_after": right,
        "of": len(rows),
        "interval_95": [round(low, 3), round(high, 3)],
        "told_s": round(told_s),
        "night_s": round(woke_at - slept_at),
        "whole_s": whole_s,
        "live_file_unchanged": live(home) == live_before,
        "status": night["status"],
        "verdict": night["verdict"],
        "stages": night["stages"],
        "dreams": len(night["dreams"]),
        "probes": {
            group: {key: value for key, value in members.items() if key != "results"}
            for group, members in night["probes"].items()
        },
    }
    result["further"] = further(home, facts)
    if options.data:
        result["general"] = general(home, options.data / "world_facts.jsonl")
    if night["status"] == "promoted":
        reverie(home, "models", "rollback")
        again = [ask(home, fact["asked"][0]) for fact in facts]
        result["as_before_after_rollback"] = sum(
            old == new for old, new in zip(before, again, strict=True)
        )
    print(
        f"\n{right} of {len(rows)} right after the night (95 % interval {low:.2f}-{high:.2f}), "
        f"{result['right_before']} before; night {result['night_s']} s, "
        f"everything {result['whole_s']} s; {night['status']}: "
        + " ".join(night["verdict"]["reasons"])
    )
    if "as_before_after_rollback" in result:
        same = result["as_before_after_rollback"]
        print(
            f"After a rollback, {same} of {len(rows)} answers are those of before, to the letter."
        )
    else:
        same = "" if result["live_file_unchanged"] else "NOT "
        print(f"The live model is {same}the file it was, by its hash.")
    more = result["further"]
    print(
        f"Asked in further words: {more['right_live']} of {more['asked']} right "
        f"(95 % interval {more['interval_95'][0]:.2f}-{more['interval_95'][1]:.2f}), "
        f"{more['right_base']} by the base."
    )
    if options.data:
        found = result["general"]
        print(
            f"General questions right at the base: {found['right_base']} of {found['asked']}; "
            f"after the night: {found['right_live']}; of the base's, lost: {found['lost']}"
        )
    return result


def further(home: Path, facts: list[dict[str, Any]]) -> dict[str, Any]:
    """The facts' other questions, in still freer words, to the base and to the live model."""
    pairs = [(question, fact["expected"]) for fact in facts for question in fact["asked"][1:]]
    base, live = answers(home, [question for question, _ in pairs])
    right = [
        [is_right(answer, expected) for answer, (_, expected) in zip(given, pairs, strict=True)]
        for given in (base, live)
    ]
    low, high = wilson(sum(right[1]), len(pairs))
    return {
        "asked": len(pairs),
        "right_base": sum(right[0]),
        "right_live": sum(right[1]),
        "interval_95": [round(low, 3), round(high, 3)],
        "answers": [
            {"asked": question, "answer": answer, "right": mark}
            for (question, _), answer, mark in zip(pairs, live, right[1], strict=True)
        ],
    }


def general(home: Path, file: Path) -> dict[str, int]:
    """How many questions that the base answers the live model lost."""
    items = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    base, live = (
        [is_right(answer, [item["answer"]]) for answer, item in zip(given, items, strict=True)]
        for given in answers(home, [item["question"] for item in items])
    )
    return {
        "asked": len(items),
        "right_base": sum(base),
        "right_live": sum(live),
        "lost": sum(b and not n for b, n in zip(base, live, strict=True)),
    }


def answers(home: Path, questions: list[str]) -> list[list[str]]:
    """What the base and the live model answer, from the weights alone."""
    settings = load_settings(home)
    registry = opened_registry(settings)
    engine = opened_engine(settings)
    examiner = Examiner(engine, settings.chat.system_prompt, settings.cache_folder)
    try:
        return [
            examiner.answers(version.gguf, version.gguf_sha256, questions)
            for version in (registry.base(), registry.champion())
        ]
    finally:
        engine.close()


def live(home: Path) -> tuple[str, str]:
    """The live version's name, and the hash of its file as it lies there."""
    (version,) = (v for v in reverie(home, "models", "list") if v["live"])
    return version["name"], hash_file(Path(version["gguf"]))


def ask(home: Path, question: str) -> str:
    """The weights alone; nothing is stored."""
    reply: str = reverie(home, "say", "--no-recall", "--private", question)["reply"]
    return reply


def reverie(home: Path, *arguments: str) -> Any:
    """One command of the program."""
    command = [sys.executable, "-m", "tui.cli", "--home", str(home), "--json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)} failed: {done.stderr.strip()}")
    return json.loads(done.stdout)


def _mark(right: bool) -> str:
    return "right" if right else "-"


if __name__ == "__main__":
    raise SystemExit(main())
