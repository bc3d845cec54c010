"""CORS headers: allowed origins and preflight requests."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from connect4_server.cors import cors

OURS = "https://ours.example"
OTHER = "https://other.example"


def ask(origins: list[str], method: str = "GET", **headers: str) -> TestResponse:
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "yes", methods=["GET", "POST"])
    app.after_request(cors(origins))
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().open("/", method=method, headers=names)


@pytest.mark.parametrize("headers", [{}, {"Origin": OTHER}])
def test_any_origin_may_call_by_default(headers: dict[str, str]) -> None:
    answer = ask(["*"], **headers)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Methods" not in answer.headers


def test_configured_origins_may_call() -> None:
    answer = ask(["https://else.example", OURS], Origin=OURS)
    assert answer.headers["Access-Control-Allow-Origin"] == OURS
    assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize("origin", [OTHER, f"{OURS}.other.example", "null", "*", ""])
def test_other_origins_may_not(origin: str) -> None:
    for method in ("GET", "OPTIONS"):
        answer = ask([OURS], method, Origin=origin, Access_Control_Request_Method="POST")
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
        assert answer.headers["Vary"] == "Origin", "a cache must not give it to those who may"


@pytest.mark.parametrize("origins", [["*"], [OURS]])
def test_a_preflight_gets_methods_and_headers(origins: list[str]) -> None:
    answer = ask(
        origins,
        "OPTIONS",
        Origin=OURS,
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="authorization, content-type",
    )
    assert answer.status_code == 200
    assert "POST" in answer.headers["Access-Control-Allow-Methods"].split(", ")
    assert answer.headers["Access-Control-Allow-Headers"] == "authorization, content-type"
    assert int(answer.headers["Access-Control-Max-Age"]) > 0
