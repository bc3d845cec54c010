"""add names and presence

Revision ID: b2c6e01f94d7
Revises: 69f2c7584a56

Players have names, and servers know which of them have a stream open, so that a player can claim
the win when the other one has gone. PostgreSQL rewrites no row. Servers of the release before leave
the columns alone. This is not part of the revisions before, which lock `game`: who waits for the
locks of two tables, while people play, may never get both.
"""

import sqlalchemy as sa
from alembic import op

revision = "b2c6e01f94d7"
down_revision = "69f2c7584a56"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("player", sa.Column("name", sa.String(length=20), nullable=True))
    op.add_column("player", sa.Column("streamLease", sa.DateTime(timezone=True), nullable=True))
    op.add_column("player", sa.Column("asked", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("player", "asked")
    op.drop_column("player", "streamLease")
    op.drop_column("player", "name")
