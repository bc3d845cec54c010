"""Refuses what a foreign page makes a browser send without being allowed to.

A page may send a form to any address, and a request without CORS, `no-cors`. With it, it gets no
answer to read, but the server would act. Programs send none of the headers below. Pages cannot set
them, and those that CORS allows keep working.
https://www.w3.org/TR/fetch-metadata/ and https://fetch.spec.whatwg.org/#origin-header
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from werkzeug.exceptions import Forbidden

from connect4_server.cors import ANY_ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_OWN_SITES = ("same-origin", "none")
_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
# A form sends it without a charset, a script's `fetch` with one.
_TEXT_FORM = "text/plain"


def foreign_pages(origins: Sequence[str]) -> Callable[[], None]:
    """Returns a function for `before_request` that raises Forbidden for such a request.

    ORIGINS are those whose pages may call the API, as for `cors`.
    """
    is_for_any = ANY_ORIGIN in origins

    def refuse() -> None:
        origin = request.headers.get("Origin")
        site = request.headers.get("Sec-Fetch-Site")
        if request.method in _SAFE_METHODS or (origin is None and site is None):
            return
        if site in _OWN_SITES or (site is None and _is_own(origin)):
            return
        if _is_sent_by_cors(site) and (is_for_any or origin in origins):
            return
        raise Forbidden("Pages from elsewhere may call this with CORS only")

    return refuse


def _is_own(origin: str | None) -> bool:
    # The scheme is known to the proxy alone.
    return origin is not None and origin.partition("://")[2] == request.host


def _is_sent_by_cors(site: str | None) -> bool:
    """Returns whether a script has sent the request and may read the answer, not a form."""
    if site is not None:
        return request.headers.get("Sec-Fetch-Mode") == "cors"
    # Without TLS, and in browsers before 2023, there are no such headers.
    return request.mimetype not in _FORM_TYPES and request.content_type != _TEXT_FORM
