"""The start page lists the games of a browser, and how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser import pages
from browser.games import BOTTOM_ROW_WIN, play_online, start_online
from browser.pages import GamePage, StartPage

if TYPE_CHECKING:
    from browser.visitors import Visitors

WEEKS_AHEAD = "2030-01-01T12:00:00Z"
NO_NETWORK = "ERR_INTERNET_DISCONNECTED"


def test_a_game_says_how_it_stands_after_a_move_that_was_not_seen(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    position = play_online((first, second), [4])
    first.page.goto("/")
    start = StartPage(first.page)
    expect(start.games).to_have_count(1)
    expect(start.games.first).to_contain_text(pages.turn_of(2))

    second.column(4).click()
    second.expect_position(position.play(3))
    first.page.goto("/")
    expect(start.games.first).to_contain_text(pages.YOUR_TURN)
    start.games.first.get_by_role("button").first.click()
    first.expect_position(position.play(3))


def test_a_finished_game_stays_and_is_removed_by_its_player_alone(visitors: Visitors) -> None:
    game = start_online(visitors)
    play_online(game, BOTTOM_ROW_WIN)
    expect(game[0].status).to_have_text(pages.YOU_WON)
    page = game[0].page
    page.goto("/")
    start = StartPage(page)
    expect(start.games.first).to_contain_text(pages.YOU_WON)

    start.games.first.get_by_role("button", name="Remove the game").click()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(start.games.first).to_contain_text(pages.YOU_WON)
    start.games.first.get_by_role("button", name="Remove the game").click()
    page.reload()
    expect(start.new_online_game).to_be_visible()
    expect(start.games).to_have_count(0)


def test_a_clock_that_is_ahead_hides_no_game(visitors: Visitors) -> None:
    page = visitors.arrive()
    page.clock.set_fixed_time(WEEKS_AHEAD)
    StartPage(page).new_online_game.click()
    GamePage(page).shared_link()

    page.goto("/")

    expect(StartPage(page).games).to_have_count(1)


def test_offline_the_list_shows_what_was_known_last(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    play_online((first, second), [4])
    visitors.expect_console_error(NO_NETWORK)
    page = first.page
    page.context.set_offline(True)
    page.get_by_role("link", name="Connect 4").click()

    expect(StartPage(page).games.first).to_contain_text(pages.turn_of(2))
