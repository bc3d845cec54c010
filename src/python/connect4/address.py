"""The address that the server listens on, and the URLs that lead to it."""

from __future__ import annotations

import errno
import socket
from contextlib import closing

# The addresses that stand for all of this machine's, each with one of the same family that belongs
# to nobody (RFC 5737, RFC 3849).
_EVERYWHERE = {"0.0.0.0": "192.0.2.1", "::": "2001:db8::1"}  # noqa: S104

_ITSELF = ("127.0.0.1", "::1", "localhost")


class AddressError(Exception):
    """The address cannot be listened on; the message is one line that says why."""


def free_port(host: str, port: int) -> int:
    """Returns PORT, from 1 to 65535, if it is free on HOST; for 0 one that is free.

    Raises AddressError.
    """
    try:
        with socket.create_server((host, port), family=_family(host)) as listener:
            found: int = listener.getsockname()[1]
            return found
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            problem = "taken" if error.errno == errno.EADDRINUSE else "not for this user"
            raise AddressError(
                f"port {port} on {host} is {problem}: choose another one with --port"
            ) from error
        raise AddressError(f"cannot listen on {host}: {error.strerror}") from error
    except UnicodeError as error:
        raise AddressError(f"cannot listen on {host}: not a host's name") from error


def network_url(host: str, port: int) -> str | None:
    """The URL by which others in the network reach a server that listens on HOST and PORT.

    None if only this machine does, or there is no network. Nothing is sent to find out.
    """
    name = _own_address(host) if host in _EVERYWHERE else host
    if name is None or name in _ITSELF:
        return None
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def browser_url(host: str, port: int) -> str:
    """The URL to open in a browser: that of the network, or else one for this machine alone."""
    return network_url(host, port) or f"http://localhost:{port}"


def _own_address(everywhere: str) -> str | None:
    """The address that this machine sends from by default; None without a network."""
    with closing(socket.socket(_family(everywhere), socket.SOCK_DGRAM)) as datagrams:
        try:
            # On a UDP socket this sends nothing: it only chooses the address to send from.
            datagrams.connect((_EVERYWHERE[everywhere], 9))
        except OSError:
            return None
        address: str = datagrams.getsockname()[0]
        return address


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
