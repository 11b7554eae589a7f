"""Chat after a night: what new weights do to everything else that is said.

    python -m benchmarks.chat_after --home HOME [--set a] [--messages 40] [--out FILE]

A home that has had no night is told the facts of a set of `first_night.json`, and sleeps once. Then
the base and the live version hold the same chats, as the program holds them, in a copy of the home:

- the set's questions, with what was told recalled before them;
- questions on what others tell today, recalled too, and taught by no night;
- messages of others who tell something, each in a conversation of its own, and the same messages
  in conversations of five. A reply goes astray where it says what was taught and the message does
  not, or that it was never told;
- messages near what was taught (`chat_near.json`, for the sets it has), each in a conversation of
  its own, then each after a question on what was taught and its answer.
"""

import argparse
import json
import random
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.clock import utc_now
from assistant.session import Session
from assistant.settings import Settings
from assistant.settings_file import load_settings
from assistant.workspace import Workspace
from benchmarks.engines import machine
from benchmarks.first_night import HERE
from benchmarks.intervals import Share
from benchmarks.speed.written import NOT_TRAINED, rows_of
from benchmarks.telling import tell
from consolidation.conversing import is_astray
from consolidation.english.marking import is_right
from consolidation.night import NightOrder
from tui.commands.night import opened_sleeper

NEAR = Path(__file__).parent / "chat_near.json"
_REPLY_TOKENS = 60
_A_TALK = 5


@dataclass(frozen=True, slots=True)
class Said:
    """A reply, and how it was."""

    part: str
    text: str
    reply: str
    mark: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What a version is told and asked."""

    facts: Sequence[dict[str, Any]]
    """Taught by the night."""
    near: Sequence[str]
    """Messages about the same things, or none."""
    talkers: Sequence[dict[str, Any]]
    tellers: Sequence[dict[str, Any]]
    """Others, whose messages are only said, and those that are told first and asked about."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--set", default="a", dest="name")
    parser.add_argument("--sets", type=Path, default=HERE / "first_night.json")
    parser.add_argument("--messages", type=int, default=40, help="of others, and as many questions")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--live-only", action="store_true", help="the base is not asked")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    facts = json.loads(options.sets.read_text("utf-8"))["sets"][options.name]
    near = json.loads(NEAR.read_text("utf-8")).get(options.name, [])
    settings = load_settings(options.home)
    settings = replace(settings, chat=replace(settings.chat, max_reply_tokens=_REPLY_TOKENS))
    slept(settings, facts)
    others = random.Random(options.seed).sample(
        list(rows_of("owners", NOT_TRAINED)), 2 * options.messages
    )
    result: dict[str, Any] = {"machine": machine(settings.training.device), "set": options.name}
    with TemporaryDirectory() as folder:
        copied = replace(settings, home=Path(folder) / "home")
        shutil.copytree(options.home, copied.home, symlinks=True)
        talkers, tellers = others[: options.messages], others[options.messages :]
        heard = Heard(facts, near, talkers, tellers)
        result |= chats(copied, heard, with_base=not options.live_only)
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(result, indent=1, ensure_ascii=False), "utf-8")
    return 0


def slept(settings: Settings, facts: Sequence[dict[str, Any]]) -> None:
    """Tell the facts and sleep, where there was no night yet. Raises `SystemExit` if refused."""
    workspace = Workspace(settings)
    try:
        if workspace.registry.champion().parent is not None:
            return
        for number, fact in enumerate(facts):
            home = workspace
            tell(home.store, home.embedder, f"s{number // 4}", utc_now(), fact["told"])
    finally:
        workspace.close()
    with opened_sleeper(settings) as sleeper:
        report = sleeper.run(NightOrder())
    reasons = " ".join(report.verdict.reasons) if report.verdict else ""
    print(f"night: {report.status}. {reasons}", flush=True)
    if report.status != "promoted":
        raise SystemExit("the night was refused: there is no new version to chat with")


def chats(settings: Settings, heard: Heard, *, with_base: bool) -> dict[str, Any]:
    """What both versions say, and how much of it is right, or recites."""
    workspace = Workspace(settings)
    live = workspace.registry.champion()
    base = workspace.registry.base()
    result: dict[str, Any] = {}
    try:
        for number, row in enumerate(heard.tellers):
            home = workspace
            tell(home.store, home.embedder, f"t{number // 4}", utc_now(), row["message"])
        for version in (base, live) if with_base else (live,):
            workspace.registry.use(version.name)
            workspace.refresh_champion()
            said = list(_said(workspace, heard))
            result[version.name] = [asdict(one) for one in said]
            for part in dict.fromkeys(one.part for one in said):
                marks = [one.mark for one in said if one.part == part]
                print(Share(f"{version.name}: {part}", sum(marks), len(marks)), flush=True)
    finally:
        workspace.close()
    return result


def _said(workspace: Workspace, heard: Heard) -> Iterator[Said]:
    for fact in heard.facts:
        for question in fact["asked"]:
            reply = _reply(workspace, question, Session.new())
            yield Said("taught, right", question, reply, is_right(reply, fact["expected"]))
    for row in heard.tellers:
        asked = row["facts"][0]
        reply = _reply(workspace, asked["questions"][0], Session.new())
        right = is_right(reply, [asked["answer"]])
        yield Said("told today, right", asked["questions"][0], reply, right)
    taught = [fact["expected"] for fact in heard.facts]
    session = Session.new()
    for part, length in (("alone, astray", 1), ("in talk, astray", _A_TALK)):
        for number, row in enumerate(heard.talkers):
            if number % length == 0:
                session = Session.new()
            text = row["message"]
            reply = _reply(workspace, text, session)
            yield Said(part, text, reply, is_astray(text, reply, taught))
    for part in ("near, astray", "near and after an answer, astray"):
        for text, fact in zip(heard.near, heard.facts, strict=False):
            session = Session.new()
            if "after" in part:
                _reply(workspace, fact["asked"][0], session)
            reply = _reply(workspace, text, session)
            yield Said(part, text, reply, is_astray(text, reply, taught))


def _reply(workspace: Workspace, text: str, session: Session) -> str:
    return workspace.assistant.reply(text, session, private=True).reply


if __name__ == "__main__":
    raise SystemExit(main())
