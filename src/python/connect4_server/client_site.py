"""The client's static site, served beside the API where it is there."""

from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request, send_from_directory

_PACKAGE = "connect4_client"
_INDEX = "index.html"
_ROOT: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    200: {
        "description": "`Game Server`; to a browser the game's page, where the client is packaged",
        "content": {"text/plain": {}, "text/html": {}},
    }
}


class _InlineScripts(HTMLParser):
    """Collects the scripts that stand in a page itself; Next.js puts what it rendered there."""

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


def _content_security_policy(page: str) -> str:
    """Lets PAGE run its own scripts and call any API, which its config.json names, and no more."""
    digests = (sha256(script.encode()).digest() for script in _InlineScripts(page).found)
    hashes = " ".join(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'self'; script-src 'self' {hashes}; connect-src *; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def packaged_site() -> Path | None:
    """The folder of the site that was packaged with the server, if one was."""
    # A folder of files and no module: Python calls that a namespace package.
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    return next((Path(found) for found in folders or () if (Path(found) / _INDEX).is_file()), None)


def client_site(directory: Path | None) -> APIBlueprint:
    """`GET /`, and the files of the site in DIRECTORY if there is one.

    A browser, which asks for HTML, gets the page; everybody else the text `Game Server`.
    """
    site = APIBlueprint("client_site", __name__, tag="Server")
    policy = _content_security_policy((directory / _INDEX).read_text()) if directory else ""

    @site.get("/")
    @site.doc(summary="What this is", operation_id="root", responses=_ROOT)
    def index() -> Response:
        asked_for = request.accept_mimetypes.best_match(["text/plain", "text/html"])
        if directory is None or asked_for != "text/html":
            response = Response("Game Server", mimetype="text/plain")
        else:
            response = send_from_directory(directory, _INDEX)
            response.headers["Content-Security-Policy"] = policy
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["Cache-Control"] = "no-cache"
        response.vary.add("Accept")
        return response

    if directory is not None:

        @site.get("/<path:file>")
        @site.doc(hide=True)
        def asset(file: str) -> Response:
            response = send_from_directory(directory, file)
            if file.startswith("_next/static/"):
                response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
            else:
                response.headers["Cache-Control"] = "no-cache"
            return response

    return site
