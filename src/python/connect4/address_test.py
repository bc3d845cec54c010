"""Whether the game can listen there, and how a browser gets there."""

import socket
from typing import NoReturn

import pytest

from connect4.address import AddressError, browser_url, free_port, network_url

EVERYWHERE = "0.0.0.0"  # noqa: S104 - for a moment, and with nothing behind it


def test_a_free_port_is_the_one_that_was_asked_for() -> None:
    port = free_port("127.0.0.1", 0)
    assert free_port("127.0.0.1", port) == port


@pytest.mark.parametrize("host", ["127.0.0.1", EVERYWHERE, "localhost"])
def test_a_taken_port_is_named(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        message = rf"^port {port} on {host} is taken: choose another one with --port$"
        with pytest.raises(AddressError, match=message):
            free_port(host, port)


@pytest.mark.parametrize("host", ["192.0.2.1", "a" * 64, "a..b"])
def test_an_address_that_is_not_this_machines_is_named(host: str) -> None:
    with pytest.raises(AddressError, match=rf"^cannot listen on {host}: \w[^\n]+$"):
        free_port(host, 0)


def test_a_name_that_nobody_knows_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "create_server", unknown)
    with pytest.raises(AddressError, match=r"^cannot listen on nowhere: Name or service not known"):
        free_port("nowhere", 0)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://localhost:5000"),
        ("::1", "http://localhost:5000"),
        ("localhost", "http://localhost:5000"),
        ("192.0.2.7", "http://192.0.2.7:5000"),
        ("2001:db8::7", "http://[2001:db8::7]:5000"),
        ("connect4.example", "http://connect4.example:5000"),
    ],
)
def test_the_browser_is_pointed_at_the_host(host: str, url: str) -> None:
    assert browser_url(host, 5000) == url


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_what_only_this_machine_reaches_has_no_address_in_the_network(host: str) -> None:
    assert network_url(host, 5000) is None


def test_what_others_reach_has_one() -> None:
    assert network_url("192.0.2.7", 5000) == "http://192.0.2.7:5000"


def test_the_browser_is_pointed_at_this_machine_if_the_host_is_all_of_it() -> None:
    with socket.create_server((EVERYWHERE, 0)) as listener:
        port = listener.getsockname()[1]
        host = browser_url(EVERYWHERE, port).removeprefix("http://").partition(":")[0]
        assert host != EVERYWHERE
        socket.create_connection((host, port), timeout=120).close()


def test_without_a_network_that_is_localhost(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoNetwork(socket.socket):
        def connect(self, _address: object) -> None:
            raise OSError("Network is unreachable")

    monkeypatch.setattr(socket, "socket", NoNetwork)
    assert network_url(EVERYWHERE, 5000) is None
    assert browser_url(EVERYWHERE, 5000) == "http://localhost:5000"
    assert browser_url("::", 5000) == "http://localhost:5000"
