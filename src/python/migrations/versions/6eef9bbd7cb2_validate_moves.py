"""validate moves

Revision ID: 6eef9bbd7cb2
Revises: f5baa7d4d9c6

All games are read, under a lock that lets players read and write. NOT NULL then needs no second
scan, since PostgreSQL sees that the validated constraint includes it.
"""

from alembic import op

revision = "6eef9bbd7cb2"
down_revision = "f5baa7d4d9c6"
branch_labels = None
depends_on = None

statement_timeout = "0"  # all games are read


def upgrade() -> None:
    op.execute("ALTER TABLE game VALIDATE CONSTRAINT game_moves_check")
    op.alter_column("game", "moves", nullable=False)


def downgrade() -> None:
    op.alter_column("game", "moves", nullable=True)
