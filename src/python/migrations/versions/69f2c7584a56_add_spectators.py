"""add spectators

Revision ID: 69f2c7584a56
Revises: 922caed638bf

Servers know how many spectators have a stream open, at any of them, and when the last move was
made. PostgreSQL rewrites no row. Servers of the release before leave this alone. `spectators`
needs no write-ahead log: after a crash it is empty, and the servers fill it again.
"""

import sqlalchemy as sa
from alembic import op

revision = "69f2c7584a56"
down_revision = "922caed638bf"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spectators",
        sa.Column("gameId", sa.String(length=32), nullable=False),
        sa.Column("workerId", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lease", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("gameId", "workerId", name="spectators_pkey"),
        prefixes=["UNLOGGED"],
    )
    op.add_column("game", sa.Column("moved", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("game", "moved")
    op.drop_table("spectators")
