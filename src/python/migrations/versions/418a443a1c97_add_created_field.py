"""add created field

Revision ID: 418a443a1c97
Revises: c047b889bc99
"""

import sqlalchemy as sa
from alembic import op

revision = "418a443a1c97"
down_revision = "c047b889bc99"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # PostgreSQL stores the value for existing rows once, in its catalog, and rewrites no row. The
    # default stays, for servers that do not know the column yet.
    for table in ("game", "player"):
        op.add_column(
            table,
            sa.Column(
                "created",
                sa.DateTime(timezone=True),
                server_default=sa.func.now(),
                nullable=False,
            ),
        )


def downgrade() -> None:
    op.drop_column("player", "created")
    op.drop_column("game", "created")
