"""Each limit of the shipped nginx.conf refuses what is beyond it, and TLS is as its switch says."""

from __future__ import annotations

import json
import socket
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import requests
import trustme

from server_process import ServerProcess, wait_until
from server_process.nginx_process import Certificate, NginxProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 120
NOWHERE = ("http://127.0.0.1:1", "http://127.0.0.1:1")


@pytest.fixture
def server(database_url: str) -> Iterator[ServerProcess]:
    with ServerProcess({"DATABASE_URL": database_url}) as server:
        yield server


def get(nginx: NginxProcess, path: str, **arguments: Any) -> requests.Response:
    return requests.get(nginx.url + path, timeout=SECONDS, **arguments)


def assert_refused(answer: requests.Response) -> None:
    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "application/json")
    assert answer.json() == {"error": "Too many requests, try again later"}
    assert answer.headers["Retry-After"] == "1"


def test_many_requests_of_one_address_are_refused() -> None:
    slow = ("rate=1000r/s", "rate=1r/m"), ("burst=2000", "burst=2")
    with NginxProcess(NOWHERE, *slow) as nginx:
        answers = [get(nginx, "/status") for _ in range(4)]
    assert [answer.status_code for answer in answers[:3]] == [502] * 3
    assert "Retry-After" not in answers[0].headers
    assert_refused(answers[3])


def test_many_streams_of_one_address_are_refused(server: ServerProcess) -> None:
    few = ("limit_conn connections 4000", "limit_conn connections 2")
    game = {"gameId": requests.post(f"{server.url}/create_game", timeout=SECONDS).json()["gameId"]}
    with NginxProcess((server.url, server.url), few) as nginx, ExitStack() as streams:
        for _ in range(2):
            answer = get(nginx, "/watch_game", params=game, stream=True)
            streams.enter_context(answer)
            assert answer.status_code == 200
        assert_refused(get(nginx, "/watch_game", params=game))


def test_the_servers_own_refusal_passes_as_it_is(database_url: str) -> None:
    environ = {"DATABASE_URL": database_url, "LIMIT_NEW_GAMES_PER_HOUR": "1"}
    environ["TRUSTED_PROXIES"] = "127.0.0.1"
    with (
        ServerProcess(environ) as server,
        NginxProcess((server.url, server.url)) as nginx,
    ):
        # What the client itself says of its address is not passed on.
        headers = [{"X-Forwarded-For": f"203.0.113.{number}"} for number in range(2)]
        answers = [
            requests.post(f"{nginx.url}/create_game", headers=says, timeout=SECONDS)
            for says in headers
        ]
        direct = requests.post(f"{server.url}/create_game", headers=headers[1], timeout=SECONDS)
    assert [answer.status_code for answer in answers] == [201, 429]
    assert 1 < int(answers[1].headers["Retry-After"]) <= 3600
    assert direct.status_code == 201


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /%b HTTP/1.1\r\nHost: a\r\n\r\n" % (b"x" * 4096), 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: %b\r\n\r\n" % (b"x" * 4096), 400),
        (b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
        (b"GET\r\n\r\n", 400),
    ],
)
def test_malformed_and_large_heads_are_refused_in_json(sent: bytes, status: int) -> None:
    with NginxProcess(NOWHERE) as nginx:
        head, body = exchange(nginx, sent).split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"Content-Type: application/json" in head
    assert json.loads(body).keys() == {"error"}


@pytest.mark.parametrize(
    ("timeout", "sent"),
    [
        ("client_header_timeout", b"GET / HTTP/1.1\r\nHost"),
        (
            "client_body_timeout",
            b"POST /make_move HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{",
        ),
    ],
)
def test_who_sends_too_slowly_is_dropped(timeout: str, sent: bytes) -> None:
    with NginxProcess(NOWHERE, (f"{timeout} 10s", f"{timeout} 1s")) as nginx:
        assert exchange(nginx, sent) == b""
        wait_until(lambda: '" 408 ' in nginx.access_log())


def exchange(nginx: NginxProcess, sent: bytes) -> bytes:
    """Sends it, and returns what came until nginx closed the connection."""
    address = urlsplit(nginx.url)
    received = b""
    with socket.create_connection((address.hostname, address.port), timeout=SECONDS) as connection:
        connection.sendall(sent)
        with suppress(ConnectionResetError):
            while part := connection.recv(65536):
                received += part
    return received


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    authority = trustme.CA()
    made = authority.issue_cert("127.0.0.1")
    certificate = Certificate(tmp_path / "chain.pem", tmp_path / "key.pem")
    for pem in (*made.cert_chain_pems, authority.cert_pem):
        pem.write_to_path(certificate.chain, append=True)
    made.private_key_pem.write_to_path(certificate.key)
    return certificate


def test_with_tls_pages_are_sent_there_and_programs_refused(certificate: Certificate) -> None:
    with NginxProcess(NOWHERE, certificate=certificate) as nginx:
        page: dict[str, Any] = {"headers": {"Accept": "text/html,*/*"}, "allow_redirects": False}
        sent_on = get(nginx, "/?game=a", **page)
        refused = requests.post(f"{nginx.url}/make_move", timeout=SECONDS)
        encrypted = [
            requests.get(nginx.tls_url, verify=str(certificate.chain), timeout=SECONDS, **arguments)
            for arguments in ({}, page)
        ]
    assert sent_on.status_code == 308
    assert sent_on.headers["Location"] == "https://127.0.0.1/?game=a"
    assert refused.status_code == 403
    assert refused.json() == {"error": "This takes https alone"}
    for answer in encrypted:
        assert answer.json() == {"error": "No server answered, try again"}
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_without_tls_browsers_are_not_told_to_use_it() -> None:
    with NginxProcess(NOWHERE) as nginx:
        assert "Strict-Transport-Security" not in get(nginx, "/status").headers


def test_pages_are_compressed_and_answers_with_secrets_are_not(
    database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<p>" * 1000)
    (tmp_path / "page.css").write_text("p { color: red }" * 1000)
    environ = {"DATABASE_URL": database_url, "CLIENT_DIR": str(tmp_path)}
    with ServerProcess(environ) as server, NginxProcess((server.url, server.url)) as nginx:
        assert get(nginx, "/page.css").headers["Content-Encoding"] == "gzip"
        game = requests.post(f"{nginx.url}/create_game", timeout=SECONDS)
        assert len(game.content) > 400
        assert "Content-Encoding" not in game.headers
