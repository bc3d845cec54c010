"""The measurement of how long the page does not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.main_thread import longest_task_ms

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.visitors import Visitors

BLOCK_MS = 200


def block(page: Page) -> None:
    page.evaluate(
        f"""new Promise((resolve) => setTimeout(() => {{
          const end = performance.now() + {BLOCK_MS};
          while (performance.now() < end);
          resolve();
        }}))"""
    )


def test_a_task_that_blocks_the_page_is_seen(visitors: Visitors) -> None:
    assert longest_task_ms(visitors.arrive("/?local"), block) >= BLOCK_MS
