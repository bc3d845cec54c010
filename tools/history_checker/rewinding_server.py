"""A server that is broken on purpose: after each event, its streams send the one before it again.

The checker has to find that out. It is started as a program: `python -m`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from connect4_server import __main__
from connect4_server.watching import stream

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Stream(stream.Stream):
    def __iter__(self) -> Iterator[bytes]:
        before = b""
        for events in super().__iter__():
            yield events
            yield before
            before = events


if __name__ == "__main__":
    # Before the application takes it from there.
    stream.Stream = _Stream  # type: ignore[misc]
    sys.exit(__main__.main())
