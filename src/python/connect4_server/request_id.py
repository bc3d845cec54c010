"""The id of a request, which its lines in the logs of the proxy and of the server share.

A proxy sends it as `X-Request-Id`; without one it is made here. The response has it, too.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from flask import request

from connect4_server.logs import REQUEST_ID

if TYPE_CHECKING:
    from flask import Flask, Response

_HEADER = "X-Request-Id"
# Those of UUIDs, ULIDs, Base64 and traces. What the client sends may be anything else.
_SANE = re.compile(r"[\w.~+/=:@-]{1,128}", re.ASCII)
_RANDOM_BYTES = 16


def identify_requests(app: Flask) -> None:
    """Gives each request of APP an id, and its response the header."""
    app.before_request(_identify)
    app.after_request(_tell)


def request_id() -> str:
    """Returns the id of the current request: 1 to 128 printable characters of ASCII."""
    identity: str = request.environ[REQUEST_ID]
    return identity


def log_fields() -> dict[str, str]:
    """Returns what a log record about the current request has as `extra`."""
    return {"request_id": request_id()}


def _identify() -> None:
    sent = request.environ.get("HTTP_X_REQUEST_ID", "")
    request.environ[REQUEST_ID] = sent if _SANE.fullmatch(sent) else os.urandom(_RANDOM_BYTES).hex()


def _tell(response: Response) -> Response:
    response.headers.add(_HEADER, request_id())
    return response
