"""A night that is told to end stops as by Ctrl+C, and leaves signals as they were."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from tui.commands.night import _stopping_in_order


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    for number in kept:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_interrupts(number: signal.Signals) -> None:
    with pytest.raises(KeyboardInterrupt), _stopping_in_order():
        os.kill(os.getpid(), number)
        time.sleep(5)
    assert signal.getsignal(number) == signal.SIG_DFL


def test_a_hangup_that_somebody_ignores_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with _stopping_in_order():
        os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
