"""The server's connections to PostgreSQL."""

import gevent.socket
import psycopg2
from gevent.monkey import is_module_patched
from psycopg2 import extensions
from sqlalchemy import URL, Engine, create_engine

# Enough for the requests of one worker; more wait for their turn here, not in PostgreSQL.
_CONNECTIONS = 20
_CONNECT_SECONDS = 5


def make_engine(url: URL) -> Engine:
    """An engine whose statements each commit by themselves, on connections that are kept."""
    if is_module_patched("socket"):
        extensions.set_wait_callback(_wait)
    return create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_CONNECT_SECONDS,
        connect_args={"connect_timeout": _CONNECT_SECONDS, "application_name": "connect4_server"},
        skip_autocommit_rollback=True,
    )


def _wait(connection: extensions.connection) -> None:
    """Lets other greenlets run while psycopg2 waits for PostgreSQL.

    https://www.psycopg.org/docs/advanced.html#support-for-coroutine-libraries
    """
    while True:
        state = connection.poll()
        if state == extensions.POLL_OK:
            return
        if state == extensions.POLL_READ:
            gevent.socket.wait_read(connection.fileno())
        elif state == extensions.POLL_WRITE:
            gevent.socket.wait_write(connection.fileno())
        else:
            raise psycopg2.OperationalError(f"unexpected state {state} of a connection")
