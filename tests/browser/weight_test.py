"""What the start page takes of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser.pages import StartPage

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

    from browser.visitors import Visitors

# The budget of `yarn weigh`, and the heads of the answers.
BUDGET_KB = 155


def wire_bytes(page: Page) -> dict[str, int]:
    """How many bytes each address took, heads and bodies, once the network has been quiet."""
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 - Playwright takes no method of a list
    page.reload(wait_until="networkidle")
    expect(StartPage(page).new_online_game).to_be_enabled()
    sizes = {request.url: request.sizes() for request in requests}
    return {
        url: size["responseHeadersSize"] + size["responseBodySize"] for url, size in sizes.items()
    }


def test_the_start_page_is_within_its_budget(visitors: Visitors) -> None:
    page = visitors.arrive()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes = wire_bytes(page)
    total = sum(sizes.values()) / 1000
    assert any(url.endswith(".woff2") for url in sizes)
    assert total <= BUDGET_KB, sizes
