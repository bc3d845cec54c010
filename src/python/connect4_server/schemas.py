"""The schemas of requests and responses, for validation and for the OpenAPI document."""

from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from connect4_models.rules import COLUMNS, ROWS
from connect4_models.schema import NAME_LENGTH
from connect4_server.player_names import player_name

_EXAMPLE_GAME = "Zk3vQ8bYt1LxN5cRw7HdJ2mPf9SgAe4U"
_EXAMPLE_PLAYER = "a7Xr2Kq9Lm4Tz8Wc1Vb6Yn3Dj5Gh0FsE"

Token = Annotated[str, Field(pattern="^[a-zA-Z0-9]{32}$")]
Number = Literal[1, 2]
Name = Annotated[
    str,
    AfterValidator(player_name),
    Field(min_length=1, max_length=NAME_LENGTH, examples=["Ada"]),
]
First = Literal["creator", "joiner"]
BoardColumn = Annotated[list[Literal[0, 1, 2]], Field(min_length=ROWS, max_length=ROWS)]

# A default by a factory is not in the document, and so clients' types let them leave the field out.
# This one is never used: `model_fields_set` says whether the request has the field.
_SECRET: str = Field(
    default_factory=str, description="The player's secret.", examples=[_EXAMPLE_PLAYER]
)


class CreateGame(BaseModel):
    """What the creator of a game may choose."""

    model_config = ConfigDict(strict=True)

    name: Name | None = Field(
        default_factory=lambda: None, description="What the creator is called."
    )
    first: First = Field(
        default_factory=lambda: "creator",
        description="Who begins, and so is player 1; the creator by default. If it is the joiner,"
        " the creator is player 1 until somebody joins, and 2 afterwards.",
    )
    opening: Literal["empty", "balanced"] = Field(
        default_factory=lambda: "empty",
        description="What the game begins from: the empty board (the default), or one of the"
        " positions after four moves that are draws if both play perfectly, chosen at random.",
    )


class JoinGame(BaseModel):
    """A request to take the second seat of a game."""

    model_config = ConfigDict(strict=True)

    gameId: str = Field(examples=[_EXAMPLE_GAME])  # noqa: N815
    newPlayerId: Token | None = Field(  # noqa: N815
        default=None,
        description="The secret that the seat is to have, from a cryptographic source. It is an"
        " idempotency key: with it a join can be sent again after a lost response, and takes one"
        " seat. Without it the server chooses one.",
        examples=[_EXAMPLE_PLAYER],
    )
    name: Name | None = Field(
        default_factory=lambda: None, description="What the player is called."
    )


class Seat(BaseModel):
    """A player of a game. `playerId` may be left out if the `Authorization` header has it."""

    # The document lists `playerId` as required; clients that send the header may leave it out.
    model_config = ConfigDict(strict=True, json_schema_extra={"required": ["gameId", "playerId"]})

    gameId: str = Field(examples=[_EXAMPLE_GAME])  # noqa: N815
    playerId: str = _SECRET  # noqa: N815


class MakeMove(Seat):
    """A move. `playerId` may be left out if the `Authorization` header has it."""

    model_config = ConfigDict(json_schema_extra={"required": ["gameId", "playerId", "column"]})

    column: int = Field(ge=0, lt=COLUMNS, description="From the left.", examples=[3])
    move: int | None = Field(
        default=None,
        ge=0,
        description="The number of moves played before this one: the length of `moves`. It is an"
        " idempotency key: with it a move can be sent again after a lost response, and counts"
        " once.",
        examples=[0],
    )


class GetGame(BaseModel):
    """The query of a request to read a game."""

    gameId: str  # noqa: N815
    playerId: str = _SECRET  # noqa: N815


class WatchGame(GetGame):
    """The query of a request to watch a game."""

    stay: bool = False
    keepalive: int | None = Field(default=None, ge=2, le=15)


class Series(BaseModel):
    """How the series stood before this game."""

    wins: Annotated[list[Annotated[int, Field(ge=0)]], Field(min_length=2, max_length=2)] = Field(
        description="The wins of the present players 1 and 2."
    )
    draws: int = Field(ge=0)


