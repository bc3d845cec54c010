"""Fixtures: one throwaway PostgreSQL a test process, a fresh database a test."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from local_postgres import LocalPostgres
from migrations.commands import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATABASE_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[LocalPostgres]:
    """A running PostgreSQL that ends, with all its data, with the tests."""
    with (
        tempfile.TemporaryDirectory(prefix="connect4-tests-") as folder,
        LocalPostgres(Path(folder) / "data", durable=False) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def migrated_template(postgres: LocalPostgres) -> str:
    """The name of a database at the newest revision, to make copies of."""
    name = "migrated_template"
    upgrade(postgres.create_database(name))
    return name


@pytest.fixture
def database_url(postgres: LocalPostgres, migrated_template: str) -> str:
    """The URL of this test's own database, at the newest revision and empty."""
    return postgres.create_database(f"test_{next(_DATABASE_NUMBERS)}", template=migrated_template)
