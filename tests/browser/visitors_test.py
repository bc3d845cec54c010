"""No misbehaviour of a page goes unnoticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser.visitors import Visitors

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.parametrize(
    ("script", "event", "complaint"),
    [
        ("fetch('http://localhost:9/')", "requestfailed", "asked for http://localhost:9/"),
        ("fetch('/get_game?gameId=x')", "console", "console: Failed to load resource"),
        ("console.error('lost the board')", "console", "console: lost the board"),
        ("console.warn('nearly lost it')", "console", "console: nearly lost it"),
        (
            "setTimeout(() => { throw new Error('no tile') })",
            "weberror",
            "uncaught: no tile",
        ),
    ],
)
def test_a_page_is_caught_when_it(
    script: str, event: str, complaint: str, browser: Browser, site_url: str
) -> None:
    visitors = Visitors(browser, site_url)
    page = visitors.arrive()
    said = complaint.removeprefix("console: ")
    with page.context.expect_event(event, lambda found: event != "console" or said in found.text):
        page.evaluate(f"() => {{ {script} }}")

    assert any(complaint in caught for caught in visitors.leave())


def test_what_a_test_provokes_is_no_complaint(browser: Browser, site_url: str) -> None:
    visitors = Visitors(browser, site_url)
    visitors.expect_console_error("lost the board")
    page = visitors.arrive()
    page.evaluate("console.error('lost the board')")

    assert visitors.leave() == []
