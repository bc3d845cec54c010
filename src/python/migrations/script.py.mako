<%text>"""</%text>${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}

Servers of the release before use the database while this runs.

- They read and write as before: a column that they do not set can be NULL or has a server default;
  what they use is not dropped, renamed or narrowed. That is for the release after the last server
  that uses it.
- No lock is held for long. Add a constraint NOT VALID, and validate it in a revision of its own;
  build an index with postgresql_concurrently=True in an autocommit_block().
- A backfill is a revision of its own, in batches of some thousand rows, each a transaction. If it
  is interrupted, it can be run again.
- It goes down as well as up, and keeps the games.

A revision waits 50 ms for a lock, a statement may run for 5 s, and then it is tried again.
`lock_timeout` and `statement_timeout` below set other values. Replace this text by the reason for
the revision.
<%text>"""</%text>

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
