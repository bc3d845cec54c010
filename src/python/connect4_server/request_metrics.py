"""Counts and times requests by their route: the rule of the URL map, and never a path."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

from flask import request

from connect4_server import metrics

if TYPE_CHECKING:
    from flask import Flask, Response
    from prometheus_client import Counter, Histogram

_BEGIN = "connect4.begin"
_NO_ROUTE = "none"


def measure_requests(app: Flask) -> None:
    """Has APP measure each request. What it registers later with `before_request` is measured."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    request.environ[_BEGIN] = time.perf_counter()


def _end(response: Response) -> Response:
    rule = request.url_rule
    route = _NO_ROUTE if rule is None else rule.rule
    _requests(route, response.status_code).inc()
    _seconds(route).observe(time.perf_counter() - request.environ[_BEGIN])
    return response


# Finding them by their labels would take as long as counting.
@cache
def _requests(route: str, status: int) -> Counter:
    return metrics.HTTP_REQUESTS.labels(route, status)


@cache
def _seconds(route: str) -> Histogram:
    return metrics.HTTP_REQUEST_SECONDS.labels(route)
