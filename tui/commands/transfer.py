"""`reverie memory import` and `export`: bring in what was said elsewhere, and take it all out."""

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Literal

from assistant.clock import utc_now
from assistant.importing import Brought, Importer
from assistant.settings import Settings
from memory.episode import EpisodeState
from memory.exporting import as_markdown
from memory.importing.own import as_export
from memory.importing.reading import read
from models.durable import replacing
from models.embed import EmbedderProcess
from tui.commands.memory import opened
from tui.outcome import DONE, FAILED, INTERRUPTED, Outcome

_TOLD = 20


class CannotExport(RuntimeError):
    """The file cannot be written."""


def bring_in(settings: Settings, paths: Sequence[Path], *, trust: bool) -> Outcome:
    """Read exports, transcripts and notes, and store what is new in them."""
    code = DONE
    with opened(settings) as (store, _, _):
        embedder = EmbedderProcess(settings.embedder_source, settings.embedder_log_file)
        importer = Importer(store, embedder, utc_now, trust=trust)
        with closing(embedder), suppress(KeyboardInterrupt):
            code = INTERRUPTED
            importer.bring_in(read(paths), _progress_printer())
            code = DONE
    brought = importer.brought
    if code == DONE and brought.refused and not brought.new + brought.known:
        code = FAILED
    document = {
        "new": brought.new,
        "known": brought.known,
        "cut": brought.cut,
        "refused": [{"what": one.what, "reason": one.reason} for one in brought.refused],
        "quarantined": not trust,
        "interrupted": code == INTERRUPTED,
    }
    return Outcome(document, "\n".join(_lines(brought, trust, code == INTERRUPTED)), code=code)


def export(
    settings: Settings,
    *,
    layout: Literal["json", "markdown"],
    out: Path | None,
    state: EpisodeState | None,
    since: date | None,
) -> Outcome:
    """All that is remembered, or a part of it, in a file or on standard output."""
    with opened(settings) as (store, _, _):
        every = store.newest(2**62, state=state)[::-1]
    episodes = [
        one for one in every if since is None or one.created_at.astimezone().date() >= since
    ]
    document = as_export(episodes)
    if layout == "markdown":
        text = as_markdown(episodes)
    else:
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    if out is None:
        return Outcome(document, text.rstrip("\n"))
    try:
        with replacing(out) as part:
            part.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotExport(f"{out} cannot be written: {error.strerror}") from error
    count = "1 episode is" if len(episodes) == 1 else f"{len(episodes)} episodes are"
    return Outcome({"exported": len(episodes), "file": str(out)}, f"{count} in {out}.")


def _lines(brought: Brought, trust: bool, interrupted: bool) -> list[str]:
    new = "1 new episode" if brought.new == 1 else f"{brought.new} new episodes"
    lines = [f"{new}; {brought.known} were there before."]
    if interrupted:
        lines.append("Interrupted: what is in stays; run it again, and it goes on.")
    if brought.new and trust:
        lines.append("They are trusted: recalled from now on, and learned by the next nights.")
    elif brought.new:
        lines.append(
            "They are quarantined: used for nothing until you approve them. "
            "Look with `reverie memory list --state quarantined`, "
            "then `reverie memory approve ID…` or `--all`."
        )
    if brought.new:
        lines.append("`reverie memory undo` takes this import out again.")
    if brought.cut:
        lines.append(f"Of {brought.cut} answers only the beginning is kept.")
    lines += [f"Not brought in: {one}." for one in brought.refused[:_TOLD]]
    if len(brought.refused) > _TOLD:
        lines.append(f"And {len(brought.refused) - _TOLD} more; `--json` names them all.")
    return lines


def _progress_printer() -> Callable[[Brought], None]:
    if not sys.stderr.isatty():
        return lambda brought: None

    def show_progress(brought: Brought) -> None:
        sys.stderr.write(f"\r\033[K{brought.new} new, {brought.known} known\r")
        sys.stderr.flush()

    return show_progress
