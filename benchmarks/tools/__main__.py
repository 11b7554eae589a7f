"""Tools: of requests in plain words, how many are given the right tool and the right arguments.

    python -m benchmarks.tools [--choose rules model alone scripted] [--show]
    python -m benchmarks.tools --texts FILE …    # what the rules take for a request there

`rules` is what ships; `model` asks the default model about what the rules leave; `alone` asks it
about everything; `scripted` is a model that names what is right: it measures everything but the
choice. A call is valid when its tool takes its arguments. The half "seen" was at hand while the
rules were written, "unseen" was written afterwards and run once; both are by one hand.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.settings_file import load_settings
from assistant.tools.arithmetic import value_of
from assistant.tools.base import Tool, ToolCall, ToolRefused, checked
from assistant.tools.choosing import ModelChoice
from assistant.tools.folders import Folders
from assistant.tools.moments import moment_of
from assistant.tools.rules import ANSWER_BEFORE, plain_calls
from assistant.tools.toolbox import Choose, Toolbox, every_tool
from assistant.tools.units import converted
from benchmarks.engines import opened_engine
from benchmarks.intervals import Share
from memory.database import Connections
from memory.notebook import Notebook
from memory.recall import Recall
from memory.store import EpisodeStore
from models.base import JsonSchema, Message, Sampling

HERE = Path(__file__).parent
Request = Mapping[str, Any]


class ScriptedModel:
    """Names what is right: the first call that a request asks for."""

    def __init__(self, requests: Sequence[Request]) -> None:
        self._right = {one["text"]: one["calls"] for one in requests}

    def load(self, gguf: Path) -> None:
        return

    def compose(self, messages: Sequence[Message], schema: JsonSchema, sampling: Sampling) -> str:
        calls = self._right[messages[-1].content]
        if not calls:
            return json.dumps({"tool": "none", "arguments": {}})
        call = calls[0]
        return json.dumps({"tool": call["tool"], "arguments": _as_given(call)})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ways = ("rules", "model", "alone", "scripted")
    parser.add_argument("--choose", nargs="+", choices=ways, default=["rules", "scripted"])
    parser.add_argument("--halves", nargs="+", default=["seen", "unseen"])
    parser.add_argument("--texts", nargs="+", type=Path, default=[], help="count fires in these")
    parser.add_argument("--show", action="store_true", help="print what was not understood")
    options = parser.parse_args()
    if options.texts:
        _show_fires(options.texts)
        return 0
    stored = json.loads((HERE / "requests.json").read_text("utf-8"))
    now = datetime.fromisoformat(stored["now"])
    with TemporaryDirectory() as folder, Connections(Path(folder) / "reverie.db") as connections:
        tools = every_tool(
            notebook=Notebook(connections),
            recall=Recall(EpisodeStore(connections)),
            folders=Folders([]),
            clock=lambda: now,
            zone=UTC,
        )
        settings = load_settings(Path(folder))
        with closing(opened_engine(settings)) as engine:
            model = ModelChoice(engine, tools, first=plain_calls)
            for half in options.halves:
                requests: Sequence[Request] = stored[half]
                script = ModelChoice(ScriptedModel(requests), tools, first=lambda text: ())
                choices: dict[str, Choose] = {
                    "rules": plain_calls,
                    "model": model.calls_for,
                    "alone": lambda text: _one(model.asked(text)),
                    "scripted": lambda text, script=script: _one(script.asked(text)),
                }
                for way in options.choose:
                    print(f"\n{half}, chosen by {way}")
                    _measure(requests, tools, choices[way], now, show=options.show)
    return 0


def _show_fires(files: Sequence[Path]) -> None:
    """Of what people are known to say, everything that the rules take for a request."""
    texts = dict.fromkeys(text for file in files for text in _texts_of(file))
    fires = [text for text in texts if plain_calls(text)]
    print(*fires, sep="\n")
    print(Share("texts that ask for a tool", len(fires), len(texts)))


def _texts_of(file: Path) -> Iterator[str]:
    if file.suffix == ".txt":
        yield from file.read_text("utf-8").splitlines()
    elif file.suffix == ".jsonl":
        for line in file.read_text("utf-8").splitlines():
            yield from _strings(json.loads(line))
    else:
        yield from _strings(json.loads(file.read_text("utf-8")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _measure(
    requests: Sequence[Request], tools: Sequence[Tool], choose: Choose, now: datetime, *, show: bool
) -> None:
    box = Toolbox(tools, choose)
    valid = calls = tool = told = quiet = asking = 0
    took: list[float] = []
    for request in requests:
        began = time.perf_counter()
        chosen = list(choose(request["text"]))
        took.append(time.perf_counter() - began)
        calls += len(chosen)
        valid += sum(_is_valid(box, call) for call in chosen)
        wanted = request["calls"]
        right_tool = [call.name for call in chosen] == [call["tool"] for call in wanted]
        if not wanted:
            quiet += not chosen
        else:
            asking += 1
            tool += right_tool
        right = right_tool and _are_right(box, chosen, wanted, now)
        told += right and bool(wanted)
        if show and not right:
            print("  ", request["text"], [(one.name, dict(one.arguments)) for one in chosen])
    talk = len(requests) - asking
    print(Share("calls that are valid", valid, calls))
    print(Share("talk that is left alone", quiet, talk))
    print(Share("requests given the right tools", tool, asking))
    print(Share("and the right arguments", told, asking))
    print(f"a choice takes {sorted(took)[len(took) // 2] * 1000:.1f} ms (median)")


def _is_valid(box: Toolbox, call: ToolCall) -> bool:
    try:
        checked(box.tool(call.name), call.arguments)
    except ToolRefused:
        return False
    return True


def _are_right(
    box: Toolbox, chosen: Sequence[ToolCall], wanted: Sequence[Request], now: datetime
) -> bool:
    answer = ""
    for call, right in zip(chosen, wanted, strict=True):
        said = {key: text.replace(ANSWER_BEFORE, answer) for key, text in call.arguments.items()}
        try:
            if not _RIGHT[call.name](said, right["arguments"], now):
                return False
            if not box.tool(call.name).writes and call.name not in ("read", "files"):
                answer = box.run(call.name, said).result.answer
        except (ToolRefused, KeyError):
            return False
    return True


def _texts_match(said: Mapping[str, str], right: Mapping[str, Any], now: datetime) -> bool:
    given = {key: text for key, text in said.items() if key not in ("question", "when")}
    return {k: _plain(v) for k, v in given.items()} == {k: _plain(v) for k, v in right.items()}


def _sum_matches(said: Mapping[str, str], right: Mapping[str, Any], now: datetime) -> bool:
    return abs(value_of(said["expression"]) - right["value"]) < 1e-9


def _units_match(said: Mapping[str, str], right: Mapping[str, Any], now: datetime) -> bool:
    one = converted(said["amount"], said["from"], said["to"])
    other = converted(right["amount"], right["from"], right["to"])
    return abs(one - other) <= 1e-6 * abs(other)


def _reminder_matches(said: Mapping[str, str], right: Mapping[str, Any], now: datetime) -> bool:
    due = moment_of(said["when"], now, UTC)
    wanted = datetime.fromisoformat(right["at"]).replace(tzinfo=UTC)
    return due == wanted and _plain(said["text"]) == _plain(right["text"])


_RIGHT: dict[str, Callable[[Mapping[str, str], Mapping[str, Any], datetime], bool]] = {
    **dict.fromkeys(
        ("time", "note", "notes", "reminders", "remove", "find", "read", "files"), _texts_match
    ),
    "calc": _sum_matches,
    "convert": _units_match,
    "remind": _reminder_matches,
}


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("'", "").strip(" .").split())


def _one(call: ToolCall | None) -> tuple[ToolCall, ...]:
    return () if call is None else (call,)


def _as_given(call: Request) -> dict[str, str]:
    """The arguments as a model would give them."""
    given = dict(call["arguments"])
    if call["tool"] == "calc":
        return {"expression": str(given["value"])}
    if call["tool"] == "remind":
        at = datetime.fromisoformat(given["at"])
        return {"text": given["text"], "when": f"on {at:%Y-%m-%d} at {at:%H:%M}"}
    return given


if __name__ == "__main__":
    raise SystemExit(main())
