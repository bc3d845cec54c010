"""Liveness and readiness checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app

from connect4_server.database import DatabaseError, DatabaseUnavailableError
from connect4_server.errors import unavailable
from connect4_server.statements import READ_ONLY

if TYPE_CHECKING:
    from connect4_server.database import Database

health = Blueprint("health", __name__)


def _text(text: str) -> Response:
    return Response(text, headers={"Cache-Control": "no-store"}, mimetype="text/plain")


@health.get("/status")
def status() -> Response:
    """Answers 200 `Running`, whatever the state of the database (the course's own check)."""
    return _text("Running")


@health.get("/healthz")
def healthz() -> Response:
    """Answers 200 `Healthy`: liveness, for a supervisor that restarts the process."""
    return _text("Healthy")


@health.get("/readyz")
def readyz() -> Response:
    """Answers 200 `Ready`, or 503 with the reason: readiness, for a load balancer.

    Ready means that the database answers, has the columns that are needed, and takes writes.
    """
    database: Database = current_app.extensions["database"]
    try:
        [[read_only]] = database.read(READ_ONLY)
    except (DatabaseError, DatabaseUnavailableError) as error:
        return unavailable(str(error))
    if read_only == "on":
        return unavailable("the database is read-only")
    return _text("Ready")
