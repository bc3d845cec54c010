"""Games that end before their end: somebody resigns, both agree on a draw, or one is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser import pages
from browser.games import play_online, start_online
from browser.pages import GamePage

if TYPE_CHECKING:
    from browser.visitors import Visitors


def test_who_resigns_is_asked_once_more(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    play_online((first, second), [4])

    first.resign.click()
    first.dialog.get_by_role("button", name="Cancel").click()
    expect(first.resign).to_be_focused()
    expect(first.status).to_have_text(pages.wait_for(2))
    first.resign.click()
    first.dialog.get_by_role("button", name="Resign").click()

    expect(first.status).to_have_text("You resigned.")
    expect(first.page.get_by_role("main")).to_be_focused()
    expect(second.status).to_have_text("Red resigned. You won!")
    expect(second.spoken).to_contain_text("Red resigned. You won!")
    for game in (first, second):
        game.expect_no_move_possible()
        game.page.reload()
    expect(first.status).to_have_text("You resigned.")
    expect(GamePage(visitors.arrive(first.page.url)).status).to_have_text(
        "Red resigned. Yellow wins!"
    )


def test_a_draw_is_offered_declined_and_agreed_on(visitors: Visitors) -> None:
    first, second = start_online(visitors)

    first.offer_draw.click()
    expect(first.page.get_by_text("You offer a draw.")).to_be_visible()
    expect(second.page.get_by_text("Red offers a draw.")).to_be_visible()
    second.decline.click()
    expect(first.page.get_by_text("You offer a draw.")).to_be_hidden()
    second.offer_draw.click()
    first.accept.click()

    for game in (first, second):
        expect(game.status).to_have_text("You agreed on a draw.")
        game.expect_no_move_possible()


def test_an_offer_is_over_when_the_other_moves(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    second.offer_draw.click()
    expect(first.accept).to_be_visible()

    play_online((first, second), [4])

    expect(first.accept).to_be_hidden()
    expect(second.offer_draw).to_be_visible()


def test_a_player_who_closes_the_page_is_away_and_then_back(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    play_online((first, second), [4])
    link = second.page.url
    second.page.close()

    expect(first.page.get_by_text("Yellow is away.")).to_be_visible()
    expect(first.players.nth(1)).to_contain_text("away")

    second.page.context.new_page().goto(link)
    expect(first.page.get_by_text("Yellow is away.")).to_be_hidden()
