"""What depends on the browser, in Firefox, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser.firefox import Firefox, Page
from browser.pages import EMPTY_MODULE
from browser.static_site import StaticSite, built_site

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = "fieldset[aria-label] button"


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    with Firefox() as firefox:
        yield firefox


@pytest.fixture
def page(firefox: Firefox) -> Page:
    return Page(firefox)


def play_the_computer(page: Page) -> None:
    """Starts a game, drops a disc into the fourth column, and waits for the answer."""
    page.click("form button")
    page.click(COLUMNS, 3)
    page.wait_for("document.querySelectorAll('[data-disc=\"2\"]').length === 1")


def test_the_page_may_run_no_webassembly_and_the_worker_does(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/?computer")
    refused = page.evaluate(
        f"WebAssembly.compile({EMPTY_MODULE}).then(() => null, (error) => error.name)"
    )
    assert refused == "CompileError"
    play_the_computer(page)


def test_the_title_says_what_is_on(page: Page, site_url: str) -> None:
    page.goto(site_url)
    assert page.evaluate("document.title") == "Connect 4"
    page.goto(f"{site_url}/?local")
    page.wait_for("document.title.endsWith('Connect 4') && document.title !== 'Connect 4'")


def test_without_a_network_there_are_local_games_and_the_computer(page: Page) -> None:
    with StaticSite(built_site()) as site:
        page.goto(f"{site.url}/")
        page.wait_for(
            "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
        )
        site.go_offline()
        page.goto(f"{site.url}/?local")
        page.click(COLUMNS)
        page.wait_for("document.querySelectorAll('[data-disc=\"1\"]').length === 1")
        page.goto(f"{site.url}/?computer")
        play_the_computer(page)
