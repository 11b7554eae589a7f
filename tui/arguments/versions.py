"""`reverie models`: its arguments."""

import argparse
import sys

from assistant.settings import Settings
from tui.arguments.parser import Commands, Parser, actions_of
from tui.outcome import Outcome


def add_models(commands: Commands, shared: Parser) -> None:
    """Versions of the weights."""
    models = commands.add_parser("models", parents=[shared], help="versions of the weights")
    versions = actions_of(models)
    models.set_defaults(command=_models, action="list")
    for name, what in (("list", "versions, oldest first"), ("rollback", "back to the one before")):
        action = versions.add_parser(name, parents=[shared], help=what)
        action.set_defaults(command=_models, action=name)
    use = versions.add_parser("use", parents=[shared], help="make a version the live one")
    use.add_argument("version", metavar="NAME")
    use.set_defaults(command=_models, action="use")
    compare = versions.add_parser("compare", parents=[shared], help="two versions, blind: vote")
    compare.add_argument("prompt", metavar="PROMPT", help="- reads standard input")
    compare.add_argument(
        "--with", dest="other", metavar="NAME", help="default: the live one's parent"
    )
    compare.set_defaults(command=_models, action="compare")
    verify = versions.add_parser("verify", parents=[shared], help="check every file's hash")
    verify.add_argument("version", nargs="?", metavar="NAME")
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
        case "verify":
            return versions.verify(settings, parsed.version)
    return versions.list_versions(settings)
