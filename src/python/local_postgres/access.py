"""Client authentication: only the user of this process may connect, as one of two roles.

With the method "peer" PostgreSQL asks the kernel which user is at the other end of the socket, so
no password has to be kept. The files (pg_hba.conf and pg_ident.conf, chapter 20 of its manual) are
written at each start. Those in the data folder are not used: an earlier version let everybody in.

https://www.postgresql.org/docs/current/client-authentication.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_postgres.account import own_name

if TYPE_CHECKING:
    from pathlib import Path

# The cluster's first role, which is a superuser and cannot become anything less.
ADMINISTRATOR = "connect4"

# Owns the databases, and is nothing beyond that.
OWNER = "connect4_owner"

_RULES = "pg_hba.conf"
_USERS = "pg_ident.conf"
FILES = (_RULES, _USERS)


def rules() -> dict[str, str]:
    """The content of the rules' files, by their names.

    "peer" compares names. A user without one is let in with "trust": the socket's folder, which
    nobody else but root can enter, is what keeps others out then.
    """
    roles = f"{ADMINISTRATOR},{OWNER}"
    name = own_name()
    if name is None:
        return {_RULES: f"local all {roles} trust\n", _USERS: ""}
    quoted = name.replace('"', '""')
    users = (f'ours "{quoted}" {role}\n' for role in (ADMINISTRATOR, OWNER))
    return {_RULES: f"local all {roles} peer map=ours\n", _USERS: "".join(users)}


def settings(folder: Path) -> tuple[str, str]:
    """PostgreSQL's settings, as NAME=VALUE, that make it read the rules' files in FOLDER."""
    return f"hba_file={folder / _RULES}", f"ident_file={folder / _USERS}"
