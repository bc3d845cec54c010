"""Who owns what is in a database: its owner, who needs no other right to change the schema."""

from __future__ import annotations

from psycopg2 import sql

# Of what revisions make. A superuser's objects cannot be reassigned at once: REASSIGN OWNED
# refuses those of the cluster's first role.
_GIVE_EVERYTHING = """
DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('ALTER TABLE %s OWNER TO {owner}', oid::regclass) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO {owner}', oid::regprocedure) FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace
    LOOP
        EXECUTE statement;
    END LOOP;
    ALTER DATABASE {database} OWNER TO {owner};
END $$
"""


def give_everything(database: str, owner: str) -> sql.Composed:
    """The statement that gives a database, and what is in it, to a role, or nothing of it.

    It is for a superuser who is connected to that database.
    """
    return sql.SQL(_GIVE_EVERYTHING).format(
        database=sql.Identifier(database), owner=sql.Identifier(owner)
    )
