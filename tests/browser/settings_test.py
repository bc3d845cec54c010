"""What people set once, and keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser.games import EMPTY
from browser.pages import GamePage, SettingsDialog, StartPage

if TYPE_CHECKING:
    from browser.visitors import Visitors


def test_the_keys_1_to_7_are_switched_off_on_the_start_page_and_on_in_a_game(
    visitors: Visitors,
) -> None:
    page = visitors.arrive()
    settings = SettingsDialog(page)
    settings.open.click()
    settings.number_keys.uncheck()
    settings.close.click()
    StartPage(page).new_local_game.click()
    page.reload()

    game = GamePage(page)
    game.column(4).focus()
    page.keyboard.press("4")
    game.expect_position(EMPTY)

    settings.open.click()
    expect(settings.number_keys).not_to_be_checked()
    settings.number_keys.check()
    page.keyboard.press("4")
    page.keyboard.press("Escape")
    game.expect_position(EMPTY)
    page.keyboard.press("4")
    game.expect_position(EMPTY.play(3))


def test_a_setting_holds_in_all_tabs(visitors: Visitors) -> None:
    page = visitors.arrive()
    other = page.context.new_page()
    other.goto(page.url)
    settings = SettingsDialog(page)
    settings.open.click()
    settings.language.select_option("Deutsch")
    expect(other.get_by_role("heading", level=1)).to_have_text("Vier gewinnt")
