"""add endings and rematches

Revision ID: 922caed638bf
Revises: 12fbcdad0878

A game can end by agreement, or because a player resigns or is gone. It knows the games before and
after it, how its series stands, who begins, and how many moves were given at its start. PostgreSQL
stores the defaults for existing rows once, in its catalog, and rewrites no
row. Servers of the release before leave the new columns alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "922caed638bf"
down_revision = "12fbcdad0878"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("game", sa.Column("changes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("game", sa.Column("ending", sa.String(length=9), nullable=True))
    op.add_column("game", sa.Column("opening", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "game",
        sa.Column("joinerBegins", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("game", sa.Column("drawOfferedBy", sa.Integer(), nullable=True))
    op.add_column("game", sa.Column("drawOfferedPly", sa.Integer(), nullable=True))
    op.add_column("game", sa.Column("rematchOfferedBy", sa.Integer(), nullable=True))
    op.add_column("game", sa.Column("nextGameId", sa.String(length=32), nullable=True))
    op.add_column("game", sa.Column("previousGameId", sa.String(length=32), nullable=True))
    op.add_column(
        "game", sa.Column("seriesWins1", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column(
        "game", sa.Column("seriesWins2", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column(
        "game", sa.Column("seriesDraws", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("game", "seriesDraws")
    op.drop_column("game", "seriesWins2")
    op.drop_column("game", "seriesWins1")
    op.drop_column("game", "previousGameId")
    op.drop_column("game", "nextGameId")
    op.drop_column("game", "rematchOfferedBy")
    op.drop_column("game", "drawOfferedPly")
    op.drop_column("game", "drawOfferedBy")
    op.drop_column("game", "joinerBegins")
    op.drop_column("game", "opening")
    op.drop_column("game", "ending")
    op.drop_column("game", "changes")
