"""The client's site beside the API."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from connect4_server.app import create_app
from connect4_server.client_site import packaged_site
from connect4_server.config import Config

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

PAGE = '<h1>the page</h1><script src="/app.js"></script><script>go(1 < 2)</script>'
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "_next" / "static").mkdir(parents=True)
    (site / "index.html").write_text(PAGE)
    (site / "404.html").write_text("<h1>not here</h1><script>stay()</script>")
    (site / "icon.svg").write_text("<svg/>")
    (site / "_next" / "static" / "app.js").write_text("run()")
    (tmp_path / "secret").write_text("not for you")
    return site


@pytest.fixture
def browser(site: Path) -> FlaskClient:
    config = Config(
        database="postgresql://localhost/none",
        client_directory=site,
    )
    return create_app(config).test_client()


def test_the_page_is_told_where_others_reach_it(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "config.json").write_text('{"apiUrl": "/api"}')
    config = Config(
        database="postgresql://localhost/none",
        client_directory=tmp_path,
        network_url="http://192.0.2.7:5000",
    )
    response = create_app(config).test_client().get("/config.json")
    assert response.json == {"apiUrl": "/api", "networkUrl": "http://192.0.2.7:5000"}
    assert response.headers["Cache-Control"] == "no-cache"
    config = replace(config, network_url=None)
    assert create_app(config).test_client().get("/config.json").json == {"apiUrl": "/api"}


def test_a_browser_gets_the_page(browser: FlaskClient) -> None:
    response = browser.get("/", headers={"Accept": BROWSER})
    assert response.text == PAGE
    assert response.mimetype == "text/html"
    assert response.headers["Cache-Control"] == "no-cache"
    assert "Accept" in response.vary


def test_the_page_runs_its_own_scripts_and_no_others(browser: FlaskClient) -> None:
    policy = browser.get("/", headers={"Accept": BROWSER}).headers["Content-Security-Policy"]
    digest = base64.b64encode(hashlib.sha256(b"go(1 < 2)").digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.parametrize("accept", ["*/*", "text/plain", "application/json", ""])
def test_a_program_gets_the_text(browser: FlaskClient, accept: str) -> None:
    response = browser.get("/", headers={"Accept": accept})
    assert (response.status_code, response.text) == (200, "Game Server")
    assert "Accept" in response.vary


INVITATION = f"/?game={'g' * 32}"
PREVIEW = """<meta property="og:url" content="./"/><meta property="og:image" content="./a.png"/>"""


@pytest.mark.parametrize("accept", ["*/*", "text/html", BROWSER, "", None])
def test_an_invitation_is_a_page_to_who_makes_a_preview_of_it(
    browser: FlaskClient, accept: str | None
) -> None:
    response = browser.get(INVITATION, headers={} if accept is None else {"Accept": accept})
    assert (response.mimetype, response.text) == ("text/html", PAGE)
    assert "Accept" in response.vary


@pytest.mark.parametrize("accept", ["text/plain", "application/json"])
def test_an_invitation_is_the_text_to_who_wants_no_page(browser: FlaskClient, accept: str) -> None:
    assert browser.get(INVITATION, headers={"Accept": accept}).text == "Game Server"


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, "http://example.org"),
        ({"X-Forwarded-Proto": "https"}, "https://example.org"),
        ({"X-Forwarded-Prefix": "/games/connect4"}, "http://example.org/games/connect4"),
        ({"X-Forwarded-Prefix": "/games/connect4/"}, "http://example.org/games/connect4"),
        ({"Host": "example.org:99999"}, "."),
        ({"X-Forwarded-Proto": "x", "X-Forwarded-Prefix": '/">'}, "http://example.org"),
    ],
)
def test_a_link_preview_has_the_addresses_at_which_the_site_was_reached(
    tmp_path: Path, headers: dict[str, str], address: str
) -> None:
    (tmp_path / "index.html").write_text(PREVIEW)
    config = Config(database="postgresql://localhost/none", client_directory=tmp_path)
    client = create_app(config).test_client()
    page = client.get(INVITATION, headers={"Host": "example.org"} | headers).text
    assert page == PREVIEW.replace('"./', f'"{address}/')


def test_the_start_page_is_compressed_and_revalidated(browser: FlaskClient) -> None:
    headers = {"Accept": BROWSER, "Accept-Encoding": "gzip, deflate, br"}
    page = browser.get("/", headers=headers)
    assert page.content_encoding == "gzip"
    assert gzip.decompress(page.data).decode() == PAGE
    assert "Accept-Encoding" in page.vary
    again = browser.get("/", headers=headers | {"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/index.html", "/404.html", "/nothing"])
def test_every_page_has_the_same_headers(browser: FlaskClient, path: str) -> None:
    headers = browser.get(path, headers={"Accept": BROWSER}).headers
    script = b"stay()" if path in ("/404.html", "/nothing") else b"go(1 < 2)"
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
    assert f"'sha256-{digest}'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-cache"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_unknown_path_is_a_page_to_browsers_and_json_to_programs(browser: FlaskClient) -> None:
    page = browser.get("/nothing", headers={"Accept": BROWSER})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert page.text.startswith("<h1>not here</h1>")
    for accept in ("*/*", "application/json", ""):
        answer = browser.get("/nothing", headers={"Accept": accept})
        assert (answer.status_code, answer.json) == (404, {"error": "Not Found"})
        assert "Accept" in answer.vary


def test_a_wrong_method_is_405(browser: FlaskClient) -> None:
    for path, allowed in (
        ("/create_game", {"POST", "OPTIONS"}),
        ("/make_move", {"POST", "OPTIONS"}),
    ):
        answer = browser.get(path, headers={"Accept": BROWSER})
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) == allowed
    assert browser.post("/icon.svg").status_code == 405


@pytest.mark.parametrize(
    ("method", "asked", "status", "body"),
    [
        ("GET", "bytes=0-1", 206, b"ru"),
        ("GET", "bytes=3-", 206, b"()"),
        ("HEAD", "bytes=0-1", 200, b""),
        ("GET", "bytes=0-1,3-4", 200, b"run()"),
        ("GET", "bytes=99-", 416, None),
        ("GET", "lines=1-2", 200, b"run()"),
    ],
)
def test_only_a_single_byte_range_of_a_get_counts(
    browser: FlaskClient, method: str, asked: str, status: int, body: bytes | None
) -> None:
    answer = browser.open("/_next/static/app.js", method=method, headers={"Range": asked})
    assert answer.status_code == status
    if body is not None:
        assert answer.data == body


@pytest.mark.parametrize(
    ("accepted", "coding", "body"),
    [
        (None, None, b"run()"),
        ("br", "br", b"brotli"),
        ("gzip, deflate, br", "br", b"brotli"),
        ("gzip, br;q=0", "gzip", b"gzip"),
        ("*", "br", b"brotli"),
        ("identity", None, b"run()"),
    ],
)
def test_a_file_has_the_best_coding_that_the_client_takes(
    site: Path, browser: FlaskClient, accepted: str | None, coding: str | None, body: bytes
) -> None:
    script = site / "_next" / "static" / "app.js"
    script.with_name("app.js.br").write_bytes(b"brotli")
    script.with_name("app.js.gz").write_bytes(b"gzip")
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    response = browser.get("/_next/static/app.js", headers=headers)
    assert (response.content_encoding, response.data) == (coding, body)
    assert response.mimetype in ("text/javascript", "application/javascript")
    assert "Accept-Encoding" in response.vary


def test_what_is_one_file_with_several_codings_is_only_served_by_its_own_name(
    site: Path,
) -> None:
    (site / "icon.svg.gz").write_bytes(b"gzip")
    (site / "archive.gz").write_bytes(b"of its own")
    config = Config(database="postgresql://localhost/none", client_directory=site)
    client = create_app(config).test_client()
    assert client.get("/icon.svg.gz").status_code == 404
    assert client.get("/archive.gz").data == b"of its own"


def test_servers_with_the_same_files_have_the_same_entity_tags(
    site: Path, browser: FlaskClient
) -> None:
    tag = browser.get("/icon.svg").headers["ETag"]
    os.utime(site / "icon.svg", (0, 0))
    other = create_app(Config(database="postgresql://localhost/none", client_directory=site))
    response = other.test_client().get("/icon.svg", headers={"If-None-Match": f'"x", {tag}'})
    assert response.status_code == 304
    assert "Last-Modified" not in response.headers


def test_codings_have_entity_tags_of_their_own(site: Path, browser: FlaskClient) -> None:
    (site / "icon.svg.br").write_bytes(b"brotli")
    plain = browser.get("/icon.svg").headers["ETag"]
    coded = browser.get("/icon.svg", headers={"Accept-Encoding": "br"}).headers["ETag"]
    assert plain != coded


def test_a_range_of_an_older_release_is_not_mixed_with_a_newer_one(browser: FlaskClient) -> None:
    headers = {"Range": "bytes=0-0", "If-Range": '"older"'}
    assert browser.get("/icon.svg", headers=headers).data == b"<svg/>"
    assert browser.get("/icon.svg", headers={"Range": "bytes=0-0"}).data == b"<"


def test_hashed_files_are_immutable_and_others_revalidated(browser: FlaskClient) -> None:
    script = browser.get("/_next/static/app.js")
    assert script.text == "run()"
    assert "immutable" in script.headers["Cache-Control"]
    assert browser.get("/icon.svg").headers["Cache-Control"] == "no-cache"
    assert browser.get("/icon.svg").headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/../secret", "/%2e%2e/secret", "/..%2fsecret", "/_next", "/nothing.js", "/_next/"]
)
def test_nothing_else_is_served(browser: FlaskClient, path: str) -> None:
    response = browser.get(path)
    assert response.status_code == 404
    assert response.json == {"error": "Not Found"}


def test_the_packaged_site_is_found_on_the_import_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert packaged_site() is None
    (tmp_path / "connect4_client").mkdir()
    (tmp_path / "connect4_client" / "index.html").write_text("the page")
    monkeypatch.syspath_prepend(tmp_path)
    assert packaged_site() == tmp_path / "connect4_client"
