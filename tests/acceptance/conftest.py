"""The server under test: the one at API_URL, or else one that is started for these tests."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from database_fixtures import database_url, migrated_template, postgres
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["database_url", "migrated_template", "postgres", "server_url"]


@pytest.fixture(scope="session")
def server_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The base URL of a running server, without a slash at its end."""
    if given := os.environ.get("API_URL"):
        yield given.rstrip("/")
        return
    # Only now: with API_URL no database of ours is needed.
    postgres = request.getfixturevalue("postgres")
    template = request.getfixturevalue("migrated_template")
    database_url = postgres.create_database("acceptance", template=template)
    with ServerProcess({"DATABASE_URL": database_url}) as server:
        yield server.url
