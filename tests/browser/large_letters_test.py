"""Letters of twice the size on a small phone, as people with weak eyes set them in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.pages import GamePage, StartPage, expect_no_sideways_scrolling

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.visitors import Visitors

LOCALES = ("en-GB", "de-DE", "is-IS")
PIXELS = 32


def arrive(visitors: Visitors, address: str, locale: str = "en-GB") -> Page:
    page = visitors.arrive(
        address, locale=locale, viewport={"width": 360, "height": 640}, reduced_motion="reduce"
    )
    page.context.new_cdp_session(page).send(
        "Page.setFontSizes", {"fontSizes": {"standard": PIXELS}}
    )
    expect(page.locator("html")).to_have_css("font-size", f"{PIXELS}px")
    return page


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("address", ["/", "/?computer", "/?local", "/?game=none"])
def test_no_screen_scrolls_sideways(visitors: Visitors, address: str, locale: str) -> None:
    page = arrive(visitors, address, locale)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect_no_sideways_scrolling(page)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_whole_board_is_in_sight(visitors: Visitors, locale: str) -> None:
    page = arrive(visitors, "/?local", locale)
    expect(page.get_by_role("group").first).to_be_in_viewport(ratio=1)

    page.keyboard.press("4")
    expect(page.get_by_role("slider")).to_be_visible()
    expect_no_sideways_scrolling(page)


def test_a_friend_is_invited_and_joins(visitors: Visitors) -> None:
    first = arrive(visitors, "/")
    StartPage(first).new_online_game.click()
    link = GamePage(first).shared_link()
    expect_no_sideways_scrolling(first)

    second = arrive(visitors, link)
    expect(GamePage(second).play).to_be_visible()
    expect_no_sideways_scrolling(second)
    GamePage(second).play.click()
    for page in (first, second):
        expect(GamePage(page).resign).to_be_visible()
        expect(GamePage(page).board).to_be_in_viewport(ratio=1)
        expect_no_sideways_scrolling(page)
