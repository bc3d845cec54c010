"""The scan as it is run, in a folder made for a test, with services on this machine to ask."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SCAN = Path("tools.scan/scan.pex")
SECONDS = 200
NOBODY_LISTENS = "http://127.0.0.1:9"

Answer = tuple[int, bytes]
Handler = Callable[[str, bytes], Answer]  # of a path and a body
Serve = Callable[[Handler], str]


@dataclass(frozen=True)
class Scanned:
    """What a run of the scan printed and wrote."""

    status: int
    stdout: str
    stderr: str
    report: dict[str, Any]
    sarif: dict[str, Any]

    def check(self, subject: str) -> dict[str, Any]:
        """The one check of a file."""
        (check,) = (check for check in self.report["checks"] if check["subject"] == subject)
        assert isinstance(check, dict)
        return check

    def found(self, subject: str) -> list[tuple[str, str]]:
        """The packages and ids of what was found in a file."""
        return [(finding["package"], finding["id"]) for finding in self.check(subject)["findings"]]


class RunScan(Protocol):
    """Runs the scan in the test's root."""

    def __call__(self, *arguments: str | Path, **environ: str) -> Scanned: ...


@pytest.fixture(scope="session")
def tools() -> Iterator[dict[str, str]]:
    """Where the scan unpacks itself and its tools: an environment."""
    with tempfile.TemporaryDirectory(prefix="scan-tests-") as folder:
        yield {
            "PATH": os.defpath,
            **os.environ,
            "PEX_ROOT": f"{folder}/pex",
            "COREPACK_HOME": f"{folder}/corepack",
            "NO_PROXY": "127.0.0.1",
            "SAFETY_API_KEY": "",
        }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty repository."""
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


@pytest.fixture
def run_scan(root: Path, tools: dict[str, str]) -> RunScan:
    """Runs the scan in the root. A run that wrote no report has an empty one."""
    program = SCAN.resolve()

    def run(*arguments: str | Path, **environ: str) -> Scanned:
        ended = subprocess.run(
            [sys.executable, program, *arguments],
            cwd=root,
            env={**tools, **environ},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        sys.stdout.write(ended.stdout)  # pytest shows it with a failure
        sys.stderr.write(ended.stderr)
        read = [
            json.loads(file.read_text()) if file.exists() else {}
            for file in (root / "dist/scan/report.json", root / "dist/scan/report.sarif")
        ]
        return Scanned(ended.returncode, ended.stdout, ended.stderr, *read)

    return run


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts HTTP servers that answer as a function says; they end with the test."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(handler: Handler) -> str:
        class Requests(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, answer = handler(self.path, body)
                self.send_response(status)
                kind = "text/html" if answer.startswith(b"<") else "application/json"
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_POST = do_GET  # noqa: N815 - the library's

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Requests)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.socket.close()


@pytest.fixture
def never() -> Iterator[Handler]:
    """A handler that does not answer before the test has ended."""
    ended = threading.Event()

    def handle(_path: str, _body: bytes) -> Answer:
        ended.wait(SECONDS)
        return 503, b""

    yield handle
    ended.set()


def write_lock(root: Path, name: str, *pins: str) -> str:
    """Writes a lock as pip-compile would, into a root, and returns how it is called in reports."""
    file = root / "lockfiles" / f"{name}.txt"
    file.parent.mkdir(exist_ok=True)
    digest = "0" * 64
    file.write_text(
        "".join(f"{pin} \\\n    --hash=sha256:{digest}\n    # via -r x.in\n" for pin in pins)
    )
    return f"lockfiles/{name}.txt"
