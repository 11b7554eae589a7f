"""`reverie nights report`: one night and all before it, as a file to keep."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from consolidation.blind import tally
from consolidation.page import as_page
from consolidation.plain_words import night_name, night_summary
from consolidation.report import as_markdown
from consolidation.retention import Retention, Share, retention_of
from memory.database import Connections
from memory.history import History
from memory.nights import NightStore
from memory.records import NightReport
from memory.votes import VoteStore
from models.durable import replacing
from tui.commands.night import UnknownNight
from tui.outcome import Outcome

_KEPT_OUTSIDE = "It holds what you said; forgetting does not reach it."


def write_report(settings: Settings, night_id: int | None, out: Path | None) -> Outcome:
    """Write the report of a night, the newest where none is named, as HTML or Markdown."""
    with Connections(settings.database_file) as connections:
        report = _report(NightStore(connections), night_id)
        retention = retention_of(History(connections).nights(report.id))
        votes = VoteStore(connections).all()
    fared = tally(votes, report.candidate, report.champion_before).words if report.candidate else ""
    file = out if out is not None else Path(f"reverie-night-{report.id}.html")
    match file.suffix.lower():
        case ".html" | ".htm":
            content = as_page(report, retention, fared)
        case ".md":
            content = as_markdown(report, retention, fared)
        case other:
            raise ValueError(
                f"a report is an .html or .md file, not {other or 'one without end'!r}"
            )
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise ValueError(f"{file} is not a file in a folder that exists; name another with --out")
    with replacing(file.absolute()) as part:
        part.write_text(content, encoding="utf-8")
    document = {
        "night_id": report.id,
        "file": str(file.absolute()),
        "summary": night_summary(report),
        "votes": fared,
        "retention": as_document(retention),
    }
    text = f"{night_summary(report)}\n{night_name(report)} is in {file}. {_KEPT_OUTSIDE}"
    return Outcome(document, text)


def as_document(retention: Retention) -> dict[str, Any]:
    """Retention as JSON has it: `matrix[n][i]` is the share of night i's facts after night n."""
    return {
        "nights": [asdict(point) for point in retention.points],
        "matrix": [[_share(cell) for cell in row] for row in retention.cells],
        "backward_transfer": retention.backward_transfer,
        "total_s": round(retention.total_s, 2),
        "seconds_per_known_fact": retention.seconds_per_known_fact,
    }


def _share(share: Share | None) -> float | None:
    return round(share.value, 4) if share else None


def _report(nights: NightStore, night_id: int | None) -> NightReport:
    if night_id is not None:
        report = nights.show(night_id)
        if report is None:
            raise UnknownNight(f"there is no night {night_id}; see `reverie nights`")
        return report
    over = [one for one in nights.newest(2) if one.status != "running"]
    if not over:
        raise UnknownNight("no night is over yet; run `reverie sleep`")
    return over[0]
