"""What a deployment answers is asked every time: no result of it comes from Pants' caches."""

from __future__ import annotations

import os
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from supply_chain.checkout import copy_repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUILD = 'python_tests(extra_env_vars=["API_URL"])\n'
TEST = """
import os
import urllib.request


def test_it_answers():
    urllib.request.urlopen(os.environ["API_URL"], timeout=120).close()
"""


@contextmanager
def deployment() -> Iterator[str]:
    """The URL of something that answers; afterwards nothing does."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def run_test(checkout: Path, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["./pants", "--no-pantsd", "test", "tests/deployed::"],
        cwd=checkout,
        env={**os.environ, "API_URL": url},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def test_a_deployment_that_is_gone_fails_a_test_that_has_passed(tmp_path: Path) -> None:
    checkout = copy_repository(tmp_path / "checkout")
    folder = checkout / "tests/deployed"
    folder.mkdir(parents=True)
    (folder / "BUILD").write_text(BUILD)
    (folder / "deployed_test.py").write_text(TEST)
    with deployment() as url:
        passed = run_test(checkout, url)
    assert passed.returncode == 0, passed.stdout
    failed = run_test(checkout, url)
    assert failed.returncode != 0, failed.stdout
    assert "Connection refused" in failed.stdout
