"""Where a database may be: the hosts of its URL, and the addresses of their names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from socket import SOCK_STREAM
from typing import TYPE_CHECKING, Any

import gevent
import gevent.socket
from psycopg2 import OperationalError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Host:
    """A name with a port, an address with a port, or the folder of a Unix socket."""

    name: str
    port: str

    def addresses(self) -> list[dict[str, str]]:
        """libpq's parameters for each of its addresses.

        Raises OperationalError, in libpq's words, where there is none. It may take as long as the
        name servers do, and lets other greenlets run meanwhile.
        """
        one = {"host": self.name, "port": self.port}
        if self.name.startswith(("/", "@")) or not self.name:
            return [one]  # a Unix socket
        found = _look_up(self)
        if isinstance(found, Exception):
            raise OperationalError(f'could not translate host name "{self.name}": {_why(found)}')
        return [{**one, "hostaddr": address} for address in found]


def hosts_of(parameters: Mapping[str, Any]) -> list[Host] | None:
    """The hosts of libpq's PARAMETERS, in their order; None if there is no name to look up.

    Raises OperationalError where they do not fit together.
    https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-MULTIPLE-HOSTS
    """
    names = str(parameters.get("host") or os.environ.get("PGHOST") or "").split(",")
    if names == [""] or parameters.get("hostaddr"):
        return None
    default = os.environ.get("PGPORT") or "5432"
    ports = str(parameters.get("port") or default).split(",")
    if len(ports) == 1:
        ports *= len(names)
    if len(ports) != len(names):
        raise OperationalError(f"could not match {len(ports)} port numbers to {len(names)} hosts")
    return [Host(name, port or default) for name, port in zip(names, ports, strict=True)]


_Found = list[str] | Exception
_under_way: dict[Host, gevent.Greenlet[..., _Found]] = {}


def _look_up(host: Host) -> _Found:
    """Who asks for the same at the same time shares the answer.

    Nobody can take a lookup back. Those that a dead name server leaves unanswered would fill the
    pool of threads that they run in.
    """
    lookup = _under_way.get(host)
    if lookup is None:
        lookup = _under_way[host] = gevent.spawn(_ask, host)
    found: _Found = lookup.get()
    return found


def _ask(host: Host) -> _Found:
    try:
        # Encoded here, since gevent prints what fails in its threads but that a name is unknown.
        name = host.name.encode("idna")
        found = gevent.socket.getaddrinfo(name, host.port, type=SOCK_STREAM)
        return [str(address[0]) for *_, address in found]
    except (OSError, UnicodeError) as error:
        return error
    finally:
        del _under_way[host]


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
