"""The address that a client is counted by: its own, or what a trusted proxy says in a header."""

from __future__ import annotations

import logging
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from ipaddress import IPv4Network

logger = logging.getLogger(__name__)

# One household or server may choose any address of a network of this size.
_IPV6_PREFIX = 64
_REMEMBERED = 4096


class ClientAddress:
    """Tells who sent a request, in a form that a client cannot choose.

    Whoever connects may write anything into `X-Forwarded-For`, so it is heeded only if the
    connection is a trusted proxy's. Proxies append to it: its last address that is not a trusted
    proxy's is the client's.
    https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For
    """

    def __init__(self, trusted_proxies: Sequence[IPv4Network | IPv6Network] = ()) -> None:
        """TRUSTED_PROXIES are the networks of the proxies whose header is heeded."""
        self._trusted = tuple(trusted_proxies)
        self._has_warned = False
        self._cached = lru_cache(_REMEMBERED)(self._find)

    def of(self, environ: Mapping[str, str]) -> str:
        """Returns the address of the request with this WSGI environment.

        It is an IPv4 address, an IPv6 network of 64 bits, or "" for a Unix socket.
        """
        peer, forwarded = environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR")
        address, is_ignored = self._cached(peer, forwarded)
        if is_ignored and not self._has_warned:
            self._has_warned = True
            logger.warning("TRUSTED_PROXIES has no %s, whose X-Forwarded-For is ignored", peer)
        return address

    def _find(self, peer: str, forwarded: str | None) -> tuple[str, bool]:
        """Returns the address, and whether there is a header that is ignored."""
        address = _parsed(peer)
        if address is None:
            return peer, False
        if forwarded is None:
            return _counted(address), False
        if not self._is_trusted(address):
            return _counted(address), True
        for item in reversed(forwarded.split(",")):
            before = _parsed(item.strip())
            if before is None:
                break
            address = before
            if not self._is_trusted(address):
                break
        return _counted(address), False

    def _is_trusted(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self._trusted)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def _counted(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), _IPV6_PREFIX), strict=False))
    return str(address)
