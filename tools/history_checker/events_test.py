"""Events come out of a stream's bytes however these are cut."""

from __future__ import annotations

import pytest

from history_checker.events import Event, events

STREAM = (
    b'retry: 1000\n\nid: 2\ndata: {"a": 1}\n\n: still here\n\nid:3\ndata: b\ndata: c\n\n'
    b"event: end\ndata: {}\n\n"
)
EVENTS = [Event("", "2", '{"a": 1}'), Event("", "3", "b\nc"), Event("end", "", "{}")]


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_they_are_the_same_in_chunks_of_any_size(size: int) -> None:
    chunks = [STREAM[start : start + size] for start in range(0, len(STREAM), size)]
    assert list(events(chunks)) == EVENTS


def test_they_come_as_soon_as_they_are_whole() -> None:
    def chunks() -> object:
        yield STREAM[:40]
        raise AssertionError

    coming = events(chunks())  # type: ignore[arg-type]
    assert next(coming) == EVENTS[0]


@pytest.mark.parametrize("cut", [1, 2, 20])
def test_what_is_cut_off_is_no_event(cut: int) -> None:
    assert list(events([STREAM[:-cut]])) == EVENTS[:2]
