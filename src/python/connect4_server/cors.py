"""Cross-origin resource sharing: https://fetch.spec.whatwg.org/#http-cors-protocol.

Any origin is a safe default: browsers attach no credentials by themselves, since a player's secret
is a field or a header of the request. Flask-CORS took a third of a move's time, since it matches
every response against patterns.
"""

from collections.abc import Callable, Sequence

from flask import Response, request

ANY_ORIGIN = "*"
_METHODS = "GET, HEAD, POST"
_PREFLIGHT_SECONDS = "7200"


def cors(origins: Sequence[str]) -> Callable[[Response], Response]:
    """Returns a function for `after_request` that lets pages of ORIGINS read every response.

    An origin is as in the header `Origin` (`https://example.com`), or `*` for any.
    """
    is_for_any = ANY_ORIGIN in origins

    def allow(response: Response) -> Response:
        headers = response.headers
        if is_for_any:
            headers["Access-Control-Allow-Origin"] = ANY_ORIGIN
        else:
            headers.add("Vary", "Origin")
            origin = request.headers.get("Origin")
            if origin not in origins:
                return response
            headers["Access-Control-Allow-Origin"] = origin
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            headers["Access-Control-Allow-Methods"] = _METHODS
            headers["Access-Control-Max-Age"] = _PREFLIGHT_SECONDS
            asked = request.headers.get("Access-Control-Request-Headers")
            if asked is not None:
                headers["Access-Control-Allow-Headers"] = asked
        return response

    return allow
