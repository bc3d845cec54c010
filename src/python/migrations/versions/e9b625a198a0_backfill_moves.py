"""backfill moves

Revision ID: e9b625a198a0
Revises: a08cb0567c5a

Games that are older than the column get as many unknown moves as they have discs. It goes through
the table's pages in their order on disk, a batch of pages in each transaction, and commits without
waiting for the disk, since a player who moves in one of these games waits for the commit. If it is
interrupted, it can be run again: it skips what is done, and games that were played meanwhile.

A batch names its rows one by one, with as many on a page as PostgreSQL can have. PostgreSQL reads a
range of ctid without a scan of the whole table only since version 14.
"""

from alembic import op

revision = "e9b625a198a0"
down_revision = "a08cb0567c5a"
branch_labels = None
depends_on = None

statement_timeout = "0"  # for all batches together


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.execute("""
            DO $$
            DECLARE
                batch constant bigint := 16;
                page_bytes constant bigint := current_setting('block_size')::bigint;
                rows_on_page constant bigint := page_bytes / 28; -- header and line pointer alone
                pages constant bigint := pg_relation_size('game') / page_bytes;
                page bigint := 0;
            BEGIN
                WHILE page < pages LOOP
                    SET LOCAL synchronous_commit = off;
                    UPDATE game SET moves = repeat('?', length(replace(board, '0', '')))
                    WHERE moves IS NULL AND ctid = ANY (ARRAY(
                        SELECT format('(%s,%s)', block, item)::tid
                        FROM generate_series(page, page + batch - 1) AS block,
                            generate_series(1, rows_on_page) AS item
                    ));
                    COMMIT;
                    page := page + batch;
                END LOOP;
            END $$
        """)


def downgrade() -> None:
    pass  # the revision before this one drops the column with its values
