"""Two people play a series: another game is offered, accepted, and begins for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser import pages
from browser.games import BOTTOM_ROW_WIN, play_online, start_online
from browser.pages import GamePage
from connect4_models.rules import Position

if TYPE_CHECKING:
    from browser.visitors import Visitors

WAITING = "You want to play again. Waiting for the answer…"
WANTED = "Red wants to play again."


@pytest.fixture
def finished(visitors: Visitors) -> tuple[GamePage, GamePage]:
    """A game that its first player has won."""
    game = start_online(visitors)
    play_online(game, BOTTOM_ROW_WIN)
    return game


def expect_the_next_game(first: GamePage, second: GamePage, link: str) -> None:
    """Waits until both are in one next game, in which the other side begins, and plays a bit."""
    expect(second.status).to_have_text(pages.YOUR_TURN)
    expect(first.status).to_have_text(pages.wait_for(1))
    assert first.page.url == second.page.url != link
    play_online((second, first), [4, 4])


def test_both_land_in_one_next_game_with_the_score_so_far(
    finished: tuple[GamePage, GamePage],
) -> None:
    first, second = finished
    link = first.page.url

    first.play_again.click()

    expect(first.page.get_by_text(WAITING)).to_be_visible()
    expect(second.page.get_by_text(WANTED)).to_be_visible()
    second.play_again.click()
    expect_the_next_game(first, second, link)
    expect(first.players).to_have_text(["Your friendRed00 wins", "YouYellow11 win"])
    expect(second.players).to_have_text(["YouRed00 wins", "Your friendYellow11 win"])

    first.page.go_back()
    expect(first.status).to_have_text(pages.YOU_WON)
    assert first.page.url == link
    first.next_game.click()
    play_online((second, first), [3], Position().play(3).play(3))


def test_both_want_another_at_once(finished: tuple[GamePage, GamePage]) -> None:
    link = finished[0].page.url

    for game in finished:
        # No waiting for what the page makes of it.
        game.play_again.dispatch_event("click")

    expect_the_next_game(*finished, link)


def test_an_offer_survives_a_reload_of_both(finished: tuple[GamePage, GamePage]) -> None:
    first, second = finished
    link = first.page.url
    first.play_again.click()
    expect(second.page.get_by_text(WANTED)).to_be_visible()

    for game in finished:
        game.page.reload()

    expect(first.page.get_by_text(WAITING)).to_be_visible()
    second.play_again.click()
    expect_the_next_game(first, second, link)


def test_watchers_are_taken_along(
    finished: tuple[GamePage, GamePage], visitors: Visitors
) -> None:
    first, second = finished
    third = GamePage(visitors.arrive(first.page.url))
    expect(third.status).to_have_text(pages.win_of(1))

    first.play_again.click()
    expect(third.page.get_by_text(WANTED)).to_be_visible()
    second.play_again.click()

    expect(third.status).to_have_text(pages.turn_of(1))
    assert third.page.url == first.page.url
    expect(third.spoken).to_contain_text("Game 2 of the series.")
