"""Two nights: free conversations told on two days, two sleeps, then asked from the weights alone.

    python -m benchmarks.two_nights --files benchmarks/conversations/d.json --talks D1 D2 --out FILE

The first half of each conversation is told before the first night, the rest (with most
corrections) before the second. Messages are stored with the days they were written on, scored by
the real embedder and the real model, as a chat stores them; the nights are `reverie sleep`. Each
fact's first question is also asked by day, with recall and before its night. Right is an answer
with an expected phrase; of a fact that changed, one without an outdated phrase, too. A question
about what was never told is answered honestly when the answer says so; anything else counts as
invented.
"""

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.session import Session
from assistant.settings_file import load_settings
from assistant.workspace import Workspace
from benchmarks.first_night import answers, reverie
from benchmarks.intervals import wilson
from benchmarks.read_changes import marked
from consolidation.english.marking import is_right
from consolidation.exam import ANSWER_TOKENS
from memory.episode import EpisodeDraft
from memory.novelty import NEIGHBOURS, embedding_novelty, novelty_score
from models.base import Message

_HONEST = (
    *("haven't told", "have not told", "didn't tell", "did not tell", "never told"),
    *("don't know", "do not know", "not sure", "don't have", "do not have", "no information"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the study."""

    question: str
    kind: str
    facts: tuple[str, ...]
    expected: tuple[str, ...]
    old: tuple[str, ...]

    def is_right(self, answer: str) -> bool:
        """Whether the answer says what was told last; of what was never told, that it was not."""
        if self.kind == "never_told":
            return any(phrase in answer.lower().replace("’", "'") for phrase in _HONEST)
        return is_right(answer, self.expected) and not (self.old and is_right(answer, self.old))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", nargs="+", type=Path, required=True)
    parser.add_argument("--talks", nargs="+", required=True, help="ids of the conversations")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--keep-home", type=Path, help="use, and keep, this home")
    parser.add_argument("--settings", type=Path, help="a settings.toml to use")
    options = parser.parse_args()
    home = options.keep_home or Path(tempfile.mkdtemp(prefix="reverie-bench-"))
    try:
        result = study(home, options)
    finally:
        if options.keep_home is None:
            shutil.rmtree(home)
    if options.out:
        options.out.write_text(json.dumps(result, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


def study(home: Path, options: argparse.Namespace) -> dict[str, Any]:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if options.settings:
        shutil.copy(options.settings, home / "settings.toml")
    talks, facts, questions = chosen(options.files, options.talks)
    days = halves(talks)
    nights: list[dict[str, Any]] = []
    told: set[str] = set()
    for number, day in enumerate(days, start=1):
        for talk, messages in day.items():
            tell(home, talk, messages)
        new = {fact for messages in day.values() for m in messages for fact in m["facts"]}
        new = {fact for fact in new if facts[fact]["messages"][-1] in _ids(day)}
        by_day = asked_by_day(home, first_questions(questions, new))
        began = time.monotonic()
        night = reverie(home, "sleep")
        night_s = round(time.monotonic() - began)
        told |= new
        over = {old for fact in told for old in marked(facts[fact])}
        due = [q for q in questions if set(q.facts) <= told and not set(q.facts) & over]
        base, live = answers(home, [q.question for q in due])
        rows = [
            {"question": q.question, "kind": q.kind, "facts": q.facts, "base": b, "live": a,
             "right_base": q.is_right(b), "right": q.is_right(a), "new": bool(set(q.facts) & new)}
            for q, b, a in zip(due, base, live, strict=True)
        ]  # fmt: skip
        nights.append(
            {
                "night": number,
                "facts": len(new),
                "night_s": night_s,
                "status": night["status"],
                "verdict": night["verdict"],
                "stages": night["stages"],
                "dreams": len(night["dreams"]),
                "replaced": night["replaced"],
                "by_day": by_day,
                "asked": rows,
            }
        )
        report(nights[-1])
    return {"talks": options.talks, "facts": len(told), "nights": nights}


def chosen(
    files: Iterable[Path], names: Sequence[str]
) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]], list[Asked]]:
    """The conversations, their facts by id, and the questions about them."""
    documents = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    every = {talk["id"]: talk for document in documents for talk in document["conversations"]}
    unknown = [name for name in names if name not in every]
    if unknown:
        raise SystemExit(f"no conversation {unknown[0]}; there are {', '.join(every)}")
    talks = [every[name] for name in names]
    messages = {message["id"] for talk in talks for message in talk["messages"]}
    facts = {
        fact["id"]: fact
        for document in documents
        for fact in document["facts"]
        if set(fact["messages"]) <= messages
    }
    questions, talk = [], ""
    for one in (q for document in documents for q in document["questions"]):
        talk = one["facts"][0].split(".")[0] if one["facts"] else talk
        if talk in names and set(one["facts"]) <= set(facts):
            parts = (tuple(one[key]) for key in ("facts", "expected"))
            questions.append(Asked(one["ask"], one["kind"], *parts, tuple(one.get("old", ()))))
    return talks, facts, questions


def halves(talks: Sequence[dict[str, Any]]) -> list[dict[str, list[dict[str, Any]]]]:
    """The messages of two days, by conversation; a fact over several messages is not cut."""
    days: list[dict[str, list[dict[str, Any]]]] = [{}, {}]
    for talk in talks:
        messages = talk["messages"]
        middle = (len(messages) + 1) // 2
        while middle < len(messages) and set(messages[middle]["facts"]) & {
            fact for message in messages[:middle] for fact in message["facts"]
        }:
            middle += 1
        days[0][talk["id"]], days[1][talk["id"]] = messages[:middle], messages[middle:]
    return days


def tell(home: Path, talk: str, messages: Sequence[dict[str, Any]]) -> None:
    """Store a conversation with its days, scored as a chat scores it."""
    workspace = Workspace(load_settings(home))
    try:
        version = workspace.refresh_champion().name
        system = [Message("system", workspace.settings.chat.system_prompt)]
        for message in messages:
            text = message["user"]
            (vector,) = workspace.embedder.embed([text])
            near = workspace.store.nearest(vector, NEIGHBOURS)
            novelty = embedding_novelty([cosine for _, cosine in near])
            score = novelty_score(novelty, workspace.engine.surprisal_bits(system, text))
            at = datetime.fromisoformat(message["at"]).astimezone()
            draft = EpisodeDraft(talk, at, text, message["assistant"], version, score)
            workspace.store.add(draft, vector)
    finally:
        workspace.close()


def asked_by_day(home: Path, questions: Sequence[Asked]) -> list[dict[str, Any]]:
    """Answers with recall, before the night; nothing is stored."""
    settings = load_settings(home)
    brief = replace(settings.chat, max_reply_tokens=ANSWER_TOKENS)
    workspace = Workspace(replace(settings, chat=brief))
    try:
        rows = []
        for asked in questions:
            turn = workspace.assistant.reply(asked.question, Session("study"), private=True)
            right = asked.is_right(turn.reply)
            rows.append({"question": asked.question, "answer": turn.reply, "right": right})
        return rows
    finally:
        workspace.close()


def first_questions(questions: Sequence[Asked], facts: set[str]) -> list[Asked]:
    """Of every fact the first question about it alone."""
    first: dict[str, Asked] = {}
    for asked in questions:
        if len(asked.facts) == 1 and asked.facts[0] in facts:
            first.setdefault(asked.facts[0], asked)
    return list(first.values())


def report(night: dict[str, Any]) -> None:
    reasons = " ".join(night["verdict"]["reasons"]) if night["verdict"] else ""
    print(f"Night {night['night']}: {night['status']}, {night['night_s']} s. {reasons}")
    _share("by day, with recall, before the night", [r["right"] for r in night["by_day"]])
    for title, kinds in (
        ("one fact", ("plain", "reversed")),
        ("two facts", ("two_facts",)),
        ("corrected: the new value", ("corrected",)),
        ("never told: honest", ("never_told",)),
    ):
        rows = [row for row in night["asked"] if row["kind"] in kinds]
        for age in (True, False):
            members = [row for row in rows if row["new"] is age]
            if members:
                name = f"{title}, {'told before this night' if age else 'older'}"
                _share(name if title[:5] != "never" else title, [r["right"] for r in members])
                if age or title[:5] == "never":
                    _share("    the base alone", [r["right_base"] for r in members])


def _share(name: str, marks: Sequence[bool]) -> None:
    low, high = wilson(sum(marks), len(marks))
    rate = sum(marks) / max(len(marks), 1)
    print(f"  {name:46} {sum(marks):3} of {len(marks):<3} {rate:.2f} [{low:.2f}, {high:.2f}]")


def _ids(day: dict[str, list[dict[str, Any]]]) -> set[str]:
    return {message["id"] for messages in day.values() for message in messages}


if __name__ == "__main__":
    raise SystemExit(main())
