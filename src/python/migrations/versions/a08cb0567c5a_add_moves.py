"""add moves

Revision ID: a08cb0567c5a
Revises: 418a443a1c97

Games get the columns that were played, in order: a digit 0 to 6 for each move, `?` for a move from
before they were recorded. A trigger records the moves of servers that do not know the column: the
disc that an update adds to the board shows where it fell. The release after the last such server
drops the trigger.
"""

import sqlalchemy as sa
from alembic import op

revision = "a08cb0567c5a"
down_revision = "418a443a1c97"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The course's own 418a443a1c97 makes `created` a timestamp in UTC without a default, and later
    # servers do not set it. Only the default is added here: the course's servers still use the type
    # as it is, until 1ed276f858e1.
    op.execute("""
        DO $$
        DECLARE
            found text;
        BEGIN
            FOR found IN
                SELECT attrelid::regclass::text FROM pg_attribute
                WHERE attrelid IN ('game'::regclass, 'player'::regclass)
                    AND attname = 'created' AND atttypid = 'timestamp'::regtype
            LOOP
                EXECUTE format(
                    'ALTER TABLE %s ALTER COLUMN created SET DEFAULT timezone(''UTC'', now())',
                    found
                );
            END LOOP;
        END $$
    """)
    op.add_column("game", sa.Column("moves", sa.String(length=42), nullable=True))
    # Not with the column, or every existing game would get the default. The next revision fills
    # them.
    op.alter_column("game", "moves", server_default="")
    op.execute("""
        CREATE FUNCTION game_append_move() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            before constant text := replace(OLD.board, '0', '');
            after constant text := replace(NEW.board, '0', '');
            cell integer;
        BEGIN
            IF length(after) = length(before) + 1 THEN
                SELECT min(index) INTO cell FROM generate_series(0, 41) AS index
                WHERE substr(NEW.board, index + 1, 1) <> substr(OLD.board, index + 1, 1);
                NEW.moves := coalesce(OLD.moves, repeat('?', length(before))) || cell / 6;
            ELSE
                NEW.moves := repeat('?', length(after));
            END IF;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER game_append_move BEFORE UPDATE OF board ON game FOR EACH ROW
        WHEN (NEW.board <> OLD.board AND NEW.moves IS NOT DISTINCT FROM OLD.moves)
        EXECUTE FUNCTION game_append_move()
    """)


def downgrade() -> None:
    op.execute("DROP TRIGGER game_append_move ON game")
    op.execute("DROP FUNCTION game_append_move()")
    op.drop_column("game", "moves")
