"""Every screen fits on a phone and on a desk, by day and by night, and has its picture taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import ViewportSize, expect

from browser import pages
from browser.games import (
    BOTTOM_ROW_WIN,
    FAIR_FIGHT,
    join,
    play_locally,
    play_online,
    start_online,
)
from browser.pages import (
    AnalysisPanel,
    ComputerGamePage,
    GamePage,
    StartPage,
    expect_no_sideways_scrolling,
)
from browser.visitors import Device

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from browser.visitors import Visitors

DEVICES = {
    f"{size}-{scheme}": Device(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    for size, viewport in (
        ("phone", ViewportSize(width=360, height=740)),
        ("desk", ViewportSize(width=1280, height=800)),
    )
    for scheme in ("light", "dark")
}


@pytest.fixture(params=DEVICES)
def device(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def screens(visitors: Visitors, device: str, pictures: Path) -> Screens:
    return Screens(visitors, device, pictures)


class Screens:
    """The screens of one kind of device."""

    def __init__(self, visitors: Visitors, device: str, pictures: Path) -> None:
        self.device = DEVICES[device]
        self._visitors = visitors
        self._name = device
        self._pictures = pictures

    def arrive(self, address: str = "/") -> Page:
        return self._visitors.arrive(address, **self.device)

    def look(self, page: Page, name: str) -> None:
        """Takes a picture, and fails if the page is wider than its window."""
        page.screenshot(path=self._pictures / f"{name}-{self._name}.png", full_page=True)
        expect_no_sideways_scrolling(page)


def test_before_a_game(screens: Screens) -> None:
    page = screens.arrive()
    start = StartPage(page)
    start.options.click()
    screens.look(page, "start")
    page.get_by_role("button", name="Settings").click()
    screens.look(page, "settings")
    page.get_by_role("button", name="Close").click()

    start.your_name.fill("Wolfgang Amadé M. 12")
    start.new_online_game.click()
    first = GamePage(page)
    link = first.shared_link()
    screens.look(page, "waiting")
    invited = screens.arrive(link)
    expect(GamePage(invited).play).to_be_visible()
    screens.look(invited, "invited")

    nowhere = screens.arrive("/?game=nothing")
    expect(GamePage(nowhere).no_such_game).to_be_visible()
    screens.look(nowhere, "no-such-game")


def test_during_and_after_an_online_game(visitors: Visitors, screens: Screens) -> None:
    first, second = start_online(visitors, **screens.device)
    watcher = GamePage(screens.arrive(first.page.url))
    play_online((first, second), BOTTOM_ROW_WIN[:-1])
    expect(watcher.status).to_have_text(pages.turn_of(1))
    screens.look(first.page, "your-turn")
    screens.look(second.page, "their-turn")
    screens.look(watcher.page, "watching")
    second.resign.click()
    expect(second.dialog).to_be_visible()
    screens.look(second.page, "resigning")
    second.page.keyboard.press("Escape")

    first.column(BOTTOM_ROW_WIN[-1]).click()
    expect(second.status).to_have_text(pages.YOU_LOST)
    first.play_again.click()
    expect(second.page.get_by_text("Red wants to play again.")).to_be_visible()
    screens.look(first.page, "won")
    screens.look(second.page, "lost-and-asked")
    second.page.goto("/")
    expect(StartPage(second.page).games).to_have_count(1)
    screens.look(second.page, "your-games")


def test_without_the_network(visitors: Visitors, screens: Screens) -> None:
    visitors.expect_console_error("ERR_INTERNET_DISCONNECTED")
    page = screens.arrive()
    StartPage(page).new_online_game.click()
    first = GamePage(page)
    join(visitors, first)
    expect(first.status).to_have_text(pages.YOUR_TURN)
    page.context.set_offline(True)
    expect(first.connection_lost).to_be_visible()
    screens.look(page, "connection-lost")


def test_at_one_screen(screens: Screens) -> None:
    local = screens.arrive("/?local")
    game = GamePage(local)
    play_locally(game, FAIR_FIGHT[:14])
    analysis = AnalysisPanel(local)
    analysis.button.click()
    expect(analysis.columns).to_have_count(7)
    expect(analysis.mistakes).to_be_visible()
    screens.look(local, "analysis")

    computer = screens.arrive("/?computer")
    game = ComputerGamePage(computer)
    expect(game.start_game).to_be_visible()
    screens.look(computer, "computer-choices")
    game.start()
    game.column(4).click()
    expect(game.status).to_have_text(pages.YOUR_TURN)
    screens.look(computer, "computer")
