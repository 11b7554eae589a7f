"""Takes the README's screenshots from the running app, on a home folder that has had a night.

python scripts/screenshots.py HOME docs
"""

import asyncio
import sys
import time
from pathlib import Path

from assistant.settings_file import load_settings
from assistant.workspace import Workspace
from tui.app import ReverieApp

QUESTIONS = ("What did we name our dog?", "Where can I find the extra key?")
WAIT_S = 60.0


async def main(home: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    workspace = Workspace(load_settings(home))
    app = ReverieApp(workspace)
    async with app.run_test(size=(100, 28)) as pilot:
        await asyncio.to_thread(workspace.warm_up)
        await pilot.pause(2)
        for question in QUESTIONS:
            known = len(workspace.store.newest(1000))
            await pilot.press(
                *("space" if c == " " else "question_mark" if c == "?" else c for c in question)
            )
            await pilot.press("enter")
            until = time.monotonic() + WAIT_S
            while len(workspace.store.newest(1000)) == known and time.monotonic() < until:
                await pilot.pause(0.2)
        await pilot.pause(1)
        app.save_screenshot("chat.svg", str(folder))
        await pilot.press("f3")
        await pilot.pause(2)
        app.save_screenshot("nights.svg", str(folder))
        await pilot.press("escape")
        await pilot.press("f2")
        await pilot.pause(2)
        app.save_screenshot("memory.svg", str(folder))
    workspace.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
