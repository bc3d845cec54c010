"""Flask's own mechanisms (`before_request` and the like) work for every route."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask, Response, abort

from connect4_server.app import create_app
from connect4_server.config import Config

if TYPE_CHECKING:
    from pathlib import Path

CALLS = [
    ("GET", "/"),
    ("GET", "/status"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/openapi.json"),
    ("POST", "/create_game"),
    ("POST", "/join_game"),
    ("GET", "/get_game"),
    ("POST", "/make_move"),
    ("POST", "/resign"),
    ("POST", "/offer_draw"),
    ("POST", "/decline_draw"),
    ("POST", "/claim_win"),
    ("POST", "/rematch"),
    ("GET", "/watch_game"),
    ("GET", "/icon.svg"),
    ("GET", "/nothing"),
]


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    (tmp_path / "index.html").write_text("the page")
    (tmp_path / "icon.svg").write_text("<svg/>")
    nowhere = "postgresql://127.0.0.1:1/none"
    return create_app(Config(database=nowhere, client_directory=tmp_path))


def test_these_are_all_routes(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    called = {
        adapter.match(path, method)[0] for method, path in CALLS if adapter.test(path, method)
    }
    assert called == {rule.endpoint for rule in app.url_map.iter_rules()}, "add it to CALLS"


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_function_before_requests_sees_every_request(app: Flask, method: str, path: str) -> None:
    @app.before_request
    def refuse() -> None:
        abort(429)

    answer = app.test_client().open(path, method=method)
    assert (answer.status_code, answer.json) == (429, {"error": "Too Many Requests"})


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_function_after_requests_sees_every_response(app: Flask, method: str, path: str) -> None:
    @app.after_request
    def mark(response: Response) -> Response:
        response.headers["X-Marked"] = "yes"
        return response

    answer = app.test_client().open(path, method=method)
    assert answer.headers["X-Marked"] == "yes"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_responses_with_a_secret_are_not_stored(app: Flask) -> None:
    for method, path in CALLS:
        if method == "POST" or path.endswith("_game"):
            answer = app.test_client().open(path, method=method)
            assert answer.headers["Cache-Control"] == "no-store"