class Game(BaseModel):
    """A game as the caller sees it."""

    gameId: Token = Field(  # noqa: N815
        description="Public: whoever has it may join.", examples=[_EXAMPLE_GAME]
    )
    playerId: Token = Field(  # noqa: N815
        description="The caller's own secret.", examples=[_EXAMPLE_PLAYER]
    )
    playerNumber: Number = Field(  # noqa: N815
        description="1 begins. If that is to be the joiner, the creator is 1 until somebody joins,"
        " and 2 afterwards."
    )
    playerCount: Number  # noqa: N815
    active: bool = Field(description="True until the game ends.")
    activePlayer: Number = Field(  # noqa: N815
        description="Whose turn it is. It flips after every move, the last one too."
    )
    winner: Number | None = Field(description="A draw is not active and has no winner.")
    board: Annotated[list[BoardColumn], Field(min_length=COLUMNS, max_length=COLUMNS)] = Field(
        description="board[x][y]: column x from the left, row y from the bottom; 0 is empty."
    )
    moves: Annotated[
        list[Annotated[int, Field(ge=0, lt=COLUMNS)] | None], Field(max_length=COLUMNS * ROWS)
    ] = Field(
        description="The columns played, in order, as many as discs on the board. Null is an"
        " unknown column, in games that are older than the recording of moves.",
        examples=[[3, 3, 4]],
    )
    created: AwareDatetime = Field(examples=["2026-11-23T10:15:30.123456Z"])
    version: int = Field(
        ge=1,
        description="It rises with every change: `playerCount` plus the number of moves plus the"
        " number of other changes.",
    )
    ending: Literal["connected", "full", "resigned", "agreed", "abandoned"] | None = Field(
        description="How the game ended: four in line, a full board, a resignation, an agreed"
        " draw, or because a player was gone. Null while it is active."
    )
    names: Annotated[list[Name | None], Field(min_length=2, max_length=2)] = Field(
        description="What players 1 and 2 are called; null if they gave no name."
    )
    opening: int = Field(
        ge=0,
        le=COLUMNS * ROWS,
        description="How many of `moves` were given at the start: 0, or 4.",
        examples=[0],
    )
    firstPlayer: First = Field(description="Who was chosen to begin.")  # noqa: N815
    drawOfferedBy: Number | None = Field(  # noqa: N815
        description="Who offers a draw. An offer stands until the other player moves, accepts or"
        " declines."
    )
    rematchOfferedBy: Number | None = Field(  # noqa: N815
        description="Who wants another game after this one, until both do."
    )
    nextGameId: Token | None = Field(  # noqa: N815
        description="The next game of the series, once both players are in it."
    )
    previousGameId: Token | None = Field(  # noqa: N815
        description="The game of the series before this one."
    )
    series: Series


class WatchedGame(Game):
    """The data of an event: a game as a player or a spectator sees it."""

    playerId: Token | None = Field(  # type: ignore[assignment]  # noqa: N815
        description="The watching player's own secret; null for a spectator.",
        examples=[_EXAMPLE_PLAYER],
    )
    playerNumber: Number | None = Field(  # type: ignore[assignment]  # noqa: N815
        description="1 begins; null for a spectator."
    )


class Presence(BaseModel):
    """The data of an event `presence`: who is there."""

    players: Annotated[list[bool | None], Field(min_length=2, max_length=2)] = Field(
        description="Whether players 1 and 2 are there: they have a stream at some server, or have"
        " asked or moved in the last 45 s. Null is not known."
    )
    gone: Annotated[list[Annotated[int, Field(ge=0)] | None], Field(min_length=2, max_length=2)] = (
        Field(
            description="For how many seconds a player who had a stream is gone; if that is less,"
            " since when nobody has moved. Null is not gone, or not known.",
            examples=[[None, 12]],
        )
    )
    watchers: int = Field(ge=0, description="How many spectators have a stream, at all servers.")


class Error(BaseModel):
    """What went wrong."""

    error: str = Field(examples=["Game not found"])


class StaleMoveAnswer(Error):  # noqa: N818 - a schema
    """`game` is the current state, if the move was for another number of moves."""

    game: Game | None = Field(default_factory=lambda: None)
