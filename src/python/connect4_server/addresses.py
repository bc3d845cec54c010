"""The hosts of a database, and the addresses of their names."""

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
    """One host of a database: `name` is a DNS name, an IP address, or a Unix socket's folder."""

    name: str
    port: str

    def addresses(self) -> list[dict[str, str]]:
        """Returns libpq's parameters (`host`, `port`, `hostaddr`) for each of its addresses.

        It waits for the name servers, without a limit of its own; other greenlets run meanwhile.
        Raises OperationalError, with libpq's message, if there is no address.
        """
        one = {"host": self.name, "port": self.port}
        if self.name.startswith(("/", "@")) or not self.name:
            return [one]  # a Unix socket
        found = _look_up(self)
        if isinstance(found, Exception):
            raise OperationalError(f'could not translate host name "{self.name}": {_reason(found)}')
        return [{**one, "hostaddr": address} for address in found]


def hosts_of(parameters: Mapping[str, Any]) -> list[Host] | None:
    """Returns the hosts of libpq's PARAMETERS, in order; None if there is no name to look up.

    Raises OperationalError if the number of ports is neither one nor that of the hosts.
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


_Result = list[str] | Exception
_in_flight: dict[Host, gevent.Greenlet[..., _Result]] = {}


def _look_up(host: Host) -> _Result:
    """Looks a name up once for all who ask at the same time (single flight).

    A lookup runs in a thread and cannot be cancelled. Without this, a name server that does not
    answer would soon fill gevent's pool of threads.
    """
    lookup = _in_flight.get(host)
    if lookup is None:
        lookup = _in_flight[host] = gevent.spawn(_resolve, host)
    found: _Result = lookup.get()
    return found


def _resolve(host: Host) -> _Result:
    try:
        # Encoded here: an error of encoding in its thread would be printed by gevent.
        name = host.name.encode("idna")
        found = gevent.socket.getaddrinfo(name, host.port, type=SOCK_STREAM)
        return [str(address[0]) for *_, address in found]
    except (OSError, UnicodeError) as error:
        return error
    finally:
        del _in_flight[host]


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
