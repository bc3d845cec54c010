"""Forms of foreign pages change nothing; programs and pages with CORS do as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask

from connect4_server.app import create_app
from connect4_server.config import Config
from connect4_server.foreign_pages import foreign_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

HOST = "ours.example"
OURS, OTHER, ALLOWED = "https://ours.example", "https://other.example", "https://allowed.example"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def status(origins: Sequence[str] = ("*",), method: str = "POST", **headers: str) -> int:
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "yes", methods=["GET", "POST"])
    app.before_request(foreign_pages(origins))
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().open("/", method=method, headers={"Host": HOST, **names}).status_code


@pytest.mark.parametrize("content_type", ["", JSON, FORM, "text/plain", "multipart/form-data"])
@pytest.mark.parametrize("origins", [["*"], [ALLOWED]])
def test_programs_send_what_they_like(origins: list[str], content_type: str) -> None:
    assert status(origins, Content_Type=content_type) == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    "content_type", ["", FORM, "text/plain", "multipart/form-data; boundary=x"]
)
@pytest.mark.parametrize("mode", ["navigate", "no-cors", ""])
@pytest.mark.parametrize("origin", [OTHER, ALLOWED, "null"])
def test_forms_of_foreign_pages_are_refused(
    site: str, content_type: str, mode: str, origin: str
) -> None:
    form = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": mode, "Content_Type": content_type}
    for origins in (["*"], [ALLOWED]):
        assert status(origins, Origin=origin, **form) == 403
        assert status(origins, **form) == 403


@pytest.mark.parametrize("content_type", [FORM, "text/plain", "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("origin", [OTHER, ALLOWED, "null", "x", f"{OURS}.other.example", ""])
def test_forms_are_refused_in_browsers_that_do_not_say_where_they_come_from(
    content_type: str, origin: str
) -> None:
    for origins in (["*"], [ALLOWED]):
        assert status(origins, Origin=origin, Content_Type=content_type) == 403


@pytest.mark.parametrize("content_type", ["", JSON, "text/plain;charset=UTF-8"])
@pytest.mark.parametrize(
    "fetched", [{}, {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "cors"}]
)
def test_pages_that_cors_allows_are_served(content_type: str, fetched: dict[str, str]) -> None:
    assert status(["*"], Origin=OTHER, Content_Type=content_type, **fetched) == 200
    assert status([ALLOWED], Origin=ALLOWED, Content_Type=content_type, **fetched) == 200
    assert status([ALLOWED], Origin=OTHER, Content_Type=content_type, **fetched) == 403


@pytest.mark.parametrize("content_type", ["", JSON, FORM])
@pytest.mark.parametrize("origins", [["*"], [ALLOWED]])
@pytest.mark.parametrize("fetched", [{}, {"Sec_Fetch_Site": "same-origin"}])
def test_our_own_page_is_served(
    origins: list[str], content_type: str, fetched: dict[str, str]
) -> None:
    assert status(origins, Origin=OURS, Content_Type=content_type, **fetched) == 200


def test_what_a_person_asks_for_themselves_is_served() -> None:
    assert status(Sec_Fetch_Site="none", Sec_Fetch_Mode="navigate") == 200


def test_whoever_may_read() -> None:
    foreign = {"Origin": OTHER, "Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    for method in ("GET", "HEAD", "OPTIONS"):
        assert status([ALLOWED], method, **foreign) == 200


@pytest.mark.parametrize("path", ["/create_game", "/join_game", "/make_move", "/resign"])
def test_the_api_refuses_in_its_own_form(path: str) -> None:
    app = create_app(Config(database="postgresql://127.0.0.1:1/none"))
    headers = {"Origin": OTHER, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = app.test_client().post(path, headers=headers, data={"gameId": "x" * 32})
    assert answer.status_code == 403
    assert answer.json == {"error": "Pages from elsewhere may call this with CORS only"}
