"""The log: a line for each event, as text or, for machines, as a JSON object.

As text, a traceback follows its line; in JSON it is a field.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from gunicorn import glogging
from pythonjsonlogger.json import JsonFormatter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

REQUEST_ID = "connect4.request_id"
"""Where the WSGI environment of a request has its id."""

_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
# The other two of https://docs.python.org/3/library/stdtypes.html#str.splitlines.
_CONTROLS |= {code: f"\\u{code:04x}" for code in (0x2028, 0x2029)}


class TextFormatter(logging.Formatter):
    """Formats a record as one line, whatever is in its message, before a traceback."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - its name there
        """Returns the line: control characters are escaped, and a request's id is at its end."""
        line = super().formatMessage(record).translate(_CONTROLS)
        request_id = getattr(record, "request_id", None)
        return line if request_id is None else f"{line} {request_id}"


class Logger(glogging.Logger):
    """gunicorn's logger, whose access log has no query, header or body: they may hold a secret."""

    @property
    def access_log_enabled(self) -> bool:
        """Whether requests are logged."""
        return bool(self.cfg.accesslog)

    def access(
        self,
        resp: Any,
        req: object,  # noqa: ARG002 - the caller gives it
        environ: Mapping[str, Any],
        request_time: timedelta,
    ) -> None:
        """Logs a request that was answered; REQUEST_TIME is until the response's end."""
        if not self.access_log_enabled:
            return
        fields = {
            "client": environ.get("REMOTE_ADDR", "-"),
            "method": environ["REQUEST_METHOD"],
            "path": quote(environ["PATH_INFO"], encoding="latin-1"),  # WSGI's
            "protocol": environ["SERVER_PROTOCOL"],
            "status": int(str(resp.status).split(maxsplit=1)[0]),
            "bytes": resp.sent,
            "microseconds": round(request_time.total_seconds() * 1_000_000),
        }
        self.access_log.info(
            '%(client)s "%(method)s %(path)s %(protocol)s" %(status)d %(bytes)d %(microseconds)d',
            fields,
            extra={**fields, "request_id": environ[REQUEST_ID]},
        )


def log_configuration(*, as_json: bool) -> dict[str, Any]:
    """Returns a configuration for `logging.config.dictConfig`: everything on stderr.

    The access log alone is on stdout, as is usual. AS_JSON makes each line a JSON object.
    """
    if as_json:
        plain = dated = {
            "()": JsonFormatter,
            "fmt": ["levelname", "name", "process", "message"],
            "rename_fields": {"levelname": "level", "name": "logger"},
            "timestamp": "time",
        }
    else:
        plain = {"()": TextFormatter}
        dated = {"()": TextFormatter, "fmt": Logger.error_fmt, "datefmt": Logger.datefmt}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": plain, "dated": dated},
        "handlers": {
            "application": _handler("plain", "stderr"),
            "access": _handler("plain", "stdout"),
            "gunicorn": _handler("dated", "stderr"),
        },
        "root": {"handlers": ["application"]},
        "loggers": {
            "gunicorn.access": {"handlers": ["access"]},
            "gunicorn.error": {"handlers": ["gunicorn"]},
        },
    }


def _handler(formatter: str, stream: str) -> dict[str, str]:
    return {
        "class": "logging.StreamHandler",
        "formatter": formatter,
        "stream": f"ext://sys.{stream}",
    }
