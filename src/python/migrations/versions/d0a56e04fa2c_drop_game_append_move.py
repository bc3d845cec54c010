"""drop game_append_move

Revision ID: d0a56e04fa2c
Revises: 6eef9bbd7cb2

The trigger recorded the moves of servers that do not know the column. Every server since
6eef9bbd7cb2 records its moves itself. After this, an older server can still create, join and read
games, but its moves fail on game_moves_check: replace those servers first.
"""

from alembic import op

revision = "d0a56e04fa2c"
down_revision = "6eef9bbd7cb2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP TRIGGER game_append_move ON game")
    # The trigger alone called it.
    op.execute("-- squawk-ignore ban-drop-function\nDROP FUNCTION game_append_move()")


def downgrade() -> None:
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
