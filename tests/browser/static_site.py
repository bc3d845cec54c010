"""The built client on a web server that knows nothing else, and a next release of it."""

from __future__ import annotations

import os
import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Self

from connect4_server.client_site import packaged_site

if TYPE_CHECKING:
    from types import TracebackType

_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")
_TEXT = {".css", ".html", ".js"}


def built_site() -> Path:
    """The folder of the built client."""
    named = os.environ.get("CLIENT_DIR")
    site = Path(named) if named else packaged_site()
    if site is None:
        raise FileNotFoundError("there is no client: run with Pants, or set CLIENT_DIR")
    return site


def next_release(site: Path, folder: Path) -> Path:
    """Writes a site in which every script and style sheet has another name; returns its folder."""
    release = folder / "next-release"
    shutil.copytree(site, release)
    for path in [found for found in release.rglob("*") if found.is_file()]:
        renamed = path.with_name(_another_hash(path.name))
        path.rename(renamed)
        if path.suffix in _TEXT:
            renamed.write_text(_another_hash(renamed.read_text("utf-8")), "utf-8")
    return release


def _another_hash(text: str) -> str:
    return _HASH.sub(lambda found: found[0][::-1], text)


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


class StaticSite:
    """A context manager: within it a folder is served on 127.0.0.1, until it goes offline."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handle)
        self._thread = threading.Thread(target=partial(self._server.serve_forever, 0.05))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        """Begins to serve."""
        self._thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Ends it."""
        self.go_offline()

    def go_offline(self) -> None:
        """Answers nothing any more; nobody can connect."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    def _handle(self, *arguments: object) -> _Handler:
        return _Handler(*arguments, directory=self.folder)  # type: ignore[arg-type]
