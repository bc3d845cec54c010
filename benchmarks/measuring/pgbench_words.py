"""The server's statements in pgbench's words, so that both say the same to PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import literal, make_url

if TYPE_CHECKING:
    from sqlalchemy import ClauseElement

_DIALECT = make_url("postgresql+psycopg2://").get_dialect()()


def pgbench_words(statement: ClauseElement, **values: str) -> str:
    """The SQL of a statement, with no semicolon at its end.

    VALUES are what its parameters become, in SQL and with pgbench's variables in it. Those that it
    has a value for itself become that. Raises KeyError for one that is left.
    """
    compiled = statement.compile(dialect=_DIALECT)
    own = {name: _sql(value) for name, value in compiled.params.items() if value is not None}
    # As psycopg2 fills it in, whose placeholders these are.
    return str(compiled) % {**own, **values}


def _sql(value: object) -> str:
    compiled = literal(value).compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True})
    return str(compiled) % ()
