"""Databases of the tests, at no revision yet."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from local_postgres import LocalPostgres

_NUMBERS = itertools.count(1)


@pytest.fixture
def empty_database_url(postgres: LocalPostgres) -> str:
    """The URL of this test's own database, with nothing in it."""
    return postgres.create_database(f"migrations_{next(_NUMBERS)}")
