"""What servers in the field say to the database: the SQL of the releases before this one.

PREVIOUS is the release before this one, and `PREVIOUS.head` the boundary between the two: the
revisions after it are this release's. NEEDED is the oldest that this release's server can play on.
docs/migrations.md says how they move. COURSE is the original server.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import psycopg2

from connect4_models import board_codec
from connect4_server.tokens import new_token

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812


@dataclass(frozen=True)
class Release:
    """A server's SQL, the newest revision that it knows of, and the newest that it can play on.

    `arrays` says that every parameter is a list, with an item a request.
    """

    head: str
    last: str
    create: tuple[str, ...]
    join: tuple[str, ...]
    get: str
    move: str
    arrays: bool = False


COURSE = Release(
    head="c047b889bc99",
    last="6eef9bbd7cb2",  # the next one drops what records its moves
    create=(
        'INSERT INTO game ("gameId", active, winner, "activePlayer", board)'
        " VALUES (%(game_id)s, true, NULL, 1, %(board)s)",
        'INSERT INTO player ("playerId", "gameId", number) VALUES (%(player_id)s, %(game_id)s, 1)',
    ),
    join=(
        'SELECT count(*) FROM player WHERE player."gameId" = %(game_id)s',
        'INSERT INTO player ("playerId", "gameId", number) VALUES (%(player_id)s, %(game_id)s, 2)',
    ),
    get='SELECT active, winner, "activePlayer", board FROM game WHERE game."gameId" = %(game_id)s',
    move="UPDATE game SET active = %(active)s, winner = %(winner)s,"
    ' "activePlayer" = %(active_player)s, board = %(board)s WHERE game."gameId" = %(game_id)s',
)

NEEDED = "b2c6e01f94d7"

_COLUMNS = """
    game."gameId", game.active, game."activePlayer", game.winner, game.board, game.moves,
    game.created,
    (SELECT "playerId" FROM player WHERE player."gameId" = game."gameId" AND number = 1),
    (SELECT "playerId" FROM player WHERE player."gameId" = game."gameId" AND number = 2)
"""

PREVIOUS = Release(
    head="1ed276f858e1",
    last="head",
    create=(
        """
        WITH asked AS (
            SELECT * FROM unnest(%(game_id)s::text[], %(player_id)s::text[], %(board)s::text[])
                AS asked (game_id, player_id, board)
        ), new_game AS (
            INSERT INTO game ("gameId", active, "activePlayer", board)
            SELECT game_id, true, 1, board FROM asked
            RETURNING "gameId", created
        ), creator AS (
            INSERT INTO player ("playerId", "gameId", number)
            SELECT player_id, game_id, 1 FROM asked
        )
        SELECT "gameId", created FROM new_game
        """,
    ),
    join=(
        f"""
        WITH asked AS (
            SELECT * FROM unnest(%(game_id)s::text[], %(player_id)s::text[])
                AS asked (game_id, player_id)
        ), joined AS (
            INSERT INTO player ("playerId", "gameId", number)
            SELECT player_id, "gameId", 2 FROM asked JOIN game ON "gameId" = game_id
            ORDER BY game_id
            ON CONFLICT DO NOTHING
            RETURNING "playerId"
        )
        SELECT asked.player_id, asked.player_id IN (SELECT "playerId" FROM joined), {_COLUMNS}
        FROM asked JOIN game ON game."gameId" = asked.game_id
        """,  # noqa: S608
    ),
    get=f"""
        SELECT game."gameId", {_COLUMNS} FROM game WHERE "gameId" = ANY (%(game_id)s::text[])
    """,  # noqa: S608
    move="""
        UPDATE game
        SET moves = game.moves || made.played, active = made.active,
            "activePlayer" = made.active_player, winner = made.winner, board = made.board
        FROM unnest(
            %(game_id)s::text[], %(board_before)s::text[], %(column)s::text[], %(board)s::text[],
            %(active)s::boolean[], %(active_player)s::integer[], %(winner)s::integer[]
        ) AS made (game_id, board_before, played, board, active, active_player, winner)
        WHERE game."gameId" = made.game_id AND game.board = made.board_before
        RETURNING game."gameId", game.moves
    """,
    arrays=True,
)


class OldServer:
    """Plays on a database with the SQL of a release, on one connection; every call commits."""

    def __init__(self, release: Release, database_url: str) -> None:
        self._release = release
        self._connection = psycopg2.connect(database_url, application_name="connect4_server")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def create(self) -> tuple[str, str]:
        """The ids of a new game and of its creator."""
        game_id, player_id = new_token(), new_token()
        with self._connection, self._connection.cursor() as cursor:
            for statement in self._release.create:
                self._execute(
                    cursor,
                    statement,
                    game_id=game_id,
                    player_id=player_id,
                    board=board_codec.EMPTY,
                )
        return game_id, player_id

    def join(self, game_id: str) -> str:
        """The id of the game's second player."""
        player_id = new_token()
        with self._connection, self._connection.cursor() as cursor:
            for statement in self._release.join:
                self._execute(cursor, statement, game_id=game_id, player_id=player_id)
        return player_id

    def board(self, game_id: str, player_id: str) -> str:
        """The game's board."""
        with self._connection, self._connection.cursor() as cursor:
            return self._read(cursor, game_id, player_id)

    def move(self, game_id: str, player_id: str, column: int) -> None:
        """Drops a disc; whose turn it is is the caller's business."""
        assert self.try_move(game_id, player_id, column)

    def try_move(self, game_id: str, player_id: str, column: int) -> bool:
        """Drops a disc, and says whether that changed the game."""
        with self._connection, self._connection.cursor() as cursor:
            before = self._read(cursor, game_id, player_id)
            after = board_codec.decode(before).play(column)
            self._execute(
                cursor,
                self._release.move,
                game_id=game_id,
                column=str(column),
                active=not after.is_over,
                winner=after.winner,
                active_player=after.player_to_move,
                board=board_codec.encode(after),
                board_before=before,
            )
            return cursor.rowcount == 1

    def _read(self, cursor: Cursor, game_id: str, player_id: str) -> str:
        self._execute(cursor, self._release.get, game_id=game_id, player_id=player_id)
        row = cursor.fetchone()
        assert row is not None
        board: str = row[[column.name for column in cursor.description or ()].index("board")]
        return board

    def _execute(self, cursor: Cursor, statement: str, **values: Any) -> None:
        if self._release.arrays:
            values = {name: [value] for name, value in values.items()}
        cursor.execute(statement, values)
