"""The ceiling for a stream's memory: gevent alone, with a socket and a greenlet for each.

A program, with HOST and PORT in its environment. It answers GET /status, and everything else with
an event and nothing more.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from gevent.event import Event
from gevent.server import StreamServer

if TYPE_CHECKING:
    from gevent.socket import socket

_STATUS = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_EVENT = b"id: 1\ndata: {}\n\n"
_STREAM = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"%x\r\n%s\r\n" % (len(_EVENT), _EVENT)
)


def main() -> None:
    """Serves until it is killed."""
    never = Event()

    def answer(connection: socket, _address: object) -> None:
        if connection.recv(65536).startswith(b"GET /status "):
            connection.sendall(_STATUS)
        else:
            connection.sendall(_STREAM)
            never.wait()

    address = os.environ["HOST"], int(os.environ["PORT"])
    StreamServer(address, answer, backlog=2048).serve_forever()


if __name__ == "__main__":
    main()
