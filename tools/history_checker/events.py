"""Server-Sent Events, as a client reads them.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Event:
    """One that has arrived whole; `name` is empty for a plain message, `id` if it has none."""

    name: str
    id: str
    data: str


def events(chunks: Iterable[bytes]) -> Iterator[Event]:
    """The events in a stream's bytes; not comments, nor what was cut off."""
    rest = b""
    for chunk in chunks:
        *blocks, rest = (rest + chunk).split(b"\n\n")
        for block in blocks:
            fields = _fields(block.decode())
            # As browsers do: without data it is no event.
            if "data" in fields:
                yield Event(fields.get("event", ""), fields.get("id", ""), fields["data"])


def _fields(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in block.split("\n"):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        fields[name] = f"{fields[name]}\n{value}" if name == "data" and name in fields else value
    return fields
