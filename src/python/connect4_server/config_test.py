"""Configuration by environment variables, and the errors for malformed ones."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import astuple
from ipaddress import ip_network
from typing import TYPE_CHECKING

import pytest

from connect4_models.database_url import ConfigurationError
from connect4_server.config import NO_LIMITS, Config, Limits

if TYPE_CHECKING:
    from pathlib import Path

DATABASE = {"DATABASE_URL": "postgresql://localhost/connect4"}
LIMITS = [
    "LIMIT_REQUESTS_PER_MINUTE",
    "LIMIT_NEW_GAMES_PER_HOUR",
    "LIMIT_CHANGES_PER_MINUTE",
    "LIMIT_WRONG_SECRETS_PER_MINUTE",
    "LIMIT_STREAMS",
]


def test_the_defaults_are_the_contracts() -> None:
    config = Config.from_environ(DATABASE)
    assert (config.host, config.port) == ("0.0.0.0", 5000)  # noqa: S104
    assert (config.debug, config.testing) == (False, False)
    assert config.secret_key is None
    assert config.cors_origins == ("*",)
    assert config.client_directory is None
    assert (config.metrics_port, config.json_log) == (None, False)


@pytest.mark.parametrize("name", ["DEBUG", "TESTING"])
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *((value, True) for value in ("true", "True", "TRUE", "1", "yes", " yes ")),
        *((value, False) for value in ("false", "False", "0", "no", "")),
    ],
)
def test_booleans(name: str, value: str, expected: bool) -> None:
    config = Config.from_environ({**DATABASE, name: value})
    assert getattr(config, name.lower()) is expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("TESTING", "2"),
        ("PORT", "http"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("METRICS_PORT", "65536"),
        ("LOG_FORMAT", "xml"),
        ("WEB_CONCURRENCY", "0"),
        ("CLIENT_DIR", "/nowhere"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "http://localhost"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "redis://localhost:port"),
        ("REDIS_URL", "unix://"),
        ("RATE_LIMITS", "low"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
    ],
)
def test_a_malformed_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        Config.from_environ({**DATABASE, name: value})


@pytest.mark.parametrize("name", LIMITS)
def test_limits_are_numbers(name: str) -> None:
    environ = {**DATABASE, "RATE_LIMITS": "true", name: "17"}
    assert 17 in astuple(Config.from_environ(environ).limits)
    assert Config.from_environ({**environ, "RATE_LIMITS": "false"}).limits == NO_LIMITS
    with pytest.raises(ConfigurationError, match=name):
        Config.from_environ({**environ, name: "-1"})


def test_limits_are_off_unless_they_are_wanted() -> None:
    assert Config.from_environ(DATABASE).limits == NO_LIMITS
    assert Config.from_environ({**DATABASE, "RATE_LIMITS": "true"}).limits == Limits()


def test_proxies_are_addresses_and_networks() -> None:
    config = Config.from_environ({**DATABASE, "TRUSTED_PROXIES": "10.0.0.1, fd00::/8"})
    assert config.trusted_proxies == (ip_network("10.0.0.1/32"), ip_network("fd00::/8"))


def test_origins_are_separated_by_commas() -> None:
    config = Config.from_environ(
        {**DATABASE, "CORS_ORIGINS": "https://a.example, https://b.example"}
    )
    assert config.cors_origins == ("https://a.example", "https://b.example")


@pytest.mark.parametrize(
    "url",
    ["redis://localhost", "rediss://redis.example:6380/1", "unix:///run/redis.sock"],
)
def test_redis_urls(url: str) -> None:
    assert Config.from_environ({**DATABASE, "REDIS_URL": url}).redis_url == url
    assert Config.from_environ({**DATABASE, "REDIS_URL": ""}).redis_url is None


def test_the_client_can_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("a page")
    config = Config.from_environ({**DATABASE, "CLIENT_DIR": str(tmp_path)})
    assert config.client_directory == tmp_path


def start(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Starts a server that is expected to fail; returns its exit status and output."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    return subprocess.run(
        [sys.executable, "-m", "connect4_server", *arguments],
        env={**kept, "PYTHONPATH": os.pathsep.join(sys.path), **environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({}, "DATABASE_USERNAME"),
        ({**DATABASE, "PORT": "x"}, "PORT"),
        ({"DATABASE_URL": "x"}, "DATABASE_URL"),
    ],
)
def test_a_mistake_stops_the_start_with_one_line(environ: dict[str, str], name: str) -> None:
    ended = start(environ)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert name in ended.stderr


@pytest.mark.parametrize("name", ["PORT", "METRICS_PORT"])
def test_a_taken_port_stops_the_start_with_one_line(name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = start({**DATABASE, "HOST": "127.0.0.1", "PORT": "0", name: str(port)})
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert str(port) in ended.stderr


def test_an_unknown_command_is_one_line() -> None:
    ended = start(DATABASE, "serve")
    assert ended.returncode == 2
    assert ended.stderr == "connect4_server: serve is no command; `expire` is one\n"
