"""The revisions, in one line from the first to the head."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Self

from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from migrations.errors import MigrationError

if TYPE_CHECKING:
    from alembic.script import Script

LOCATION = Path(__file__).parent
"""The folder of Alembic's environment: env.py, script.py.mako and versions."""
_SHORTEST_PREFIX = 4


@dataclass(frozen=True)
class Step:
    """One revision to apply (`up`) or to take back.

    `source` and `destination` are revisions' ids, or `base`.
    """

    revision: Script
    source: str
    destination: str
    up: bool


@dataclass(frozen=True)
class History:
    """The revisions, from the oldest.

    A position in it is the index of a revision: 0 is the first one. -1 is `base`, before it.
    """

    revisions: tuple[Script, ...]

    @classmethod
    def load(cls, config: Config) -> Self:
        """Reads the revisions of CONFIG's environment.

        Raises MigrationError if they are not in one line, with one head.
        """
        scripts = ScriptDirectory.from_config(config)
        try:
            heads = sorted(scripts.get_heads())
            if len(heads) != 1:
                raise MigrationError(
                    f"there are several heads: {', '.join(heads)}; one has to follow the other"
                )
            return cls(tuple(scripts.walk_revisions())[::-1])
        except CommandError as error:
            raise MigrationError(" ".join(str(error).split())) from error

    @property
    def head(self) -> str:
        """The id of the newest revision."""
        return self.revisions[-1].revision

    def find(self, name: str) -> int:
        """The position of NAME: `head`, `base`, a revision's id, or the beginning of only one id.

        Raises MigrationError.
        """
        if name in ("head", "base"):
            return len(self.revisions) - 1 if name == "head" else -1
        found = [
            position
            for position, revision in enumerate(self.revisions)
            if revision.revision == name
            or (len(name) >= _SHORTEST_PREFIX and revision.revision.startswith(name))
        ]
        if len(found) != 1:
            known = "several revisions begin with" if found else "there is no revision"
            raise MigrationError(f"{known} {name}; `history` lists them")
        return found[0]

    def position_of_database(self, current: str | None) -> int:
        """The position of a database whose revision has the id CURRENT, None for `base`.

        Raises MigrationError if there is no such revision: the database is ahead of the code.
        """
        for position, revision in enumerate(self.revisions):
            if revision.revision == current:
                return position
        if current is None:
            return -1
        raise MigrationError(
            f"the database is at {current}, which this version does not know: it is ahead of the"
            f" code, whose head is {self.head}; use the version that migrated it"
        )

    def name(self, position: int) -> str:
        """Alembic's name of POSITION: a revision's id, or `base`."""
        return self.revisions[position].revision if position >= 0 else "base"

    def steps(self, start: int, end: int) -> list[Step]:
        """The steps from the position START to END, up or down; none if they are the same."""
        up = start < end
        return [
            Step(self.revisions[max(here, there)], self.name(here), self.name(there), up)
            for here, there in pairwise(range(start, end + 1) if up else range(start, end - 1, -1))
        ]


def alembic_config(location: Path = LOCATION) -> Config:
    """Alembic's configuration for the environment in LOCATION, where env.py is."""
    config = Config()
    # Alembic's configuration interpolates %, which a path may contain.
    config.set_main_option("script_location", str(location).replace("%", "%%"))
    return config
