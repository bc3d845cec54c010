"""The tables, as the code of today sees them; the migrations bring a database there."""

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


class Base(DeclarativeBase):
    # PostgreSQL's own default names: databases exist whose constraints it named.
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
    """A game; `board` is what `board_codec` encodes, a draw is neither active nor has a winner.

    `moves` is what `moves_codec` encodes: as many as there are discs on the board, always.
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
    # A default of the database: servers from before the column existed go on inserting.
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Player(Base):
    """A seat in a game: number 1 is its creator's, 2 that of whoever joins."""

    __tablename__ = "player"
    __table_args__ = (UniqueConstraint("gameId", "number", name="_game_number_constraint"),)

    player_id: Mapped[str] = mapped_column("playerId", String(ID_LENGTH), primary_key=True)
    game_id: Mapped[str] = mapped_column("gameId", ForeignKey(Game.game_id))
    number: Mapped[int]
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
