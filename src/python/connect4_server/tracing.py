"""Traces requests with OpenTelemetry: a span for each, with its route and status, and no URL.

https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server
"""

from __future__ import annotations

import os
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import request

from connect4_server.request_id import request_id

if TYPE_CHECKING:
    from flask import Flask, Response

_SPAN = "connect4.span"
_SERVICE = "connect4_server"


def trace_requests(app: Flask) -> None:
    """Has APP send a span for each request, as a child of the caller's, if the request names one.

    It goes over HTTP; OpenTelemetry reads its variables (`OTEL_…`) itself. A span ends when the
    response begins. Raises ImportError without the packages `opentelemetry-sdk` and
    `opentelemetry-exporter-otlp-proto-http`.
    """
    # ruff: noqa: PLC0415
    from opentelemetry import propagate, trace  # pants: no-infer-dep
    from opentelemetry.exporter.otlp.proto.http import trace_exporter  # pants: no-infer-dep
    from opentelemetry.sdk.trace import TracerProvider  # pants: no-infer-dep
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # pants: no-infer-dep

    os.environ.setdefault("OTEL_SERVICE_NAME", _SERVICE)
    provider = TracerProvider()
    provider.add_span_processor(BatchSpanProcessor(trace_exporter.OTLPSpanExporter()))
    tracer = provider.get_tracer(_SERVICE)

    def begin() -> None:
        rule = request.url_rule
        request.environ[_SPAN] = tracer.start_span(
            request.method if rule is None else f"{request.method} {rule.rule}",
            propagate.extract(request.headers),
            trace.SpanKind.SERVER,
            {
                "http.request.method": request.method,
                "http.request.header.x-request-id": [request_id()],
                **({} if rule is None else {"http.route": rule.rule}),
            },
        )

    def end(response: Response) -> Response:
        span = request.environ[_SPAN]
        span.set_attribute("http.response.status_code", response.status_code)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            span.set_status(trace.StatusCode.ERROR)
        span.end()
        return response

    app.before_request(begin)
    app.after_request(end)
