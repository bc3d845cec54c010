"""The database's URL, from `DATABASE_URL` or the five variables of the course's server."""

from collections.abc import Mapping

from sqlalchemy.engine import URL

from connect4_models import libpq_uri


class ConfigurationError(ValueError):
    """An environment variable is missing or malformed.

    The message is one line that names the variable and shows no password.
    """


def database_url(environ: Mapping[str, str]) -> URL:
    """The URL, for SQLAlchemy with psycopg2, of the database that ENVIRON names.

    `DATABASE_URL` is a URI in libpq's form or in SQLAlchemy's. Without it `DATABASE_USERNAME`,
    `DATABASE_PASSWORD` and `DATABASE_HOST` (a name, an address or the folder of a Unix socket) are
    required; `DATABASE_NAME` is connect4 by default, and `DATABASE_PORT` 5432. Whitespace around a
    URL and line breaks around a value are removed, and an empty value counts as none.

    Raises ConfigurationError.
    """
    if given := environ.get("DATABASE_URL", "").strip():
        try:
            parameters = libpq_uri.parameters(given)
        except libpq_uri.UriError as error:
            raise ConfigurationError(f"DATABASE_URL {error}") from error
    else:
        parameters = {
            "user": _value(environ, "DATABASE_USERNAME"),
            "password": _value(environ, "DATABASE_PASSWORD"),
            "host": _value(environ, "DATABASE_HOST"),
            "port": _port(_value(environ, "DATABASE_PORT", "5432")),
            "dbname": _value(environ, "DATABASE_NAME", "connect4"),
        }
    return libpq_uri.sqlalchemy_url(parameters)


def _value(environ: Mapping[str, str], name: str, default: str | None = None) -> str:
    value = environ.get(name, "").strip("\r\n") or default
    if value is None:
        raise ConfigurationError(f"{name} is not set (nor is DATABASE_URL)")
    try:
        value.encode()
    except UnicodeError:
        raise ConfigurationError(f"{name} is not UTF-8") from None
    return value


def _port(value: str) -> str:
    if not libpq_uri.is_port(value):
        raise ConfigurationError(f"DATABASE_PORT is {value!r}, not a port from 1 to 65535")
    return value
