"""Serves the client's static site beside the API, if it is packaged."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify, request, send_from_directory
from werkzeug.routing import PathConverter, ValidationError

from connect4_server.errors import http_error

if TYPE_CHECKING:
    from werkzeug.exceptions import NotFound

_PACKAGE = "connect4_client"
_INDEX = "index.html"
_NOT_FOUND = "404.html"
_CONFIG = "config.json"


class _InlineScripts(HTMLParser):
    """Collects the inline scripts of a page, in which Next.js puts its data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "src" not in dict(attrs)

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(data)

    def handle_endtag(self, _tag: str) -> None:
        self._inside = False


@cache
def _content_security_policy(page: Path) -> str:
    """Returns a policy that lets PAGE run its own scripts and call any API, and nothing else.

    Its `config.json` names the API. https://www.w3.org/TR/CSP3/
    """
    scripts = _InlineScripts(page.read_text()).found
    digests = (b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'self'; script-src 'self' {hashes}; connect-src *; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def packaged_site() -> Path | None:
    """Returns the folder of the site that is packaged with the server, or None."""
    # A folder without a module is a namespace package.
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    return next((Path(found) for found in folders or () if (Path(found) / _INDEX).is_file()), None)


def register_client_site(
    app: Flask, directory: Path | None, network_url: str | None = None
) -> None:
    """Adds `GET /` to APP, and a route for the files in DIRECTORY if it is not None.

    NETWORK_URL, if it is not None, is added to the client's config.json.

    Content negotiation: a browser, which accepts HTML, gets the pages. Other clients get the text
    `Game Server` from `/`, and errors in JSON.
    https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
    """

    @app.get("/")
    def root() -> Response:
        if directory is None or not _prefers_html("text/plain"):
            response = Response("Game Server", mimetype="text/plain")
        else:
            response = _file(directory, _INDEX)
        response.vary.add("Accept")
        return response

    if directory is None:
        return
    files = {
        found.relative_to(directory).as_posix() for found in directory.rglob("*") if found.is_file()
    }

    class SiteFile(PathConverter):
        """Matches a path that names a file of the site, and no other."""

        def to_python(self, value: str) -> str:
            if value not in files:
                raise ValidationError
            return value

    app.url_map.converters["site_file"] = SiteFile

    @app.get("/<site_file:path>")
    def site_file(path: str) -> Response:
        return _file(directory, path)

    if network_url is not None and _CONFIG in files:

        @app.get(f"/{_CONFIG}")
        def config() -> Response:
            packaged = json.loads((directory / _CONFIG).read_text())
            response = jsonify(packaged | {"networkUrl": network_url})
            response.headers["Cache-Control"] = "no-cache"
            return response

    if _NOT_FOUND in files:

        @app.errorhandler(404)
        def not_found(error: NotFound) -> Response:
            if _prefers_html("application/json"):
                response = _file(directory, _NOT_FOUND, conditional=False)
                response.status_code = 404
            else:
                response = http_error(error)
            response.vary.add("Accept")
            return response


def _prefers_html(otherwise: str) -> bool:
    return request.accept_mimetypes.best_match([otherwise, "text/html"]) == "text/html"


def _file(directory: Path, path: str, *, conditional: bool = True) -> Response:
    # Werkzeug refuses ranges for another method or unit, and several at once. A server may ignore
    # them: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
    asked = request.range
    if request.method != "GET" or not asked or asked.units != "bytes" or len(asked.ranges) > 1:
        request.environ.pop("HTTP_RANGE", None)
    response = send_from_directory(directory, path, conditional=conditional)
    # gunicorn adds its own.
    response.headers.pop("Date", None)
    if path.startswith("_next/static/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = _content_security_policy(directory / path)
        response.headers["Referrer-Policy"] = "no-referrer"
    return response
