"""Dreaming: how well free conversation becomes knowledge, in one table with intervals.

    python -m benchmarks.dreaming [--files benchmarks/conversations/d.json …] [--unjudged FILE]

The conversations were written and marked by hand for this project: facts, dates, corrections, and
messages that hold no fact. Which answers are true was judged by hand, too, one by one
(`benchmarks/judged.json`: message, answer, whether the conversation supports it); answers that no
one has judged yet count for nothing and are listed by `--unjudged`.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings_file import load_settings
from benchmarks import dates
from benchmarks.changes import changes, embedder_process
from benchmarks.coverage import read
from benchmarks.intervals import Share
from benchmarks.read_changes import read_changes
from benchmarks.writers import asking_writer
from consolidation.english.likeness import FactLikeness
from consolidation.similarity import CosineSimilarity

HERE = Path(__file__).parent
JUDGED = HERE / "judged.json"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    every = sorted((HERE / "conversations").glob("*.json"))
    parser.add_argument("--files", nargs="+", type=Path, default=every)
    parser.add_argument("--vectors", type=Path, help="an .npz that keeps embeddings between runs")
    parser.add_argument("--cache", type=Path, help="a folder that keeps what is fitted once")
    parser.add_argument("--unjudged", type=Path, help="write the answers to be judged here")
    options = parser.parse_args()
    embedder = embedder_process()
    with TemporaryDirectory() as folder:
        likeness = FactLikeness(embedder, options.cache or Path(folder))
        likeness(["I live in Leith."])  # fitted before the clock starts
        reading = read(options.files, likeness)
    with TemporaryDirectory() as folder, asking_writer(load_settings(Path(folder))) as asker:
        as_read = read_changes(options.files, CosineSimilarity(embedder), asker)
    embedder.close()
    known = judged()
    true, of, open_ones = precision(reading.answers, known)
    print(*reading.shares()[:1], sep="\n")
    print(Share("answers that their sources support", true, of), f"{len(open_ones)} not judged")
    print(reading.shares()[2])
    print(*as_read.shares(), sep="\n")
    print("The same of the marked statements, put in plain words by hand:")
    print(*changes(options.files, vectors=options.vectors).shares(), sep="\n")
    print(dates.share(dates.read(options.files)[0]))
    rate = reading.dreams / max(reading.seconds, 0.1)
    print(f"{reading.dreams} dreams in {reading.seconds:.1f} s, {rate:.0f} a second")
    if options.unjudged:
        items = [{"message": name, "answer": answer} for name, answer in open_ones]
        options.unjudged.write_text(json.dumps(items, indent=1, ensure_ascii=False), "utf-8")
    return 0


def judged() -> dict[tuple[str, str], bool]:
    """Whether an answer is true by its message, as judged by hand."""
    if not JUDGED.exists():
        return {}
    items = json.loads(JUDGED.read_text(encoding="utf-8"))
    return {(item["message"], item["answer"]): item["true"] for item in items}


def precision(
    answers: Mapping[str, Sequence[str]], known: Mapping[tuple[str, str], bool]
) -> tuple[int, int, list[tuple[str, str]]]:
    """True answers, judged answers, and those that wait for a judge."""
    pairs = [(name, answer) for name, given in answers.items() for answer in given]
    marks = [known[pair] for pair in pairs if pair in known]
    return sum(marks), len(marks), [pair for pair in pairs if pair not in known]


if __name__ == "__main__":
    raise SystemExit(main())
