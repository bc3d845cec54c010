"""The tables of this version of the code; the migrations bring a database to them."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    MetaData,
    String,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from connect4_models.rules import COLUMNS, ROWS

ID_LENGTH = 32
"""The characters of a game's and of a player's id."""


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
    `active` until it is won or drawn; `winner` is 1, 2, or NULL for a draw or while it is active.
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
    moves: Mapped[str] = mapped_column(String(COLUMNS * ROWS), server_default="")
    # A server default, since older servers insert games without it.
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Player(Base):
    """A player in one game: `number` 1 created it, 2 joined it."""

    __tablename__ = "player"
    __table_args__ = (UniqueConstraint("gameId", "number", name="_game_number_constraint"),)

    player_id: Mapped[str] = mapped_column("playerId", String(ID_LENGTH), primary_key=True)
    game_id: Mapped[str] = mapped_column("gameId", ForeignKey(Game.game_id))
    number: Mapped[int]
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
