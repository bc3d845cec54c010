"""Whether the server runs, and whether it can do its work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app

from connect4_server.database import DatabaseError, DatabaseUnavailableError
from connect4_server.statements import READ_ONLY

if TYPE_CHECKING:
    from connect4_server.database import Database

health = Blueprint("health", __name__)


def _text(text: str) -> Response:
    return Response(text, headers={"Cache-Control": "no-store"}, mimetype="text/plain")


@health.get("/status")
def status() -> Response:
    """The course's: the process serves, whatever its database does."""
    return _text("Running")


@health.get("/healthz")
def healthz() -> Response:
    """For who would restart the process: it serves."""
    return _text("Healthy")


@health.get("/readyz")
def readyz() -> Response:
    """For who sends it players: the database answers, has the models' schema, and takes writes.

    Raises DatabaseUnavailableError with the reason.
    """
    database: Database = current_app.extensions["database"]
    try:
        [[read_only]] = database.read(READ_ONLY)
    except DatabaseError as error:
        raise DatabaseUnavailableError(str(error)) from None
    if read_only == "on":
        raise DatabaseUnavailableError("the database is read-only")
    return _text("Ready")
