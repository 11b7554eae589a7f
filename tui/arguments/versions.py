"""`reverie models`: its arguments."""

import argparse
import sys

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, actions_of, add_command, count
from tui.outcome import Outcome


def add_models(commands: Commands, shared: Parser) -> None:
    """Versions of the weights."""
    models = add_command(
        commands,
        shared,
        "models",
        "versions of the weights",
        tells="Each promoted night makes one; the base is the first. Without an action: list.",
        example="models list",
    )
    versions = actions_of(models)
    models.set_defaults(command=_models, action="list")
    for name, what in (("list", "versions, oldest first"), ("rollback", "back to the one before")):
        action = add_command(versions, shared, name, what, example=f"models {name}")
        action.set_defaults(command=_models, action=name)
    use = add_command(
        versions, shared, "use", "make a version the live one", example="models use night-0001"
    )
    use.add_argument("version", metavar="NAME", help="as `reverie models list` names it")
    use.set_defaults(command=_models, action="use")
    compare = add_command(
        versions,
        shared,
        "compare",
        "two versions, blind: vote",
        tells="Both answer by their weights alone, in an order that tells nothing; then you say "
        "which is better, and see which was which.",
        example='models compare "What did we name our dog?"',
    )
    compare.add_argument(
        "prompt", metavar="PROMPT", help="what both answer; - reads standard input"
    )
    compare.add_argument(
        "--with",
        dest="other",
        metavar="NAME",
        help="the version beside the live one (default: the live one's parent)",
    )
    compare.set_defaults(command=_models, action="compare")
    prune = add_command(
        versions,
        shared,
        "prune",
        "remove the files of old versions",
        tells="What each was stays listed. The live one, and the last one of another base, are "
        "kept whatever their age. After a deep sleep, `--keep 1` removes those that still know "
        "what was forgotten.",
        example="models prune --keep 3",
    )
    prune.add_argument(
        "--keep",
        type=count,
        metavar="N",
        help="leave so many, the newest (default: model.keep_versions of the settings)",
    )
    prune.set_defaults(command=_models, action="prune")
    verify = add_command(
        versions, shared, "verify", "check every file's hash", example="models verify"
    )
    verify.add_argument(
        "version", nargs="?", metavar="NAME", help="only this version (default: all)"
    )
    verify.set_defaults(command=_models, action="verify")


def _models(settings: Settings, parsed: argparse.Namespace) -> Outcome:
    from tui.commands import versions

    match parsed.action:
        case "compare":
            from tui.commands import compare

            prompt = sys.stdin.read() if parsed.prompt == "-" else parsed.prompt
            as_json = getattr(parsed, "json", False)
            return compare.run(settings, prompt, parsed.other, as_json=as_json)
        case "rollback":
            return versions.rollback(settings)
        case "use":
            return versions.use(settings, parsed.version)
        case "prune":
            return versions.prune(settings, parsed.keep)
        case "verify":
            return versions.verify(settings, parsed.version)
    return versions.list_versions(settings)
