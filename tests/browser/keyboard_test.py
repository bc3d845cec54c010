"""Whole games by people who use no mouse, and hear what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser import pages
from browser.games import BOTTOM_ROW_LINE, BOTTOM_ROW_WIN
from browser.pages import GamePage, StartPage
from connect4_models.rules import Position

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from browser.visitors import Visitors

# More stops than any screen has.
MANY_TABS = 30


def tab_to(target: Locator) -> None:
    """Presses Tab until the focus is on a control."""
    for _ in range(MANY_TABS):
        if target.evaluate("control => control === document.activeElement"):
            break
        target.page.keyboard.press("Tab")
    expect(target).to_be_focused()


def press(target: Locator, key: str) -> None:
    """Goes to a control with Tab, then presses a key there."""
    tab_to(target)
    target.page.keyboard.press(key)


def test_a_local_game_with_tab_arrows_enter_and_space(visitors: Visitors) -> None:
    page = visitors.arrive()
    press(StartPage(page).new_local_game, "Enter")
    game = GamePage(page)
    focused = 4
    tab_to(game.column(focused))
    position = Position()

    for ply, number in enumerate(BOTTOM_ROW_WIN):
        arrow = "ArrowRight" if number > focused else "ArrowLeft"
        for _ in range(abs(number - focused)):
            page.keyboard.press(arrow)
        focused = number
        expect(game.column(focused)).to_be_focused()
        page.keyboard.press("Space" if ply % 2 else "Enter")
        position = position.play(number - 1)
        game.expect_position(position)

    expect(game.status).to_have_text(pages.win_of(1))
    press(game.play_again, "Enter")
    game.expect_position(Position())


def test_an_online_game_with_the_keys_1_to_7(visitors: Visitors) -> None:
    page = visitors.arrive()
    press(StartPage(page).new_online_game, "Enter")
    first = GamePage(page)
    link = first.shared_link()
    friend = visitors.arrive()
    start = StartPage(friend)
    tab_to(start.game_to_join)
    friend.keyboard.insert_text(link)
    friend.keyboard.press("Enter")
    second = GamePage(friend)
    press(second.play, "Enter")
    position = Position()

    for number in BOTTOM_ROW_WIN:
        mover, other = (first, second) if position.player_to_move == 1 else (second, first)
        expect(mover.status).to_have_text(pages.YOUR_TURN)
        colour = pages.COLOURS[position.player_to_move]
        mover.page.keyboard.press(str(number))
        position = position.play(number - 1)
        mover.expect_position(position)
        expect(other.spoken).to_contain_text(f"{colour} played column {number}.")

    expect(first.spoken).to_contain_text(pages.YOU_WON)
    expect(second.spoken).to_contain_text(pages.YOU_LOST)
    first.expect_winning_line(BOTTOM_ROW_LINE)
