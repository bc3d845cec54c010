"""Gives the tests below a real PostgreSQL."""

from database_fixtures import database_url, migrated_template, postgres

__all__ = ["database_url", "migrated_template", "postgres"]
