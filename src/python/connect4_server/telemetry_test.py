"""What goes to Sentry and to an OpenTelemetry collector: nothing by default, and never a secret."""

from __future__ import annotations

import gzip
import json
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import psycopg2
import pytest
from flask import Flask
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from connect4_server.conftest import Api
from connect4_server.telemetry import start_telemetry
from server_process import ServerProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opentelemetry.proto.trace.v1.trace_pb2 import Span

    from connect4_server.conftest import Json

PARENT = "c4" * 16
IDENTITY = "an-id"
FOREIGN_FORM = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}


class Receiver:
    """Takes whatever is sent to it; `url` is its address."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.received: list[tuple[str, bytes]] = []


@contextmanager
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers["Content-Encoding"] == "gzip":
                content = gzip.decompress(content)
            running.received.append((self.path, content))
            self.send_response(200)
            self.end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        running = Receiver(f"127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield running
        finally:
            server.shutdown()
            thread.join()


def fail(api: Api, database_url: str) -> Json:
    """Asks for a move on a board that no game leads to; returns the seat."""
    first, _ = api.start()
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE game SET board = overlay(board placing '01' from 1), moves = '0'")
    connection.close()
    body = {"gameId": first["gameId"], "playerId": first["playerId"], "column": 0}
    headers = {
        "X-Request-Id": IDENTITY,
        "traceparent": f"00-{PARENT}-b7ad6b7169203331-01",
    }
    answer = api.request("POST", "/make_move", json=body, headers=headers)
    assert answer.status_code == 500
    return first


def test_errors_go_to_sentry_without_secrets(database_url: str) -> None:
    with receiver() as sentry:
        dsn = f"http://key@{sentry.url}/1"
        with ServerProcess({"DATABASE_URL": database_url, "SENTRY_DSN": dsn}) as server:
            seat = fail(Api(server.url), database_url)
            wait_until(lambda: sentry.received)
        [(path, envelope)] = sentry.received
    assert path == "/api/1/envelope/"
    event = json.loads(envelope.splitlines()[2])
    assert event["logentry"]["message"].startswith("a row that no game leads to")
    assert event["extra"]["request_id"] == IDENTITY
    assert "request" not in event
    assert seat["playerId"].encode() not in envelope


def spans(received: list[tuple[str, bytes]]) -> list[Span]:
    found = []
    for path, content in received:
        assert path == "/v1/traces"
        for resource in ExportTraceServiceRequest.FromString(content).resource_spans:
            [service] = [a.value for a in resource.resource.attributes if a.key == "service.name"]
            assert service.string_value == "connect4_server"
            found += [span for scope in resource.scope_spans for span in scope.spans]
    return found


def status_of(span: Span) -> int:
    values = {attribute.key: attribute.value for attribute in span.attributes}
    return int(values["http.response.status_code"].int_value)


def test_requests_are_traced_without_secrets(database_url: str) -> None:
    with receiver() as collector:
        environ = {
            "DATABASE_URL": database_url,
            "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://{collector.url}",
            "OTEL_BSP_SCHEDULE_DELAY": "100",
        }
        with ServerProcess(environ) as server:
            api = Api(server.url)
            seat = fail(api, database_url)
            assert api.request("GET", "/get_game", params=seat).status_code == 200
            assert api.request("GET", f"/{seat['gameId']}").status_code == 404
            # Refused before it reaches a view.
            assert api.request("POST", "/join_game", headers=FOREIGN_FORM).status_code == 403
            wait_until(lambda: 403 in {status_of(span) for span in spans(collector.received)})
    traced = {span.name: span for span in spans(collector.received)}
    assert {"POST /create_game", "POST /join_game", "GET /get_game", "GET"} <= set(traced)
    failed = traced["POST /make_move"]
    assert failed.trace_id.hex() == PARENT
    assert failed.status.code == failed.status.STATUS_CODE_ERROR
    values = {attribute.key: attribute.value for attribute in failed.attributes}
    assert values["http.route"].string_value == "/make_move"
    assert values["http.response.status_code"].int_value == 500
    assert values["http.request.header.x-request-id"].array_value.values[0].string_value == IDENTITY
    for _, content in collector.received:
        assert seat["playerId"].encode() not in content
        assert seat["gameId"].encode() not in content


PACKAGES = {"SENTRY_DSN": "sentry_sdk", "OTEL_EXPORTER_OTLP_ENDPOINT": "opentelemetry"}


def test_nothing_is_sent_or_imported_by_default(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for variable, package in PACKAGES.items():
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.setitem(sys.modules, package, None)
    app = Flask(__name__)
    start_telemetry(app)
    assert not app.before_request_funcs
    assert not caplog.messages


@pytest.mark.parametrize(("variable", "package"), PACKAGES.items())
def test_a_package_that_is_missing_is_one_line(
    variable: str, package: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(variable, "http://key@127.0.0.1:1/1")
    monkeypatch.setitem(sys.modules, package, None)
    start_telemetry(Flask(__name__))
    [line] = caplog.messages
    assert line.startswith(f"{variable} is set, but nothing is sent there: ")
    assert package in line
    assert "\n" not in line


def test_a_dsn_that_is_none_is_one_line(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SENTRY_DSN", "nowhere")
    start_telemetry(Flask(__name__))
    [line] = caplog.messages
    assert line.startswith("SENTRY_DSN is set, but nothing is sent there: ")
