"""The suite runs in two processes: the longest files come first, so that neither is left alone."""

import os

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two threads each would wait for one another

LONGEST = (
    "test_whole_night.py",
    "test_terminal.py",
    "test_stream.py",
    "test_torture.py",
    "test_training_job.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place_of(item.path.name))


def place_of(name: str) -> int:
    """Of a file, among all; those that are not among the longest stay in their order."""
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)
