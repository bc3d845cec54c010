"""Who is counted: the client's own address, unless a trusted proxy says another one."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from connect4_server.client_address import ClientAddress

PROXY, OTHER_PROXY, CLIENT = "10.0.0.1", "10.0.0.2", "203.0.113.7"


def address(peer: str, forwarded: str | None = None, *trusted: str) -> str:
    environ = {"REMOTE_ADDR": peer}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    return ClientAddress([ip_network(network) for network in trusted]).of(environ)


def test_without_proxies_it_is_the_address_of_the_connection() -> None:
    assert address(CLIENT) == CLIENT


def test_a_stranger_cannot_choose_it() -> None:
    assert address(CLIENT, "198.51.100.1") == CLIENT
    assert address(CLIENT, "198.51.100.1", "10.0.0.0/8") == CLIENT


def test_a_trusted_proxy_says_it() -> None:
    assert address(PROXY, CLIENT, "10.0.0.1") == CLIENT
    assert address(PROXY, CLIENT, "192.0.2.0/24", "10.0.0.0/8") == CLIENT


def test_what_the_client_told_the_proxy_does_not_count() -> None:
    assert address(PROXY, f"198.51.100.1, {CLIENT}", "10.0.0.0/8") == CLIENT
    assert address(PROXY, f"198.51.100.1, {CLIENT}, {OTHER_PROXY}", "10.0.0.0/8") == CLIENT


@pytest.mark.parametrize("forwarded", ["", "unknown", "203.0.113.7:80", "x, "])
def test_what_is_no_address_leaves_that_of_the_proxy(forwarded: str) -> None:
    assert address(PROXY, forwarded, PROXY) == PROXY


def test_a_proxy_in_front_of_none_is_a_client() -> None:
    assert address(PROXY, OTHER_PROXY, "10.0.0.0/8") == OTHER_PROXY


def test_a_network_of_ipv6_is_one_client() -> None:
    assert address("2001:db8:1:2::1") == address("2001:db8:1:2:ffff::2") == "2001:db8:1:2::/64"
    assert address("2001:db8:1:3::1") != address("2001:db8:1:2::1")
    assert address(f"::ffff:{CLIENT}") == CLIENT
    assert address("::1", "2001:db8::1", "::1") == "2001:db8::/64"


def test_a_unix_socket_has_no_address() -> None:
    assert address("") == ""


def test_a_proxy_that_is_not_named_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    clients = ClientAddress()
    for forwarded in (CLIENT, "198.51.100.1"):
        clients.of({"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": forwarded})
    (logged,) = caplog.messages
    assert "TRUSTED_PROXIES" in logged
    assert PROXY in logged
