"""The tables of this version of the code; the migrations bring a database to them."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    MetaData,
    String,
    UniqueConstraint,
    false,
    func,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from connect4_models.rules import COLUMNS, ROWS

ID_LENGTH = 32
"""The characters of a game's and of a player's id."""
NAME_LENGTH = 20
"""The most characters of a player's name."""
_ENDING_LENGTH = 9


class Base(DeclarativeBase):
    """What all models have in common: the names of constraints and indexes.

    They are PostgreSQL's default names, since in databases in use it chose them:
    https://www.postgresql.org/docs/current/sql-createtable.html
    """

    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ck": "%(table_name)s_%(constraint_name)s_check",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        }
    )


class Game(Base):
    """A game.

    `board` is what `board_codec` encodes, `moves` what `moves_codec` encodes; there are always as
    many moves as discs on the board. `active_player`, 1 or 2, is whose turn it is. A game is
    `active` until it ends; `winner` is 1, 2, or NULL for a draw or while it is active. `ending` is
    how it ended, where the board does not tell: "resigned", "agreed" or "abandoned".

    `changes` counts the changes that are neither a join nor a move. `opening` is how many of the
    moves were given at the start. With `joiner_begins` the joiner gets number 1.

    `moved` is when the last move was made; NULL before the first one. Servers of the release before
    do not set it.

    The offer of a draw by player `draw_offered_by` was made after `draw_offered_ply` moves.
    `rematch_offered_by` is the only player in the game `next_game_id`; NULL when both are. The
    series counts the games before this one: wins of the present players 1 and 2, and draws.
    """

    __tablename__ = "game"
    __table_args__ = (
        CheckConstraint(
            "moves IS NOT NULL AND length(moves) = length(replace(board, '0', ''))", name="moves"
        ),
    )

    game_id: Mapped[str] = mapped_column("gameId", String(ID_LENGTH), primary_key=True)
    active: Mapped[bool]
    winner: Mapped[int | None]
    active_player: Mapped[int] = mapped_column("activePlayer")
    board: Mapped[str] = mapped_column(String(COLUMNS * ROWS))
    # Server defaults, since older servers insert games without these.
    moves: Mapped[str] = mapped_column(String(COLUMNS * ROWS), server_default="")
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    changes: Mapped[int] = mapped_column(server_default="0")
    ending: Mapped[str | None] = mapped_column(String(_ENDING_LENGTH))
    opening: Mapped[int] = mapped_column(server_default="0")
    joiner_begins: Mapped[bool] = mapped_column("joinerBegins", server_default=false())
    draw_offered_by: Mapped[int | None] = mapped_column("drawOfferedBy")
    draw_offered_ply: Mapped[int | None] = mapped_column("drawOfferedPly")
    rematch_offered_by: Mapped[int | None] = mapped_column("rematchOfferedBy")
    next_game_id: Mapped[str | None] = mapped_column("nextGameId", String(ID_LENGTH))
    previous_game_id: Mapped[str | None] = mapped_column("previousGameId", String(ID_LENGTH))
    series_wins_1: Mapped[int] = mapped_column("seriesWins1", server_default="0")
    series_wins_2: Mapped[int] = mapped_column("seriesWins2", server_default="0")
    series_draws: Mapped[int] = mapped_column("seriesDraws", server_default="0")
    moved: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Player(Base):
    """A player in one game: `number` 1 begins. `name` is what the player is called, if anything.

    `stream_lease` is until when they count as there, because a server has a stream of theirs; the
    server extends it, or ends it when the stream has ended. NULL if no server knows of a stream.
    `asked` is when they last asked for the game, while they had no stream.
    """

    __tablename__ = "player"
    __table_args__ = (UniqueConstraint("gameId", "number", name="_game_number_constraint"),)

    player_id: Mapped[str] = mapped_column("playerId", String(ID_LENGTH), primary_key=True)
    game_id: Mapped[str] = mapped_column("gameId", ForeignKey(Game.game_id))
    number: Mapped[int]
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    name: Mapped[str | None] = mapped_column(String(NAME_LENGTH))
    stream_lease: Mapped[datetime | None] = mapped_column("streamLease", DateTime(timezone=True))
    asked: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Spectators(Base):
    """How many spectators of a game have a stream at one server process, until `lease`."""

    __tablename__ = "spectators"
    # The servers write it anew after a crash of the database.
    __table_args__ = {"prefixes": ["UNLOGGED"]}  # noqa: RUF012

    game_id: Mapped[str] = mapped_column("gameId", String(ID_LENGTH), primary_key=True)
    worker_id: Mapped[str] = mapped_column("workerId", String(ID_LENGTH), primary_key=True)
    number: Mapped[int]
    lease: Mapped[datetime] = mapped_column(DateTime(timezone=True))
