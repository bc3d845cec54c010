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
FREE_COLUMNS = f"{COLUMNS}:not([aria-disabled=true])"
SWITCHES = "dialog[open] input[type=checkbox]"
NOTIFICATIONS = 2
RECORD_NOTIFICATIONS = """(() => {
  window.shown = [];
  window.Notification = class extends window.Notification {
    constructor(title, options) {
      super(title, options);
      this.addEventListener("show", () => window.shown.push(this));
    }
  };
})()"""
QUIET, CALLING = "Your turn – Connect 4", "● Your turn – Connect 4"  # noqa: RUF001 - the client's dash


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    with Firefox() as firefox:
        yield firefox


@pytest.fixture
def page(firefox: Firefox) -> Page:
    return Page(firefox)


def play_the_computer(page: Page) -> None:
    """Starts a game, drops a disc into the fourth column, and waits for the answer."""
    # The page comes with the start screen's form, and draws this one in its place.
    page.click("form[aria-labelledby] button")
    page.click(COLUMNS, 3)
    page.wait_for("document.querySelectorAll('[data-disc=\"2\"]').length === 1")


def test_the_page_may_run_no_webassembly_and_the_worker_does(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/?computer")
    refused = page.evaluate(
        f"WebAssembly.compile({EMPTY_MODULE}).then(() => null, (error) => error.name)"
    )
    assert refused == "CompileError"
    play_the_computer(page)


def play_each_other(first: Page, second: Page, site_url: str) -> None:
    """Starts a game, in which the first player has made a move."""
    first.goto(site_url)
    first.click("form button[type=submit]")
    first.wait_for("location.search.includes('game=')")
    second.goto(first.evaluate("location.href"))
    second.click("form button[type=submit]")
    first.click(FREE_COLUMNS, 3)
    second.wait_for("document.querySelectorAll('[data-disc=\"1\"]').length === 1")


def test_a_hidden_tab_calls_its_player_by_title_and_notification(
    firefox: Firefox, site_url: str
) -> None:
    first, second = Page(firefox), Page(firefox)
    play_each_other(first, second, site_url)
    first.evaluate(RECORD_NOTIFICATIONS)
    first.click("button[title=Settings]")
    first.click(SWITCHES, NOTIFICATIONS)
    first.wait_for(f"document.querySelectorAll({SWITCHES!r})[{NOTIFICATIONS}].checked")

    second.bring_to_front()
    first.wait_for("document.hidden")
    second.click(FREE_COLUMNS, 3)

    first.wait_for(f"document.title === {CALLING!r}")
    first.wait_for("shown.length === 1")
    assert first.evaluate("[shown[0].title, shown[0].body]") == ["Connect 4", "Your turn"]
    first.bring_to_front()
    first.wait_for(f"document.title === {QUIET!r}")


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
