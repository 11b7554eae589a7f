"""`reverie backup` and `restore`: a home folder in one file, and back."""

from pathlib import Path

from assistant.backup import back_up
from assistant.clock import utc_now
from assistant.restore import restore as put_back
from assistant.settings import Settings
from assistant.settings_file import load_settings
from memory.database import Connections
from tui.outcome import Outcome


def backup(settings: Settings, out: Path) -> Outcome:
    """Write everything of the home folder into a file."""
    with Connections(settings.database_file) as connections:
        written = back_up(settings, connections, out, utc_now)
    count = "1 file is" if written.files == 1 else f"{written.files} files are"
    base = "comes with Reverie" if written.base["packaged"] else "is yours: keep its file as well"
    lines = [
        f"{count} in {written.file} ({written.size_bytes / 1e6:.1f} MB), for your eyes only.",
        f"The base model, {written.base['file']}, is not in it; it {base}.",
        "What is forgotten later stays in it: delete it then.",
    ]
    lines += [f"Left out, for it is no plain file: {name}." for name in written.left_out]
    document = {
        "file": str(written.file),
        "files": written.files,
        "size_bytes": written.size_bytes,
        "base": written.base,
        "left_out": list(written.left_out),
    }
    return Outcome(document, "\n".join(lines))


def restore(settings: Settings, file: Path) -> Outcome:
    """Put a backup into the home folder, which must be empty."""
    restored = put_back(file, settings)
    back = load_settings(settings.home)
    base = back.base_gguf
    count = "1 file is" if restored.files == 1 else f"{restored.files} files are"
    lines = [f"{count} back in {settings.home}, as they were on {restored.created_at[:16]} UTC."]
    if not base.is_file():
        lines.append(
            f"Its base model is not here: put it at {base}, or name it in model.gguf of "
            "settings.toml."
        )
    lines += [
        f"Its settings name a program, mcp.{name}: {' '.join(server.command)}; "
        "take it out of settings.toml if you do not know it."
        for name, server in back.mcp.items()
    ]
    document = {
        "home": str(settings.home),
        "files": restored.files,
        "created_at": restored.created_at,
        "base_present": base.is_file(),
    }
    return Outcome(document, "\n".join(lines))
