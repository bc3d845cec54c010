"""Games that the tests play: their moves, counting columns from 1 as the screen does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from playwright.sync_api import expect

from browser.pages import YOUR_TURN, GamePage, StartPage, turn_of, wait_for
from connect4_models.rules import Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from browser.visitors import Device, Visitors

EMPTY = Position()

# The first player connects columns 1 to 4 of the bottom row with the seventh disc.
BOTTOM_ROW_WIN = (1, 1, 2, 2, 3, 3, 4)
BOTTOM_ROW_LINE = ((0, 0), (1, 0), (2, 0), (3, 0))

# The first player wins with the last move, on a diagonal.
FAIR_FIGHT = (4, 4, 2, 3, 3, 2, 4, 5, 1, 2, 4, 5, 3, 4, 1, 2, 2, 2, 6, 4, 6, 3, 3, 5, 5)

_ROW = (2, 3, 1, 4, 7, 5, 6)
# Row by row, there and back: fills the board and connects nothing.
DRAW = (*_ROW, *reversed(_ROW)) * 3


def start_online(visitors: Visitors, **device: Unpack[Device]) -> tuple[GamePage, GamePage]:
    """A game that one visitor made and another joined by its link; the creator's page first."""
    creator = visitors.arrive(**device)
    StartPage(creator).new_online_game.click()
    first = GamePage(creator)
    return first, join(visitors, first, **device)


def join(visitors: Visitors, first: GamePage, **device: Unpack[Device]) -> GamePage:
    """Somebody new opens a game's link and plays."""
    second = GamePage(visitors.arrive(first.shared_link(), **device))
    second.play.click()
    return second


def play_online(
    pages: tuple[GamePage, GamePage],
    columns: Iterable[int],
    position: Position = EMPTY,
    *,
    touch: bool = False,
) -> Position:
    """Plays moves from a position on, each on the page of the player whose turn it is.

    Before each move that page says so and the other that it must wait; after it both show the disc.
    Returns the position in the end.
    """
    for column in columns:
        mover, other = pages if position.player_to_move == 1 else pages[::-1]
        expect(mover.status).to_have_text(YOUR_TURN)
        expect(other.status).to_have_text(wait_for(position.player_to_move))
        target = mover.column(column)
        target.tap() if touch else target.click()
        position = position.play(column - 1)
        for page in pages:
            page.expect_position(position)
    return position


def play_locally(page: GamePage, columns: Iterable[int]) -> Position:
    """Plays moves on one page from the empty board on; returns the position in the end."""
    position = Position()
    for column in columns:
        expect(page.status).to_have_text(turn_of(position.player_to_move))
        page.column(column).click()
        position = position.play(column - 1)
        page.expect_position(position)
    return position
