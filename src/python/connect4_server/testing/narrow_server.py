"""The server, with connections that hold next to nothing: who reads nothing is soon a problem.

It is started as a program: `python -m`. UNTAKEN_SECONDS says how long that is put up with.
"""

import os
import socket
import sys

from connect4_server import __main__, http_server
from connect4_server.config import Config
from connect4_server.testing import patient_server

_LEAST_BYTES = 1  # which the kernel rounds up to the least that it has

listen = http_server.listen


def listen_narrowly(config: Config) -> socket.socket:
    sock = listen(config)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LEAST_BYTES)
    if seconds := os.environ.get("UNTAKEN_SECONDS"):
        http_server.give_up_after(sock, float(seconds))
    return sock


if __name__ == "__main__":
    patient_server.wait_long()
    http_server.listen = listen_narrowly
    sys.exit(__main__.main())
