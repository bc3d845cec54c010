"""A server that is broken on purpose: it checks, then writes, and whoever comes last wins.

The checker has to find that out. It is started as a program: `python -m`.
"""

import sys
from dataclasses import replace

from connect4_server import __main__, statements

_CHANGES = {
    "AND game.board = made.board_before": "",
    # Or the database would not have it: there are as many moves as discs.
    "moves = game.moves ||": "moves = left(game.moves, length(replace(board_before, '0', ''))) ||",
}

if __name__ == "__main__":
    sql = statements.MOVE.sql
    for what, instead in _CHANGES.items():
        if what not in sql:
            raise RuntimeError("the server no longer makes a move like that: break it differently")
        sql = sql.replace(what, instead)
    statements.MOVE = replace(statements.MOVE, sql=sql)
    sys.exit(__main__.main())
