"""nginx takes what is shipped, and what is shipped does what it says when servers fail."""

from __future__ import annotations

import socket
import subprocess
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import pytest
import requests

from server_process import ServerProcess, wait_until
from server_process.nginx_process import PROGRAM, NginxError, NginxProcess, localize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 120
NOWHERE = ("http://127.0.0.1:1", "http://127.0.0.1:1")
SECRET = "s" * 32
GET_GAME = {"gameId": "g" * 32, "playerId": SECRET}


def check(folder: Path, configuration: str) -> subprocess.CompletedProcess[str]:
    path = folder / "nginx.conf"
    path.write_text(configuration, encoding="utf-8")
    return subprocess.run(
        [*PROGRAM, "-t", "-p", folder, "-c", path], capture_output=True, text=True, check=False
    )


def test_nginx_takes_what_is_shipped_and_not_what_is_bad(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        good = localize(tmp_path, listener.getsockname()[1], NOWHERE)
        checked = check(tmp_path, good)
        assert checked.returncode == 0, checked.stderr
        assert "[warn]" not in checked.stderr
        checked = check(tmp_path, good.replace("proxy_buffering off;", "proxy_buffering maybe;"))
        assert checked.returncode != 0
        assert 'invalid value "maybe"' in checked.stderr
    with pytest.raises(NginxError, match="host not found in upstream"):
        NginxProcess(NOWHERE, ("upstream connect4 ", "upstream another ")).__enter__()


@contextmanager
def dying_server() -> Iterator[str]:
    """Takes every request to its end, and goes without an answer, as one that is killed does."""

    def die() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # the test is over
            with connection:
                connection.recv(65536)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=die)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.fixture
def server(database_url: str) -> Iterator[ServerProcess]:
    with ServerProcess({"DATABASE_URL": database_url}) as server:
        yield server


def ask(nginx: NginxProcess, method: str, path: str, times: int) -> list[int]:
    """The statuses of so many requests, each on a connection of its own, when they are logged."""
    before = len(nginx.logged(path))
    statuses = [
        requests.request(method, nginx.url + path, params=GET_GAME, timeout=SECONDS).status_code
        for _ in range(times)
    ]
    wait_until(lambda: len(nginx.logged(path)) == before + times)
    return statuses


def test_a_get_is_tried_elsewhere_when_a_server_dies(server: ServerProcess) -> None:
    with dying_server() as dying, NginxProcess((dying, server.url)) as nginx:
        assert ask(nginx, "GET", "/get_game", 4) == [404] * 4
        tried = [request.statuses for request in nginx.logged("/get_game")]
        assert ("502", "404") in tried
        # Who is found dead is not asked for the next seconds.
        assert tried.count(("404",)) >= 2


def test_a_post_that_may_count_is_not_sent_twice(server: ServerProcess) -> None:
    with dying_server() as dying, NginxProcess((dying, server.url)) as nginx:
        assert sorted(ask(nginx, "POST", "/create_game", 2)) == [201, 502]
        for request in nginx.logged("/create_game"):
            assert len(request.servers) == 1


def test_a_post_that_was_not_sent_is(server: ServerProcess) -> None:
    with NginxProcess((NOWHERE[0], server.url)) as nginx:
        assert ask(nginx, "POST", "/create_game", 4) == [201] * 4
        assert ("502", "201") in [request.statuses for request in nginx.logged("/create_game")]


def test_what_nginx_itself_answers_is_json_too() -> None:
    with NginxProcess(NOWHERE) as nginx:
        answer = requests.get(f"{nginx.url}/status", timeout=SECONDS)
        assert (answer.status_code, answer.headers["Content-Type"]) == (502, "application/json")
        assert answer.json() == {"error": "No server answered, try again"}
        large = requests.post(f"{nginx.url}/make_move", b"x" * 16385, timeout=SECONDS)
        assert (large.status_code, large.headers["Content-Type"]) == (413, "application/json")
        assert large.json() == {"error": "Request Entity Too Large"}


# What is shipped; and what it would be without its line against that.
@pytest.mark.parametrize(("level", "logs_it"), [("emerg", False), ("error", True)])
def test_no_log_has_a_secret(level: str, logs_it: bool) -> None:
    with dying_server() as dying:
        servers = (dying, NOWHERE[0])
        with NginxProcess(servers, ("error.log emerg;", f"error.log {level};")) as nginx:
            assert ask(nginx, "GET", "/get_game", 4) == [502] * 4
            ask(nginx, "GET", "/watch_game", 2)
            assert SECRET not in nginx.access_log()
            assert (SECRET in nginx.error_log()) is logs_it
