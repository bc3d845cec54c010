"""Where the database is: `DATABASE_URL`, or the five variables of the course's server."""

from collections.abc import Mapping

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

DRIVER = "postgresql+psycopg2"


class ConfigurationError(ValueError):
    """An environment variable is missing or malformed; the message is one line that names it."""


def database_url(environ: Mapping[str, str]) -> URL:
    """The database's URL, for SQLAlchemy with psycopg2.

    `DATABASE_URL` (postgres:// or postgresql://) overrides `DATABASE_USERNAME`,
    `DATABASE_PASSWORD`, `DATABASE_HOST` (a name, or the folder of a socket), `DATABASE_NAME`
    (connect4) and `DATABASE_PORT` (5432). Raises ConfigurationError.
    """
    if given := environ.get("DATABASE_URL"):
        return _parse(given)
    return URL.create(
        DRIVER,
        username=_required(environ, "DATABASE_USERNAME"),
        password=_required(environ, "DATABASE_PASSWORD"),
        host=_required(environ, "DATABASE_HOST"),
        port=_port(environ.get("DATABASE_PORT") or "5432"),
        database=environ.get("DATABASE_NAME") or "connect4",
    )


def _parse(given: str) -> URL:
    # Neither message quotes it: it holds the password.
    try:
        url = make_url(given)
    except (ArgumentError, ValueError) as error:
        raise ConfigurationError("DATABASE_URL is not a database URL") from error
    if url.drivername not in ("postgres", "postgresql", DRIVER):
        raise ConfigurationError(
            f"DATABASE_URL is for {url.drivername}: it has to begin with postgresql://"
        )
    return url.set(drivername=DRIVER)


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name)
    if not value:
        raise ConfigurationError(f"{name} is not set (nor is DATABASE_URL)")
    return value


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise ConfigurationError(f"DATABASE_PORT is {value!r}, not a port from 1 to 65535")
    return int(value)
