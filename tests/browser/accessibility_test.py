"""axe finds nothing to complain about on any screen, in either colour scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from browser import pages
from browser.games import BOTTOM_ROW_WIN, play_locally, play_online, start_online
from browser.pages import (
    AnalysisPanel,
    ComputerGamePage,
    GamePage,
    ReplayPanel,
    SettingsDialog,
    StartPage,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.visitors import Visitors

pytestmark = pytest.mark.parametrize("color_scheme", ["light", "dark"])


def expect_accessible(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_start_and_waiting_screens(
    color_scheme: Literal["light", "dark"], visitors: Visitors
) -> None:
    page = visitors.arrive(color_scheme=color_scheme, reduced_motion="reduce")
    expect(StartPage(page).new_online_game).to_be_visible()
    expect_accessible(page)

    StartPage(page).new_online_game.click()
    expect(GamePage(page).link).to_be_visible()
    expect_accessible(page)


def test_the_settings(color_scheme: Literal["light", "dark"], visitors: Visitors) -> None:
    page = visitors.arrive(color_scheme=color_scheme, reduced_motion="reduce")
    settings = SettingsDialog(page)
    settings.open.click()
    expect(settings.number_keys).to_be_visible()
    expect_accessible(page)


def test_a_game_and_its_end(color_scheme: Literal["light", "dark"], visitors: Visitors) -> None:
    game = start_online(visitors, color_scheme=color_scheme, reduced_motion="reduce")
    position = play_online(game, BOTTOM_ROW_WIN[:-1])
    for player in game:
        expect_accessible(player.page)

    play_online(game, BOTTOM_ROW_WIN[-1:], position)
    for player, status in zip(game, (pages.YOU_WON, pages.YOU_LOST), strict=True):
        expect(player.status).to_have_text(status)
        expect_accessible(player.page)


def test_a_game_against_the_computer_and_an_analysis(
    color_scheme: Literal["light", "dark"], visitors: Visitors
) -> None:
    page = visitors.arrive("/?computer", color_scheme=color_scheme, reduced_motion="reduce")
    game = ComputerGamePage(page)
    expect(page.get_by_role("button", name="Start")).to_be_visible()
    expect_accessible(page)
    game.start()
    expect(game.status).to_have_text(pages.YOUR_TURN)
    expect_accessible(page)

    page = visitors.arrive("/?local", color_scheme=color_scheme, reduced_motion="reduce")
    play_locally(GamePage(page), [4, 4, 3, 3])
    AnalysisPanel(page).button.click()
    expect(page.get_by_text("Red wins in 2 moves, best").first).to_be_attached()
    expect_accessible(page)


def test_a_replay_the_moves_and_a_question(
    color_scheme: Literal["light", "dark"], visitors: Visitors
) -> None:
    page = visitors.arrive(
        "/?local&moves=44553&ply=3", color_scheme=color_scheme, reduced_motion="reduce"
    )
    ReplayPanel(page).more.click()
    page.get_by_text("Enter moves").click()
    expect(ReplayPanel(page).moves).to_have_count(5)
    expect_accessible(page)
    GamePage(page).start_over.click()
    expect(GamePage(page).dialog).to_be_visible()
    expect_accessible(page)


def test_your_games(color_scheme: Literal["light", "dark"], visitors: Visitors) -> None:
    page = visitors.arrive(color_scheme=color_scheme, reduced_motion="reduce")
    StartPage(page).new_online_game.click()
    expect(GamePage(page).link).to_be_visible()
    page.goto("/")
    expect(StartPage(page).games).to_have_count(1)
    expect_accessible(page)
