"""backfill moves

Revision ID: e9b625a198a0
Revises: a08cb0567c5a

For games from before: as many unknown moves as there are discs. It goes through the table's pages
in the order in which they lie on disk, some a transaction, and commits them without waiting for
the disk, since a player who moves in one of these games waits for it. What is interrupted is
begun anew, and passes over what is done; games that are played on meanwhile need nothing.
"""

from alembic import op

revision = "e9b625a198a0"
down_revision = "a08cb0567c5a"
branch_labels = None
depends_on = None

statement_timeout = "0"  # of all batches together


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("""
            DO $$
            DECLARE
                batch constant bigint := 16;
                pages constant bigint :=
                    pg_relation_size('game') / current_setting('block_size')::bigint;
                page bigint := 0;
            BEGIN
                WHILE page < pages LOOP
                    SET LOCAL synchronous_commit = off;
                    UPDATE game SET moves = repeat('?', length(replace(board, '0', '')))
                    WHERE ctid >= ('(' || page || ',0)')::tid
                        AND ctid < ('(' || page + batch || ',0)')::tid
                        AND moves IS NULL;
                    COMMIT;
                    page := page + batch;
                END LOOP;
            END $$
        """)


def downgrade() -> None:
    pass  # the column goes, with all that is in it, in the revision before
