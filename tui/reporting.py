"""Work in a screen's thread: what goes wrong with the home folder is told, and the app goes on."""

from collections.abc import Callable

from textual.message import Message

from tui.messages import HomeUnreadable


def reporting(post: Callable[[Message], object], work: Callable[[], object]) -> Callable[[], None]:
    """The same work, with an error of any kind posted as `HomeUnreadable`."""

    def run() -> None:
        try:
            work()
        except Exception as error:
            post(HomeUnreadable(str(error) or type(error).__name__))

    return run
