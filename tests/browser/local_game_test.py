"""Two people at one screen play without the server's help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser import pages
from browser.games import BOTTOM_ROW_LINE, BOTTOM_ROW_WIN, DRAW, play_locally
from browser.pages import GamePage, StartPage
from connect4_models.rules import Position

if TYPE_CHECKING:
    from browser.visitors import Visitors


def start(visitors: Visitors) -> GamePage:
    page = visitors.arrive()
    StartPage(page).new_local_game.click()
    return GamePage(page)


def test_a_game_is_played_to_a_draw(visitors: Visitors) -> None:
    game = start(visitors)

    position = play_locally(game, DRAW)

    assert position.is_draw
    expect(game.status).to_have_text(pages.DRAW)
    game.expect_winning_line(())
    game.expect_no_move_possible()


def test_a_game_is_won_and_another_begins(visitors: Visitors) -> None:
    game = start(visitors)
    play_locally(game, BOTTOM_ROW_WIN)
    expect(game.status).to_have_text(pages.win_of(1))
    game.expect_winning_line(BOTTOM_ROW_LINE)

    game.play_again.click()

    game.expect_position(Position())
    game.expect_winning_line(())
    play_locally(game, [4, 4])


def test_a_full_column_takes_no_more(visitors: Visitors) -> None:
    game = start(visitors)

    position = play_locally(game, [4] * 6)

    expect(game.column(4)).to_be_disabled()
    game.expect_position(position)


def test_a_reload_keeps_the_board(visitors: Visitors) -> None:
    game = start(visitors)
    position = play_locally(game, [4, 4, 3])

    game.page.reload()

    game.expect_position(position)
    expect(game.status).to_have_text(pages.turn_of(2))
