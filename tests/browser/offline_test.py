"""The site without a network, and when a new release comes while it is open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser import pages
from browser.games import EMPTY, play_locally
from browser.pages import ComputerGamePage, GamePage, StartPage
from browser.static_site import StaticSite, built_site, next_release
from browser.visitors import Visitors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

# Its promise is that of a registration with an active worker.
READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
UPDATED = """navigator.serviceWorker.ready.then(async (registration) => {
  await registration.update();
  return registration.waiting !== null;
})"""


@pytest.fixture
def site() -> Iterator[StaticSite]:
    with StaticSite(built_site()) as site:
        yield site


@pytest.fixture
def guests(browser: Browser, site: StaticSite) -> Iterator[Visitors]:
    visitors = Visitors(browser, site.url)
    yield visitors
    assert visitors.leave() == []


def arrive_and_keep(guests: Visitors) -> Page:
    page = guests.arrive(service_workers="allow")
    page.wait_for_function(READY)
    return page


def script_of(page: Page) -> str:
    source = page.locator("script[src*='/_app-']").get_attribute("src")
    assert source is not None
    return source


def expect_no_script(page: Page, source: str) -> None:
    expect(page.locator(f"script[src='{source}']")).to_have_count(0)
    expect(page.locator("script[src*='/_app-']")).to_have_count(1)


def test_without_a_network_there_are_local_games_and_the_computer(
    guests: Visitors, site: StaticSite
) -> None:
    page = arrive_and_keep(guests)
    site.go_offline()
    guests.expect_console_error("ERR_CONNECTION_REFUSED|ERR_FAILED")

    page.goto("/?local")
    play_locally(GamePage(page), (4, 4, 3))

    page.goto("/?computer")
    game = ComputerGamePage(page)
    game.start()
    game.column(4).click()
    expect(game.status).to_have_text(pages.YOUR_TURN)
    expect(game.column(4)).to_have_accessible_name(re.compile("from the bottom: red"))

    page.goto("/")
    StartPage(page).new_online_game.click()
    expect(page.get_by_text("The server cannot be reached.")).to_be_visible()


def test_a_page_has_the_files_of_its_release_until_it_is_closed(
    guests: Visitors, site: StaticSite, tmp_path: Path
) -> None:
    page = arrive_and_keep(guests)
    first = script_of(page)
    site.folder = next_release(site.folder, tmp_path)
    page.wait_for_function(UPDATED)

    # Of the files that this loads, the web server has none any more.
    StartPage(page).play_computer.click()
    game = ComputerGamePage(page)
    game.start()
    game.expect_position(EMPTY)

    second = page.context.new_page()
    second.goto("/")
    expect(StartPage(second).new_online_game).to_be_enabled()
    assert script_of(second) == first

    context = page.context
    page.close()
    second.close()
    third = context.new_page()
    third.goto("/?local")
    play_locally(GamePage(third), (1,))
    expect_no_script(third, first)


def test_a_page_that_is_alone_has_the_new_release_when_it_is_loaded_again(
    guests: Visitors, site: StaticSite, tmp_path: Path
) -> None:
    page = arrive_and_keep(guests)
    first = script_of(page)
    site.folder = next_release(site.folder, tmp_path)
    page.wait_for_function(UPDATED)

    page.reload()
    expect_no_script(page, first)
    expect(StartPage(page).new_online_game).to_be_enabled()


def test_what_cannot_be_loaded_is_said(guests: Visitors, site: StaticSite) -> None:
    page = guests.arrive()
    expect(StartPage(page).play_computer).to_be_enabled()
    site.go_offline()
    guests.expect_console_error("ERR_CONNECTION_REFUSED|ChunkLoadError|Loading (CSS )?chunk")
    StartPage(page).play_computer.click()
    expect(page.get_by_role("alert").filter(has_text="could not be loaded")).to_be_visible()
    expect(page.get_by_role("button", name="Load the page again")).to_be_visible()


def test_it_can_be_installed(guests: Visitors) -> None:
    page = arrive_and_keep(guests)
    devtools = page.context.new_cdp_session(page)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith("/manifest.webmanifest")
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # As every window of the tests.
    assert {error["errorId"] for error in errors} <= {"in-incognito"}
