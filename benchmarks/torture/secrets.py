"""Secrets: which messages that hold one are found, and which are taken for such and hold none.

`python -m benchmarks.torture.secrets [--show]` reads two sets in free wording. The rules were
written with the first in view; the second was written afterwards and not looked at.
"""

import argparse
import json
import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.intervals import wilson
from consolidation.english.confidential import in_words, secrets_in, without_secrets

HERE = Path(__file__).parent
_MARKED = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    secrets: tuple[str, ...]


def messages(path: Path) -> list[Message]:
    """Those of a file, a line each, with their secrets in [[ ]]."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [
        Message(_MARKED.sub(r"\1", line), tuple(_MARKED.findall(line)))
        for line in lines
        if line and not line.startswith("#")
    ]


def is_kept_out(message: Message) -> bool:
    """Whether no secret of a message is left in what a night reads of it."""
    left = without_secrets(message.text, secrets_in(message.text))
    return not any(secret in left for secret in message.secrets)


def measured(path: Path, show: bool) -> dict[str, object]:
    every = messages(path)
    holding = [one for one in every if one.secrets]
    plain = [one for one in every if not one.secrets]
    missed = [one for one in holding if not is_kept_out(one)]
    wrong = [one for one in plain if secrets_in(one.text)]
    found = len(holding) - len(missed)
    if show:
        print(*(f"  missed: {one.text}" for one in missed), sep="\n")
        for one in wrong:
            hits = secrets_in(one.text)
            said = ", ".join(one.text[h.start : h.end] for h in hits)
            print(f"  wrong:  {one.text}  ({in_words(hits)}: {said})")
    return {
        "set": path.stem,
        "with a secret": len(holding),
        "kept out": found,
        "recall": round(found / len(holding), 3),
        "recall interval": [round(x, 3) for x in wilson(found, len(holding))],
        "without": len(plain),
        "taken for a secret": len(wrong),
        "precision": round(found / max(1, found + len(wrong)), 3),
        "left alone": round(1 - len(wrong) / len(plain), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print every mistake")
    parser.add_argument("--sets", nargs="+", default=["seen", "unseen"])
    parser.add_argument("--out", type=Path, help="write the numbers as JSON")
    chosen = parser.parse_args()
    rows = [measured(HERE / f"secrets_{name}.txt", chosen.show) for name in chosen.sets]
    for row in rows:
        print(json.dumps(row))
    if chosen.out:
        chosen.out.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
