"""All games as a file, and back."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2

from local_postgres import LocalPostgres
from local_postgres.dump import dump, load
from migrations.commands import current, upgrade

if TYPE_CHECKING:
    from pathlib import Path

_RESTORED = "connect4_restored"


class BackupError(Exception):
    """There is nothing to back up, or to restore, or it would be lost; the message is one line."""


def back_up(data: Path, file: Path) -> None:
    """Writes the games in the folder DATA to the new FILE, also while the game runs on them.

    Raises BackupError when DATA holds no games, and LocalPostgresError when they cannot be read or
    FILE cannot be made.
    """
    postgres = LocalPostgres(data)
    running = postgres.running_url()
    if running is not None:
        dump(running, file)
        return
    if not (data / "postgres").exists():
        raise BackupError(f"no games are kept in {data}")
    with postgres:
        dump(postgres.url(), file)


def restore(data: Path, file: Path, *, replace: bool) -> None:
    """Brings the games of the backup FILE into the folder DATA, all of them or none.

    With REPLACE the games that DATA holds are deleted, once those of FILE are all there. Raises
    BackupError when there are such games and REPLACE is false, and when FILE is a backup of
    something else; LocalPostgresError when the game runs on DATA and when FILE is no backup; and
    MigrationError when a later release wrote it.
    """
    with LocalPostgres(data) as postgres:
        if not replace and _has_games(postgres.url()):
            raise BackupError(f"{data} holds games already: --replace deletes them")
        postgres.drop_database(_RESTORED)  # of a restore that was interrupted
        url = postgres.create_database(_RESTORED)
        try:
            load(file, url)
            if current(url) is None:
                raise BackupError(f"this is no backup of Connect 4: {file}")
            upgrade(url)
            postgres.replace_database(_RESTORED)
        finally:
            postgres.drop_database(_RESTORED)


def _has_games(url: str) -> bool:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.game') IS NOT NULL")
        if cursor.fetchone() != (True,):
            return False
        cursor.execute("SELECT EXISTS (SELECT FROM public.game)")
        return cursor.fetchone() == (True,)
