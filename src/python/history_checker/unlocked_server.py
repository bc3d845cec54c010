"""A server that is broken on purpose: it checks, then writes, and whoever comes last wins.

The checker has to find that out. It is started as a program: `python -m`.
"""

import sys

from sqlalchemy import text

from connect4_server import __main__, statements

_CONDITION = "AND board = :board_before"

if __name__ == "__main__":
    locked = statements.MOVE.text
    if _CONDITION not in locked:
        raise RuntimeError("the server no longer guards a move like that: break it in another way")
    # Still with the parameter, which the server binds.
    statements.MOVE = text(locked.replace(_CONDITION, "AND :board_before <> ''"))
    sys.exit(__main__.main())
