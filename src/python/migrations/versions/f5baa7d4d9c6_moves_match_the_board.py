"""moves match the board

Revision ID: f5baa7d4d9c6
Revises: e9b625a198a0

From now on no game can have more or fewer moves than discs. The next revision checks the existing
games, under a weaker lock than this one needs.
"""

from alembic import op

revision = "f5baa7d4d9c6"
down_revision = "e9b625a198a0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_check_constraint(
        op.f("game_moves_check"),
        "game",
        "moves IS NOT NULL AND length(moves) = length(replace(board, '0', ''))",
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    op.drop_constraint(op.f("game_moves_check"), "game", type_="check")
