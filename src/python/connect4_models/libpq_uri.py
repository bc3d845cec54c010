"""A database's URI, read as libpq reads it.

The format: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import psycopg2
from psycopg2.extensions import parse_dsn

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCHEMES = ("postgres", "postgresql", "postgresql+psycopg2")
_ENCODED = "a password in it has to be percent-encoded"
_MALFORMED = f"is not a database URL ({_ENCODED})"
_CREDENTIALS = re.compile(r"^[^:/@?]*:[^@?]*@")
_NOT_ENCODED = re.compile(r"/|%(?![0-9a-fA-F]{2})")
# In SQLAlchemy's form for several hosts: `?host=name:port&host=name:port`.
_HOST_AND_PORT = re.compile(r"([^:/]*):(\d+)")


class UriError(ValueError):
    """The URI cannot be used.

    The message is what follows the name of the URI in a line; it shows no password.
    """


def parameters(uri: str) -> dict[str, str]:
    """The parameters of libpq that URI sets, by name, without empty ones.

    SQLAlchemy's form is accepted, too: its schemes, its several hosts, and a password of which
    some characters are not encoded. Parameters that are set for several hosts are separated by
    commas, as libpq has them: https://www.postgresql.org/docs/current/libpq-connect.html

    Raises UriError.
    """
    scheme, found, rest = uri.partition("://")
    if not found or not re.fullmatch(r"[\w+.-]+", scheme) or not uri.isprintable():
        raise UriError(_MALFORMED)
    if scheme not in _SCHEMES:
        raise UriError(f"is for {scheme}: it has to begin with postgresql://")
    rest = _CREDENTIALS.sub(_encoded, rest)
    address, _, query = rest.partition("?")
    authority, _, database = address.partition("/")
    # libpq would read part of such a password as the host or as the database's name.
    if authority.count("@") > 1 or "@" in database:
        raise UriError(_MALFORMED)
    if not _is_read_by_libpq(rest):
        raise UriError(_complaint_about(query))
    read: dict[str, str] = parse_dsn(f"postgresql://{rest}")
    given = {**read, **_hosts_and_ports(read, query)}
    return {name: value for name, value in given.items() if value}


def is_port(value: str) -> bool:
    """Whether VALUE is a number from 1 to 65535, in ASCII digits."""
    return bool(re.fullmatch(r"[0-9]{1,5}", value)) and 0 < int(value) < 65536


def _encoded(credentials: re.Match[str]) -> str:
    """The credentials, with those characters encoded that SQLAlchemy accepts and libpq does not."""
    return _NOT_ENCODED.sub(lambda found: quote(found[0], safe=""), credentials[0])


def _is_read_by_libpq(rest: str) -> bool:
    try:
        parse_dsn(f"postgresql://{rest}")
    except (psycopg2.Error, UnicodeError):
        return False
    return True


def _complaint_about(query: str) -> str:
    names = [
        unquote(pair.partition("=")[0])
        for pair in query.split("&")
        if not _is_read_by_libpq(f"/?{pair}")
    ]
    # A query with an @ may be part of a password.
    if not names or "@" in query or not all(re.fullmatch(r"\w+", name) for name in names):
        return _MALFORMED
    return f"has parameters that libpq does not know, or cannot read: {', '.join(names)}"


def _hosts_and_ports(read: Mapping[str, str], query: str) -> dict[str, str]:
    """The hosts and ports in libpq's form: separated by commas; one port may be for all hosts.

    Raises UriError.
    """
    pairs = [pair.partition("=") for pair in query.split("&")]
    in_query = [unquote(value) for name, _, value in pairs if name == "host"]
    hosts = (",".join(in_query) or read.get("host", "")).split(",")
    ports = _listed(read.get("port", "").split(",")).split(",")
    split = [_HOST_AND_PORT.fullmatch(host) for host in hosts]
    if any(split):
        hosts = [found[1] if found else host for host, found in zip(hosts, split, strict=True)]
        ports = [found[2] if found else "" for found in split]
    if len(ports) > 1 and (len(ports) != len(hosts) or not any(hosts)):
        raise UriError("has several ports, and not a host for each")
    if not all(is_port(port) or not port for port in ports):
        raise UriError(f"has a port that is not a number from 1 to 65535 ({_ENCODED})")
    # An @ at the beginning means a Unix socket in the abstract namespace.
    if any("@" in host[1:] for host in hosts):
        raise UriError(_MALFORMED)
    return {"host": _listed(hosts), "port": _listed(ports)}


def _listed(values: list[str]) -> str:
    """VALUES separated by commas; an empty string if all of them are empty."""
    return ",".join(values) if any(values) else ""
