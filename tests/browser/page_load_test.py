"""The measurement of how soon the page can be played."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.page_load import measure

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_slow_phone_sees_the_page_and_can_play(browser: Browser, site_url: str) -> None:
    load = measure(browser, site_url)
    # A request alone takes half a second.
    assert load.start_page_seen > 0.5
    assert load.board_playable > 1
