"""Writes a revision into a clone: what the models have, and the revisions do not make yet."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import unicodedata
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.script import Script
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from local_postgres import LocalPostgres
from migrations import commands
from migrations.database import connected, one_line
from migrations.errors import MigrationError
from migrations.history import alembic_config

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.operations import MigrationScript
    from alembic.runtime.migration import MigrationContext

ENVIRONMENT = Path("src/python/migrations")
"""The folder of the migrations, relative to the root of a clone."""
_VERSIONS = ENVIRONMENT / "versions"
HEAD_FILE = _VERSIONS / "HEAD"
"""The file with the head's id, relative to the root of a clone."""
_LONGEST_SLUG = 60


def write_revision(root: Path, message: str, *, empty: bool = False) -> Path | None:
    """Writes a revision that is about MESSAGE, and its id into HEAD, below ROOT, a clone's root.

    A temporary PostgreSQL is upgraded to the head of ROOT's revisions and compared with the models.
    EMPTY asks for a revision without operations, for a change of data.

    Returns the file's path, relative to ROOT; None if the models have nothing new. Raises
    MigrationError or LocalPostgresError.
    """
    if not (root / ENVIRONMENT / "env.py").is_file():
        raise MigrationError(f"no {ENVIRONMENT} in {root}: run it in a clone, through ./pants")
    if not any(character.isalnum() for character in message) or not _is_unicode(message):
        raise MigrationError(f"a message says in words what changes; this is {message!r}")
    with (
        tempfile.TemporaryDirectory(prefix="connect4-revision-") as folder,
        LocalPostgres(Path(folder) / "data", durable=False) as postgres,
    ):
        config = alembic_config(root / ENVIRONMENT)
        config.set_main_option("file_template", f"%%(rev)s{_slug(message)}")
        config.cmd_opts = Namespace(quiet=True)
        written = _autogenerate(config, postgres.url(), _docstring(message), empty=empty)
    if written is None:
        return None
    (root / HEAD_FILE).write_text(f"{written.revision}\n")
    path = Path(written.path).relative_to(root)
    _format(root, path)
    return path


def _is_unicode(message: str) -> bool:
    """Whether MESSAGE can be encoded: an argument that was not UTF-8 has lone surrogates."""
    return not any(unicodedata.category(character) == "Cs" for character in message)


def _slug(message: str) -> str:
    """For a file's name: the ASCII words of MESSAGE, each after a `_`. There may be none."""
    ascii_only = unicodedata.normalize("NFKD", message).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_only)
    return "".join(f"_{word}" for word in words)[: 1 + _LONGEST_SLUG].rstrip("_")


def _docstring(message: str) -> str:
    """MESSAGE on one line, without what ends a docstring or begins an escape sequence."""
    return " ".join(message.split()).replace("\\", "/").replace('"', "'")


def _autogenerate(config: Config, database_url: str, message: str, *, empty: bool) -> Script | None:
    commands.upgrade(database_url)

    def drop_if_nothing_changes(
        _context: MigrationContext, _revision: object, directives: list[MigrationScript]
    ) -> None:
        operations = directives[0].upgrade_ops
        if not empty and (operations is None or operations.is_empty()):
            directives.clear()

    with connected(database_url) as connection:
        config.attributes["connection"] = connection
        try:
            script = command.revision(
                config,
                message,
                autogenerate=not empty,
                process_revision_directives=drop_if_nothing_changes,
            )
        except (CommandError, SQLAlchemyError) as error:
            raise MigrationError(f"cannot write a revision: {one_line(error)}") from error
    # It is a list if nothing was written.
    return script if isinstance(script, Script) else None


def _format(root: Path, written: Path) -> None:
    """Formats the file as `./pants fmt` does, and removes the template's unused imports."""
    for arguments in (["check", "--fix-only"], ["format"]):
        ruff = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments, "--quiet", "--no-cache", written],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        if ruff.returncode:
            raise MigrationError(f"{written} is written, but not formatted: {ruff.stderr.strip()}")
