"""Games to play, made at once in the database, and what is asked of the server about them."""

from __future__ import annotations

import hashlib
import itertools
import random
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2

from connect4_models import board_codec
from measuring.http_connection import bearer, get, post
from players.scripts import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterator

# All 42 moves, without a winner.
DRAW = next(script.columns for script in SCRIPTS if script.winner is None)


def game_id(kind: str, number: int) -> str:
    """The id of a game that `add_games` has made."""
    return _md5(f"{kind}{number}")


def player_id(kind: str, number: int, seat: int) -> str:
    """The secret of seat 1 or 2 of such a game."""
    return _md5(f"{seat}{kind}{number}")


def _md5(text: str) -> str:
    # As PostgreSQL has it, too; its digits are characters that an id may have.
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def add_games(
    database_url: str, kind: str, games: int, *, players: int = 2, begun: bool = False
) -> None:
    """That many games, from number 1 on, with so many players, and with a disc if it has BEGUN."""
    board, moves = ("1" + board_codec.EMPTY[1:], "0") if begun else (board_codec.EMPTY, "")
    with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(
            'INSERT INTO game ("gameId", active, "activePlayer", board, moves)'
            " SELECT md5(%s || number), true, %s, %s, %s FROM generate_series(1, %s) AS number",
            [kind, 2 if begun else 1, board, moves, games],
        )
        cursor.execute(
            'INSERT INTO player ("playerId", "gameId", number)'
            " SELECT md5(seat || %s || number), md5(%s || number), seat"
            " FROM generate_series(1, %s) AS number, generate_series(1, %s) AS seat",
            [kind, kind, games, players],
        )


def moves(kind: str, numbers: Iterator[int]) -> Iterator[bytes]:
    """A game after the other, every move of it; of NUMBERS each taker has its own."""
    for number in numbers:
        game = game_id(kind, number)
        headers = [bearer(player_id(kind, number, seat)) for seat in (1, 2)]
        for ply, column in enumerate(DRAW):
            yield move(game, ply, column, headers[ply % 2])


def move(game: str, ply: int, column: int, headers: str) -> bytes:
    """A move as the client makes it: counted, so that it may be sent again."""
    return post("/make_move", {"gameId": game, "column": column, "move": ply}, headers)


def reads(kind: str, games: int) -> Iterator[bytes]:
    """Any of the games, as a player, again and again."""
    while True:
        number = random.randint(1, games)  # noqa: S311
        yield get(f"/get_game?gameId={game_id(kind, number)}", bearer(player_id(kind, number, 1)))


def new_games() -> Iterator[bytes]:
    """A game after the other."""
    return itertools.repeat(post("/create_game", {}))


def joins(kind: str, numbers: Iterator[int]) -> Iterator[bytes]:
    """The second seat of a game after the other; of NUMBERS each taker has its own."""
    return (post("/join_game", {"gameId": game_id(kind, number)}) for number in numbers)
