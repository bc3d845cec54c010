"""The site in the languages that it speaks: which one, and whether their words fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from browser.pages import SettingsDialog, StartPage, expect_no_sideways_scrolling

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

    from browser.visitors import Visitors

# The name of the game, by which a page tells its language.
NAMES = {"en-GB": "Connect 4", "de-AT": "Vier gewinnt", "is-IS": "Fjórir í röð"}
# A start, a choice, a game that can be played, and none.
ADDRESSES = ("/", "/?computer", "/?local", "/?game=none")
NARROW: ViewportSize = {"width": 320, "height": 640}


def name(page: Page, locale: str) -> None:
    """Waits until the page speaks a language, to people and to machines."""
    expect(page.get_by_role("heading", level=1)).to_have_text(NAMES[locale])
    expect(page.locator("html")).to_have_attribute("lang", locale[:2])


@pytest.mark.parametrize("locale", NAMES)
def test_the_browsers_language_is_spoken(visitors: Visitors, locale: str) -> None:
    page = visitors.arrive(locale=locale)
    name(page, locale)
    expect(page).to_have_title(NAMES[locale])


def test_another_language_is_chosen_and_remembered(visitors: Visitors) -> None:
    page = visitors.arrive()
    StartPage(page).language.select_option("Deutsch")
    name(page, "de-AT")
    page.reload()
    name(page, "de-AT")

    page.get_by_role("combobox", name="Sprache").select_option("English")
    name(page, "en-GB")


def test_the_language_changes_in_the_midst_of_a_game(visitors: Visitors) -> None:
    page = visitors.arrive("/?local")
    expect(page.get_by_role("heading", level=2)).to_be_visible()
    page.keyboard.press("4")
    settings = SettingsDialog(page)
    settings.open.click()
    settings.language.select_option("Íslenska")
    page.get_by_role("button", name="Loka").click()

    expect(page.get_by_role("heading", level=2)).to_have_text("Gulur á leik")
    expect(page).to_have_title("Gulur á leik – Fjórir í röð")  # noqa: RUF001 - a dash
    expect(page.get_by_role("button", name="Dálkur 4, neðan frá: rauð")).to_be_visible()


def test_nothing_is_said_in_a_wrong_language_before_the_scripts_run(visitors: Visitors) -> None:
    page = visitors.arrive()
    StartPage(page).language.select_option("Deutsch")
    german = visitors.arrive(locale="de-AT")
    english = visitors.arrive()
    visitors.expect_console_error("ERR_FAILED")
    for visitor, locale in ((page, "de-AT"), (german, "de-AT"), (english, "en-GB")):
        name(visitor, locale)
        visitor.context.route("**/*.js", lambda route: route.abort())
        visitor.reload()

    expect(english.get_by_role("heading", level=1, include_hidden=True)).to_be_visible()
    for visitor in (page, german):
        expect(visitor.get_by_role("heading", level=1, include_hidden=True)).to_be_hidden()


@pytest.mark.parametrize("locale", NAMES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_words_fit_on_the_narrowest_screen(visitors: Visitors, locale: str, address: str) -> None:
    page = visitors.arrive(address, locale=locale, viewport=NARROW, reduced_motion="reduce")
    name(page, locale)
    expect_no_sideways_scrolling(page)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
