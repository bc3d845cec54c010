<%text>"""</%text>${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}

While this runs, players play, on servers that know only what was there before.

- They go on reading and writing as ever: a column that they do not set can be NULL or has a
  server default; what they use is neither dropped, renamed nor narrowed. That is for the release
  after the last server that uses it.
- No lock is held for long. Add a constraint NOT VALID, and validate it in a revision of its own;
  build an index with postgresql_concurrently=True in an autocommit_block().
- Rows are filled in by a revision of its own, some thousand a transaction, and filled in again
  from where it was when it is interrupted.
- It goes down as well as up, and leaves the games as they were.

A revision gets 50 ms for a lock and 5 s for a statement, and is tried again while it does not get
them; `lock_timeout` and `statement_timeout` below set others. Write why here, in place of this.
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
