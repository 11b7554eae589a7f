"""The process that `test_child` talks to: what a child can do, and no model."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from models.base import ContextOverflow, WeightsMissing
from models.child import Work, serve
from models.template import TemplateUnusable

Stopped = Callable[[], bool]
Request = Mapping[str, Any]

_ERRORS = {
    "overflow": ContextOverflow("too long"),
    "missing": WeightsMissing("no weights"),
    "template": TemplateUnusable("no template"),
    "other": RuntimeError("something else"),
}
_opened: list[str] = []


def echo(request: Request, _: Stopped) -> Work:
    yield from request["text"].split()
    return len(request["text"])


def count(request: Request, stopped: Stopped) -> Work:
    """Numbers for ever, until it is cancelled; the file then says that it was."""
    number = 0
    while not stopped():
        yield number
        number += 1
        time.sleep(0.001)
    Path(request["cancelled"]).touch()


def chatter(request: Request, _: Stopped) -> Work:
    """What C and Python libraries print in the middle of a reply."""
    print('{"done": "a lie"}', flush=True)
    os.write(1, b"not json at all\n")
    yield "piece"
    sys.stderr.write("a warning\n")
    return "truth"


def fail(request: Request, _: Stopped) -> Work:
    yield "before"
    raise _ERRORS[request["kind"]]


def crash(request: Request, _: Stopped) -> Work:
    yield "last words"
    os._exit(7)


def pid(request: Request, _: Stopped) -> Work:
    yield from ()
    return os.getpid()


def open_file(request: Request, _: Stopped) -> Work:
    yield from ()
    if not Path(request["file"]).exists():
        raise WeightsMissing(f"{request['file']} not found")
    _opened.append(request["file"])


def opened(request: Request, _: Stopped) -> Work:
    yield from ()
    return list(_opened)


if __name__ == "__main__":
    serve(
        {
            "echo": echo,
            "count": count,
            "chatter": chatter,
            "fail": fail,
            "crash": crash,
            "pid": pid,
            "open": open_file,
            "opened": opened,
        }
    )
