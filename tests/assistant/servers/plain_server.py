"""A server of tools for the tests, in the protocol of before, without the SDK: it starts fast.

Its tool answers with a text, its environment, or never (`hang FILE`: its process is written there).
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any


def say(number: int, **told: Any) -> None:
    print(json.dumps({"jsonrpc": "2.0", "id": number, **told}), flush=True)


def answer() -> str:
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_text(str(os.getpid()), "utf-8")
    if "hang" in sys.argv:
        time.sleep(600)
    return str(dict(os.environ)) if "environment" in sys.argv else "[bold]hello[/] \x1b[2J[/"


print("Welcome to the plain server", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    number, method, given = asked.get("id"), asked["method"], asked.get("params") or {}
    if method == "initialize":
        who = {"name": "plain", "version": "1"}
        told = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": who}
        say(number, result=told)
    elif method == "tools/list" and "cursor" in given:
        say(number, result={"tools": [{"name": "second", "inputSchema": {"type": "object"}}]})
    elif method == "tools/list":
        tool = {"name": "first", "description": "[b]Do it[/", "inputSchema": {"type": "object"}}
        say(number, result={"tools": [tool], "nextCursor": "more"})
    elif method == "tools/call" and given["name"] == "first":
        image = {"type": "image", "data": "", "mimeType": "image/png"}
        say(number, result={"content": [{"type": "text", "text": answer()}, image]})
    elif number is not None:
        say(number, error={"code": -32601, "message": f"I know no {method}"})
