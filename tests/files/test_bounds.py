"""A file that keeps a reader too long is given up; nothing is left of the watch."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import process_time

import pytest

from archive.files import bounds
from archive.files.bounds import Together, TooLongError, in_time
from tests.samples.endless import for_ever


def takes_all_for_damage() -> None:
    """A reader that goes on after any error, as those of libraries do."""
    while True:
        with suppress(Exception):
            for_ever()


def watch() -> tuple[object, tuple[float, float]]:
    return signal.getsignal(signal.SIGPROF), signal.getitimer(signal.ITIMER_PROF)


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_SECONDS", 0.01)
    before = watch()
    for reader in (for_ever, takes_all_for_damage):
        with pytest.raises(TooLongError), in_time():
            reader()
    assert watch() == before


def test_what_ends_in_time_is_left_alone() -> None:
    before = watch()
    with in_time():
        during = watch()
    assert during[1][0] > 50
    assert watch() == before


def test_the_time_of_what_is_around_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_SECONDS", 0.01)
    ends = process_time() + 2

    def read() -> None:
        with suppress(TooLongError), in_time():
            for_ever()
        while process_time() < ends:
            pass

    with pytest.raises(TooLongError), in_time():
        read()


def test_a_thread_is_not_watched() -> None:
    found = []

    def read() -> None:
        with in_time():
            found.append(watch())

    thread = Thread(target=read)
    thread.start()
    thread.join()
    assert found == [watch()]


def test_files_that_take_long_leave_less_to_those_after_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used = iter([60, 9, 25, 40, 3])
    clock, given = [0.0], []

    @contextmanager
    def watched(most: float) -> Iterator[None]:
        given.append(most)
        yield

    monkeypatch.setattr(bounds, "in_time", watched)
    monkeypatch.setattr(bounds, "process_time", lambda: clock[0])
    monkeypatch.setattr(bounds, "MOST_TOGETHER", 80.0)
    together = Together()
    for seconds in used:
        with together.in_time():
            clock[0] += seconds
    assert given == [90, 40, 40, 25, 10]
