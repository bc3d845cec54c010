"""initial

Revision ID: c047b889bc99
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "c047b889bc99"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "game",
        sa.Column("gameId", sa.String(32), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("winner", sa.Integer(), nullable=True),
        sa.Column("activePlayer", sa.Integer(), nullable=False),
        sa.Column("board", sa.String(42), nullable=False),
        sa.PrimaryKeyConstraint("gameId", name="game_pkey"),
    )
    op.create_table(
        "player",
        sa.Column("playerId", sa.String(32), nullable=False),
        sa.Column("gameId", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gameId"], ["game.gameId"], name="player_gameId_fkey"),
        sa.PrimaryKeyConstraint("playerId", name="player_pkey"),
        sa.UniqueConstraint("gameId", "number", name="_game_number_constraint"),
    )


def downgrade() -> None:
    op.drop_table("player")
    op.drop_table("game")
