"""The smallest phones that people still have: 360 by 640 pixels, and a thumb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser.games import play_online, start_online
from browser.pages import GamePage, StartPage, expect_no_sideways_scrolling
from connect4_models.rules import COLUMNS

if TYPE_CHECKING:
    from browser.visitors import Device, Visitors

PHONE: Device = {"viewport": {"width": 360, "height": 640}, "has_touch": True}
# The size of a target in pixels, WCAG 2.2, success criterion 2.5.5.
THUMB = 44


def test_no_screen_scrolls_sideways(visitors: Visitors) -> None:
    page = visitors.arrive(**PHONE)
    expect(StartPage(page).new_online_game).to_be_visible()
    expect_no_sideways_scrolling(page)

    StartPage(page).new_online_game.click()
    link = GamePage(page).shared_link()
    expect_no_sideways_scrolling(page)

    friend = GamePage(visitors.arrive(link, **PHONE))
    expect(friend.play).to_be_visible()
    expect_no_sideways_scrolling(friend.page)


def test_a_thumb_hits_every_column_of_a_board_that_is_wholly_in_sight(visitors: Visitors) -> None:
    first, second = start_online(visitors, **PHONE)

    for game in (first, second):
        expect(game.board).to_be_in_viewport(ratio=1)
        for number in range(1, COLUMNS + 1):
            box = game.column(number).bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= THUMB

    play_online((first, second), range(1, COLUMNS + 1), touch=True)
    expect_no_sideways_scrolling(first.page)
