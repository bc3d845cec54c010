"""The server's configuration, read from environment variables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from connect4_models.database_url import ConfigurationError, connection_string

_TRUE = ("true", "1", "yes")
_REDIS_SCHEMES = ("redis", "rediss", "unix")
_FALSE = ("", "false", "0", "no")
_MOST = 1_000_000_000


@dataclass(frozen=True)
class Limits:
    """How much the server lets one client do; docs/limits.md explains each. 0 is no limit."""

    requests_per_minute: int = 60_000
    new_games_per_hour: int = 6_000
    changes_per_minute: int = 600
    wrong_secrets_per_minute: int = 60
    streams: int = 2_000

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Reads the variables `LIMIT_…`. Raises ConfigurationError, which names one."""

        def limit(name: str, default: int) -> int:
            return _integer(environ, name, default, 0, _MOST)

        return cls(
            requests_per_minute=limit("LIMIT_REQUESTS_PER_MINUTE", cls.requests_per_minute),
            new_games_per_hour=limit("LIMIT_NEW_GAMES_PER_HOUR", cls.new_games_per_hour),
            changes_per_minute=limit("LIMIT_CHANGES_PER_MINUTE", cls.changes_per_minute),
            wrong_secrets_per_minute=limit(
                "LIMIT_WRONG_SECRETS_PER_MINUTE", cls.wrong_secrets_per_minute
            ),
            streams=limit("LIMIT_STREAMS", cls.streams),
        )


NO_LIMITS = Limits(0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Config:
    """The configuration of a server.

    `database` is a connection string of libpq, a URI or keywords and values. `port` is 0 to 65535
    (0 lets the system choose), `workers` 1 to 64. `secret_key` is Flask's; nothing is signed today,
    so it may be None. `client_directory` replaces the packaged client.
    `network_url` is where others in the network reach the page; the client is told.
    `trusted_proxies` are the networks of proxies that say what address a client has.
    `json_log` makes each line of the log a JSON object. `metrics_port`, 0 to 65535, is where
    Prometheus reads metrics; None for nowhere.
    """

    database: str = field(repr=False)
    host: str = "0.0.0.0"  # noqa: S104 - the contract's default
    port: int = 5000
    workers: int = 1
    debug: bool = False
    testing: bool = False
    secret_key: str | None = None
    cors_origins: tuple[str, ...] = ("*",)
    client_directory: Path | None = None
    redis_url: str | None = None
    access_log: bool = False
    limits: Limits = NO_LIMITS
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    json_log: bool = False
    network_url: str | None = None
    metrics_port: int | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Reads the variables that the README lists. Raises ConfigurationError, which names one."""
        return cls(
            database=connection_string(environ),
            host=environ.get("HOST") or cls.host,
            port=_integer(environ, "PORT", cls.port, 0, 65535),
            workers=_integer(environ, "WEB_CONCURRENCY", cls.workers, 1, 64),
            debug=_boolean(environ, "DEBUG"),
            testing=_boolean(environ, "TESTING"),
            secret_key=environ.get("SECRET_KEY") or None,
            cors_origins=tuple(
                origin.strip() for origin in (environ.get("CORS_ORIGINS") or "*").split(",")
            ),
            client_directory=_directory(environ, "CLIENT_DIR"),
            redis_url=_redis_url(environ),
            access_log=_boolean(environ, "ACCESS_LOG"),
            limits=(
                Limits.from_environ(environ) if _boolean(environ, "RATE_LIMITS") else NO_LIMITS
            ),
            trusted_proxies=_networks(environ, "TRUSTED_PROXIES"),
            json_log=_json_log(environ),
            metrics_port=_metrics_port(environ),
        )


def _integer(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = environ.get(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise ConfigurationError(f"{name} is {value!r}, not a number from {least} to {most}")
    return int(value)


def _boolean(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value not in _TRUE + _FALSE:
        raise ConfigurationError(f"{name} is {environ[name]!r}, neither true nor false")
    return value in _TRUE


def _json_log(environ: Mapping[str, str]) -> bool:
    value = environ.get("LOG_FORMAT") or "text"
    if value not in {"text", "json"}:
        raise ConfigurationError(f"LOG_FORMAT is {value!r}, neither text nor json")
    return value == "json"


def _metrics_port(environ: Mapping[str, str]) -> int | None:
    if not environ.get("METRICS_PORT"):
        return None
    return _integer(environ, "METRICS_PORT", 0, 0, 65535)


def _redis_url(environ: Mapping[str, str]) -> str | None:
    value = environ.get("REDIS_URL")
    if not value:
        return None
    # Not quoted: it may hold a password.
    try:
        parts = urlsplit(value)
        whole = parts.path if parts.scheme == "unix" else parts.hostname
        fits = parts.scheme in _REDIS_SCHEMES and bool(whole) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise ConfigurationError("REDIS_URL is not a redis://, rediss:// or unix:// URL")
    return value


def _networks(environ: Mapping[str, str], name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    items = [item.strip() for item in (environ.get(name) or "").split(",")]
    try:
        return tuple(ip_network(item) for item in items if item)
    except ValueError as error:
        raise ConfigurationError(f"{name}: {error}") from None


def _directory(environ: Mapping[str, str], name: str) -> Path | None:
    value = environ.get(name)
    if not value:
        return None
    if not (Path(value) / "index.html").is_file():
        raise ConfigurationError(f"{name} is {value!r}, where there is no index.html")
    return Path(value)
