"""The server with tiny send buffers, so that a client that does not read soon blocks a write.

It is started as a program: `python -m`. SEND_TIMEOUT_SECONDS replaces the server's own timeout;
its other timeouts are the patient server's.
"""

import os
import socket
import sys

from connect4_server import __main__, http_server
from connect4_server.config import Config
from connect4_server.testing import patient_server

_SEND_BUFFER_BYTES = 1  # the kernel rounds it up to its minimum

listen = http_server.listen


def listen_with_small_buffers(config: Config) -> socket.socket:
    """Returns what `http_server.listen` does, with a small send buffer."""
    sock = listen(config)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
    if seconds := os.environ.get("SEND_TIMEOUT_SECONDS"):
        http_server.set_send_timeout(sock, float(seconds))
    return sock


if __name__ == "__main__":
    patient_server.wait_long()
    http_server.listen = listen_with_small_buffers
    sys.exit(__main__.main())
