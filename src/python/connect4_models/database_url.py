"""Where the database is, from `DATABASE_URL` or the five variables of the course's server."""

from collections.abc import Mapping

from psycopg2.extensions import make_dsn

from connect4_models import libpq_uri


class ConfigurationError(ValueError):
    """An environment variable is missing or malformed.

    The message is one line that names the variable and shows no password.
    """


def connection_string(environ: Mapping[str, str]) -> str:
    """The database of ENVIRON, as a connection string of libpq in the form of keywords and values.

    `DATABASE_URL` is a URI in libpq's form or in SQLAlchemy's. Without it `DATABASE_USERNAME`,
    `DATABASE_PASSWORD` and `DATABASE_HOST` (a name, an address or the folder of a Unix socket) are
    required; `DATABASE_NAME` is connect4 by default, and `DATABASE_PORT` 5432. Whitespace around a
    URL and line breaks around a value are removed, and an empty value counts as none.
    https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING

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
    return str(make_dsn(**parameters))


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
