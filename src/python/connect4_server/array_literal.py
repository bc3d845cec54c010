"""Lists as PostgreSQL writes arrays: one string a list, for a statement to cast.

psycopg2 would make an object, a literal and something for PostgreSQL to parse of every item:
docs/performance.md has what that took.
https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
"""

from collections.abc import Iterable


def array_literal(items: Iterable[object]) -> str:
    """The array of ITEMS: texts, numbers, booleans, or None."""
    return "{" + ",".join(["NULL" if item is None else _quoted(item) for item in items]) + "}"


def _quoted(item: object) -> str:
    text = str(item).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
