"""Serves the client's static site beside the API, if it is packaged."""

from __future__ import annotations

import gzip
import json
import mimetypes
import re
from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify, request, send_from_directory
from werkzeug.routing import PathConverter, ValidationError

from connect4_server.content_policy import content_security_policy
from connect4_server.errors import http_error

if TYPE_CHECKING:
    from werkzeug.exceptions import NotFound

_PACKAGE = "connect4_client"
_INDEX = "index.html"
_NOT_FOUND = "404.html"
_CONFIG = "config.json"
# Content codings, and what the build adds to the name of a file that has one, the best first.
_CODINGS = {"br": ".br", "gzip": ".gz"}
# The addresses in a page's link preview that its readers want absolute: https://ogp.me
_PREVIEW_ADDRESS = re.compile(rb'(<meta property="og:(?:url|image)" content=")\./')
_PREFIX = re.compile(r"(/[\w.~-]+)*/?", re.ASCII)

mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("font/woff2", ".woff2")


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
    `Game Server` from `/`, and errors in JSON. An invitation, `/?game=ID`, is a page to everybody
    who does not ask for something else: messengers read it for a preview, with `Accept: */*` or
    without the header, and no program that expects the text asks with a `game`.
    https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
    """

    @app.get("/")
    def root() -> Response:
        wants_page = _takes_html() if "game" in request.args else _prefers_html("text/plain")
        if directory is None or not wants_page:
            response = Response("Game Server", mimetype="text/plain")
        else:
            response = _start_page(directory)
        response.vary.add("Accept")
        return response

    if directory is None:
        return
    found = (path for path in directory.rglob("*") if path.is_file())
    files = {path.relative_to(directory).as_posix() for path in found if not _is_coded(path)}

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


def _takes_html() -> bool:
    accepted = request.accept_mimetypes
    return not accepted or accepted.best_match(["text/html", "text/plain"]) == "text/html"


def _is_coded(path: Path) -> bool:
    """Whether PATH is another file once more, with a content coding."""
    return path.suffix in _CODINGS.values() and path.with_suffix("").is_file()


def _coding_of(path: Path) -> str | None:
    """Returns the best content coding of PATH that is there and that the client takes."""
    accepted = request.accept_encodings
    return next(
        (
            coding
            for coding, ending in _CODINGS.items()
            if accepted.quality(coding) > 0 and path.with_name(path.name + ending).is_file()
        ),
        None,
    )


@cache
def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:32]


def _start_page(directory: Path) -> Response:
    """Returns the start page, with the absolute addresses that link previews need."""
    page, compressed = _start_page_at(directory / _INDEX, _address())
    response = Response(page, mimetype="text/html")
    if request.accept_encodings.quality("gzip") > 0:
        response.set_data(compressed)
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.add_etag()
    response.make_conditional(request)
    return _with_page_headers(response, directory / _INDEX)


# Bounded, since a client may say any address.
@lru_cache(maxsize=32)
def _start_page_at(index: Path, address: str) -> tuple[bytes, bytes]:
    """Returns the start page of the site at ADDRESS, as it is and with gzip."""
    base = escape(address).encode()
    page = _PREVIEW_ADDRESS.sub(rb"\g<1>" + base + b"/", index.read_bytes())
    return page, gzip.compress(page, mtime=0)


def _address() -> str:
    """Returns where the client reached the site, as proxies say it; `.` if that is no address."""
    headers = request.headers
    if not request.host:
        return "."
    scheme = headers.get("X-Forwarded-Proto", "")
    prefix = headers.get("X-Forwarded-Prefix", "")
    return "".join(
        (
            scheme if scheme in ("http", "https") else request.scheme,
            "://",
            request.host,
            prefix.rstrip("/") if _PREFIX.fullmatch(prefix) else "",
        )
    )


def _file(directory: Path, path: str, *, conditional: bool = True) -> Response:
    # Werkzeug refuses ranges for another method or unit, and several at once. A server may ignore
    # them: https://www.rfc-editor.org/rfc/rfc9110#section-14.2
    asked = request.range
    if request.method != "GET" or not asked or asked.units != "bytes" or len(asked.ranges) > 1:
        request.environ.pop("HTTP_RANGE", None)
    file = directory / path
    coding = _coding_of(file)
    coded = path + _CODINGS.get(coding or "", "")
    # The entity tag is that of the content: every server with this release has the same one.
    response = send_from_directory(
        directory,
        coded,
        mimetype=mimetypes.guess_type(path)[0] or "application/octet-stream",
        conditional=False,
        etag=_digest(directory / coded),
    )
    del response.last_modified
    if coding is not None:
        response.content_encoding = coding
    response.vary.add("Accept-Encoding")
    if conditional:
        response.make_conditional(
            request, accept_ranges=True, complete_length=response.content_length
        )
    # gunicorn adds its own.
    response.headers.pop("Date", None)
    if path.startswith("_next/static/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    return _with_page_headers(response, file) if response.mimetype == "text/html" else response


def _with_page_headers(response: Response, page: Path) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = content_security_policy(page)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
