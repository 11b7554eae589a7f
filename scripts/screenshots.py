"""Takes a tour of the running app: a picture of each screen, and a page that shows them all.

python scripts/screenshots.py docs                 on a home folder made for it, which takes a night
python scripts/screenshots.py docs --home HOME     on one that has had a night; it is talked in
"""

import argparse
import asyncio
import html
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot
from tour_home import prepare

from assistant.settings_file import load_settings
from assistant.workspace import Workspace
from tui.app import ReverieApp
from tui.reading_logs import NAMES
from tui.widgets.prompt import Prompt

SIZE = (100, 28)
WAIT_S = 600.0
SAID = (
    "What did we name our dog?",
    "Where can I find the extra key?",
    "My brother Tom restores old radios in Leeds.",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen: how to come to it from the chat, what it shows once it is there, its sentence."""

    name: str
    opens: tuple[str, ...]
    """Keys, or one command as it is typed."""
    shows: str
    sentence: str


def pictures(log: str) -> tuple[Picture, ...]:
    """Those of the tour in its order; `log` is the one that has something to show, or empty."""
    last = (
        (
            Picture(
                "log",
                (f"/log {log}",),
                f"{log}.log",
                "What the program and its models wrote, for when something went wrong (`/log`).",
            ),
        )
        if log
        else ()
    )
    return (
        Picture(
            "chat",
            (),
            "extra key",
            "The chat: above, which model is live and what waits to be learned; under a reply, "
            "how new the message was and what it brought to mind.",
        ),
        Picture(
            "why",
            ("/why",),
            "Why did I say that?",
            "What a reply rests on: what was recalled for it, and which nights trained what is "
            "near it (`/why`).",
        ),
        Picture(
            "plan",
            ("f8",),
            "What you strike",
            "Before sleep: the practice questions that tonight would train, to be struck one by "
            "one (F8).",
        ),
        Picture(
            "nights",
            ("f3",),
            "Time:",
            "In the morning: what the night learned, what it lost, and why the new model went "
            "live or not (F3).",
        ),
        Picture(
            "curves",
            ("f3", "6"),
            "Right answers",
            "All nights together: what is still right of what each one taught (F3, then 6).",
        ),
        Picture(
            "memory",
            ("f2",),
            "Biscuit",
            "The memory: everything said, how new it was, and whether it is in the weights (F2).",
        ),
        Picture(
            "models",
            ("f10",),
            "night-0001",
            "The versions of the model: each can be made the live one again (F10).",
        ),
        Picture(
            "sessions",
            ("f9",),
            "Biscuit",
            "Earlier conversations, to be searched and taken up again (F9).",
        ),
        Picture("help", ("f1",), "Commands", "Every command and every key (F1)."),
        *last,
    )


async def take(home: Path, folder: Path) -> tuple[Picture, ...]:
    """Talk a little in this home, and take every picture into the folder."""
    workspace = Workspace(load_settings(home))
    app = ReverieApp(workspace)
    logs = [name for name in NAMES if _has_words(home / f"{name}.log")]
    tour = pictures(logs[-1] if logs else "")
    try:
        async with app.run_test(size=SIZE) as pilot:
            await asyncio.to_thread(workspace.warm_up)
            for text in SAID:
                await _say(pilot, workspace, text)
            for picture in tour:
                await _open(pilot, picture)
                app.save_screenshot(f"{picture.name}.svg", str(folder))
                if picture.opens:
                    await pilot.press("escape")
    finally:
        workspace.close()
    return tour


def page(tour: tuple[Picture, ...]) -> str:
    """The tour as Markdown: one sentence for each picture."""
    lines = ["# A tour", ""]
    lines.append(
        "Made by `python scripts/screenshots.py docs`: real screens of the real app, after one "
        "real night. What the owner told it is invented."
    )
    for picture in tour:
        lines += ["", picture.sentence, "", f"![{picture.name}]({picture.name}.svg)"]
    return "\n".join(lines) + "\n"


async def _say(pilot: Pilot[None], workspace: Workspace, text: str) -> None:
    known = len(workspace.store.newest(1000))
    pilot.app.screen.query_one(Prompt).insert(text)
    await pilot.press("enter")
    until = time.monotonic() + WAIT_S
    while len(workspace.store.newest(1000)) == known:
        if time.monotonic() > until:
            raise SystemExit(f"no reply to {text!r} within {WAIT_S:.0f} s")
        await pilot.pause(0.2)
    await pilot.pause(0.5)


async def _open(pilot: Pilot[None], picture: Picture) -> None:
    for way in picture.opens:
        if way.startswith("/"):
            pilot.app.screen.query_one(Prompt).insert(way)
            await pilot.press("enter")
        else:
            await pilot.press(way)
        await pilot.pause(0.5)
    until = time.monotonic() + WAIT_S
    while picture.shows not in _seen(pilot):
        if time.monotonic() > until:
            raise SystemExit(f"{picture.name}: {picture.shows!r} was not shown")
        await pilot.pause(0.5)
    await pilot.pause(1)


def _seen(pilot: Pilot[None]) -> str:
    return html.unescape(pilot.app.export_screenshot()).replace("\xa0", " ")


def _has_words(log: Path) -> bool:
    return log.exists() and bool(log.read_text("utf-8", "replace").strip())


@contextmanager
def _home(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with TemporaryDirectory(prefix="reverie-tour-") as folder:
        home = Path(folder) / "home"
        prepare(home)
        yield home


def main() -> None:
    parser = argparse.ArgumentParser(description="Take pictures of the app, and write docs/tour.md")
    parser.add_argument("folder", type=Path, help="where the pictures and tour.md go")
    parser.add_argument("--home", type=Path, help="a home that has had a night; default: a new one")
    options = parser.parse_args()
    options.folder.mkdir(exist_ok=True)
    with _home(options.home) as home:
        tour = asyncio.run(take(home, options.folder))
    (options.folder / "tour.md").write_text(page(tour), encoding="utf-8")


if __name__ == "__main__":
    main()
