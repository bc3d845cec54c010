"""The hosts of libpq's parameters, and their addresses."""

from __future__ import annotations

import pytest
from psycopg2 import OperationalError

from connect4_server.addresses import Host, hosts_of


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGHOST", raising=False)
    monkeypatch.delenv("PGPORT", raising=False)


@pytest.mark.parametrize(
    ("host", "port", "hosts"),
    [
        ("a", None, [Host("a", "5432")]),
        ("a", 1, [Host("a", "1")]),
        ("a,b", None, [Host("a", "5432"), Host("b", "5432")]),
        ("a,b", "1", [Host("a", "1"), Host("b", "1")]),
        ("a,b", "1,2", [Host("a", "1"), Host("b", "2")]),
        ("a,b", ",2", [Host("a", "5432"), Host("b", "2")]),
        ("/run/postgresql", None, [Host("/run/postgresql", "5432")]),
    ],
)
def test_hosts_and_ports(host: str, port: object, hosts: list[Host]) -> None:
    assert hosts_of({"host": host, "port": port}) == hosts


def test_libpqs_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "a")
    monkeypatch.setenv("PGPORT", "1")
    assert hosts_of({}) == [Host("a", "1")]
    assert hosts_of({"host": "b"}) == [Host("b", "1")]


@pytest.mark.parametrize("parameters", [{}, {"host": "a", "hostaddr": "127.0.0.1"}])
def test_no_name_has_to_be_looked_up(parameters: dict[str, str]) -> None:
    assert hosts_of(parameters) is None


def test_another_number_of_ports_than_of_hosts_is_refused() -> None:
    with pytest.raises(OperationalError, match="3 port numbers to 2 hosts"):
        hosts_of({"host": "a,b", "port": "1,2,3"})


def test_addresses() -> None:
    assert {"host": "localhost", "port": "1", "hostaddr": "127.0.0.1"} in Host(
        "localhost", "1"
    ).addresses()
    assert Host("::1", "1").addresses() == [{"host": "::1", "port": "1", "hostaddr": "::1"}]
    assert Host("/run", "1").addresses() == [{"host": "/run", "port": "1"}]


@pytest.mark.parametrize("name", ["unknown.invalid", "a..b", "x" * 64])
def test_names_without_an_address(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        with pytest.raises(OperationalError, match=f'host name "{name}": '):
            Host(name, "1").addresses()
    assert capfd.readouterr().err == ""
