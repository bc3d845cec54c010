"""A page that nobody looks at hears of moves and calls its player; and what is lost is noticed."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser import pages
from browser.games import play_locally, play_online, start_online
from browser.pages import GamePage, StartPage
from connect4_models.rules import Position

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.visitors import Visitors

NO_NETWORK = "ERR_INTERNET_DISCONNECTED"
WINDOWS = 7
"""More than the six connections that a browser has for a server without HTTP/2."""


def hide(page: Page) -> None:
    """Puts the page's window out of sight."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    window = session.send("Browser.getWindowForTarget")["windowId"]
    session.send("Browser.setWindowBounds", {"windowId": window, "bounds": {"windowState": "minimized"}})
    page.wait_for_function("document.hidden")


def test_a_hidden_tab_says_by_title_and_icon_that_it_is_the_players_turn(
    visitors: Visitors,
) -> None:
    first, second = start_online(visitors)
    play_online((first, second), [4])
    hide(first.page)
    second.column(4).click()

    expect(first.page).to_have_title("● Your turn – Connect 4")
    icon = first.page.locator('link[rel="icon"]')
    expect(icon).to_have_attribute("href", re.compile("icon-your-turn.svg$"))
