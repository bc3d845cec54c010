"""game_is_over refuses moves of ended games

Revision ID: 12fbcdad0878
Revises: 1ed276f858e1

A game can end between two moves now, by a resignation for example. Servers of the release before
compare only the board when they write a move, so they would undo such an end. With the trigger
their move changes no row; they read the game again, and answer that it is over. The release after
the last such server drops the trigger.
"""

from alembic import op

revision = "12fbcdad0878"
down_revision = "1ed276f858e1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        CREATE FUNCTION game_is_over() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RETURN NULL; -- the row stays as it is
        END $$
    """)
    op.execute("""
        CREATE TRIGGER game_is_over BEFORE UPDATE OF board ON game FOR EACH ROW
        WHEN (NOT OLD.active AND NEW.board <> OLD.board)
        EXECUTE FUNCTION game_is_over()
    """)


def downgrade() -> None:
    op.execute("DROP TRIGGER game_is_over ON game")
    op.execute("DROP FUNCTION game_is_over()")
