"""People with a browser each, watched for what no page of ours may do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack
from urllib.parse import urljoin, urlsplit

from browser.chromium import PATIENCE_MS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Route,
        ViewportSize,
    )


class Device(TypedDict, total=False):
    """What a visitor's browser is like, in Playwright's terms."""

    viewport: ViewportSize
    has_touch: bool
    color_scheme: Literal["light", "dark"]
    reduced_motion: Literal["reduce", "no-preference"]
    service_workers: Literal["allow", "block"]
    forced_colors: Literal["active", "none"]
    locale: str


class Visitors:
    """Everyone who looks at the site during one test."""

    def __init__(self, browser: Browser, site_url: str) -> None:
        self.site_url = site_url
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._complaints: list[str] = []
        # Playwright says so on each page.
        self._expected = [re.compile("Service Worker registration blocked by Playwright")]

    def arrive(self, address: str = "/", **device: Unpack[Device]) -> Page:
        """Opens an address of the site for somebody new, with nothing stored in their browser."""
        device.setdefault("locale", "en-GB")
        device.setdefault("service_workers", "block")
        context = self._browser.new_context(base_url=self.site_url, **device)
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.route(lambda url: not self._is_ours(url), self._refuse)
        context.on("console", self._read_console)
        context.on("weberror", lambda error: self._complain(f"uncaught: {error.error}"))
        page = context.new_page()
        page.goto(urljoin(self.site_url, address))
        return page

    def expect_console_error(self, pattern: str) -> None:
        """Lets errors that match the pattern pass: the browser itself logs every failed request."""
        self._expected.append(re.compile(pattern))

    def photograph(self, folder: Path, name: str) -> None:
        """Writes a picture of every open page to folder."""
        pages = [page for context in self._contexts for page in context.pages]
        for number, page in enumerate(pages, start=1):
            page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)

    def leave(self) -> list[str]:
        """Closes every page; returns what they did that they must not."""
        for context in self._contexts:
            context.close()
        return self._complaints

    def _is_ours(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme in ("data", "blob") or parts.netloc == urlsplit(self.site_url).netloc

    def _refuse(self, route: Route) -> None:
        self._complain(f"asked for {route.request.url}, which is not on {self.site_url}")
        route.abort()

    def _read_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(f"console: {message.text} ({message.location['url']})")

    def _complain(self, complaint: str) -> None:
        if not any(pattern.search(complaint) for pattern in self._expected):
            self._complaints.append(complaint)
