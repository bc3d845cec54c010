"""The README's pictures, drawn by the game itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser import pages
from browser.games import FAIR_FIGHT, play_locally, play_online, start_online
from browser.pages import AnalysisPanel, GamePage

if TYPE_CHECKING:
    from pathlib import Path

    from browser.visitors import Visitors

OPENING = FAIR_FIGHT[:14]
ENDING = FAIR_FIGHT[14:]
DIAGONAL = ((1, 0), (2, 1), (3, 2), (4, 3))


def test_the_readme_has_its_pictures(visitors: Visitors, pictures: Path) -> None:
    first, second = start_online(
        visitors, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )

    position = play_online((first, second), OPENING)
    expect(first.status).to_have_text(pages.YOUR_TURN)
    first.page.screenshot(path=pictures / "game-in-play.png")

    play_online((first, second), ENDING, position)
    expect(first.status).to_have_text(pages.YOU_WON)
    first.expect_winning_line(DIAGONAL)
    first.page.screenshot(path=pictures / "game-won.png")


def test_the_readme_has_a_picture_of_the_analysis(visitors: Visitors, pictures: Path) -> None:
    page = visitors.arrive(
        "/?local", viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    play_locally(GamePage(page), OPENING)
    analysis = AnalysisPanel(page)
    analysis.button.click()
    expect(analysis.columns).to_have_count(7)
    expect(page.get_by_text("Best: ")).to_be_attached()
    expect(analysis.mistakes).to_be_visible()
    page.screenshot(path=pictures / "analysis.png")
