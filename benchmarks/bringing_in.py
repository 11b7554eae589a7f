"""How fast an export is brought in, whether twice makes duplicates, and what forgetting leaves.

    python -m benchmarks.bringing_in [--messages 2000]

It writes an export as ChatGPT has it, of messages that people wrote (`benchmarks/conversations`)
with other numbers and names in each, and runs the program on a home of its own.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

_CONVERSATIONS = Path(__file__).parent / "conversations"
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_A_CONVERSATION = 20
_SECRET = "zqzebrafish"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bringing_in")
    parser.add_argument("--messages", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, export = Path(folder) / "home", Path(folder) / "export.zip"
        write_export(export, options.messages)
        size_mb = export.stat().st_size / 1e6
        print(f"{options.messages} messages, {size_mb:.1f} MB zipped")
        for what in ("brought in", "again"):
            began = time.perf_counter()
            told = reverie(home, "memory", "import", str(export))
            seconds = time.perf_counter() - began
            rate = options.messages / seconds
            print(
                f"{what:<12} {seconds:7.1f} s, {rate:6.0f} a second: {told['new']} new, "
                f"{told['known']} known, {len(told['refused'])} refused"
            )
        began = time.perf_counter()
        approved = reverie(home, "memory", "approve", "--all")
        print(f"{'approved':<12} {time.perf_counter() - began:7.1f} s: {len(approved['approved'])}")
        (secret,) = reverie(home, "memory", "search", _SECRET)
        print(f"{'found':<12} in {holding(home)} before it is forgotten")
        for words in ((), ("--now",)):
            began = time.perf_counter()
            reverie(home, "memory", "forget", *words, str(secret["id"]))
            seconds = time.perf_counter() - began
            what = " ".join(("forgotten", *words))
            print(f"{what:<15} {seconds:4.1f} s: found in {holding(home) or 'no file'}")
    return 0


def write_export(file: Path, messages: int) -> None:
    """So many messages with an answer each, one of them with a word that no other has."""
    said = [
        (message["user"], message["assistant"])
        for path in sorted(_CONVERSATIONS.glob("*.json"))
        for talk in json.loads(path.read_text())["conversations"]
        for message in talk["messages"]
    ]
    chance = random.Random(0)
    names = [name for text, _ in said for name in _NAME.findall(text)]
    items = []
    for start in range(0, messages, _A_CONVERSATION):
        mapping: dict[str, Any] = {"root": {"message": None, "parent": None, "children": []}}
        last = "root"
        for number in range(start, min(start + _A_CONVERSATION, messages)):
            text, reply = chance.choice(said)
            text = _NAME.sub(lambda _: chance.choice(names), text)
            text += f" My code word is {_SECRET}." if number == messages // 2 else ""
            for role, words in (("user", text), ("assistant", reply)):
                key = f"{role}-{number}"
                mapping[key] = {"message": as_message(key, role, words, number), "parent": last}
                last = key
        talk = {"title": f"Talk {start}", "conversation_id": f"c{start}", "current_node": last}
        items.append(talk | {"create_time": 1.6e9, "mapping": mapping})
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", json.dumps(items))


def as_message(key: str, role: str, text: str, number: int) -> dict[str, Any]:
    """One message as ChatGPT has it."""
    return {
        "id": key,
        "author": {"role": role},
        "create_time": 1.6e9 + 60 * number,
        "content": {"content_type": "text", "parts": [text]},
    }


def reverie(home: Path, *words: str) -> Any:
    """What a command says as JSON."""
    command = [sys.executable, "-m", "tui.cli", "--home", str(home), "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=True)
    return json.loads(done.stdout)


def holding(home: Path) -> list[str]:
    """The files of the home in which the word stands, in whatever case."""
    files = sorted(path for path in home.rglob("*") if path.is_file())
    return [path.name for path in files if _SECRET.encode() in path.read_bytes().lower()]


if __name__ == "__main__":
    raise SystemExit(main())
