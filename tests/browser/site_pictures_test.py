"""The site's icons and the picture of its link previews, drawn from its icon and by the game.

They are written beside the other pictures. After a change of the icon or the board, copy them from
there to src/js/connect4-client/public.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest
import requests
from playwright.sync_api import expect

from browser import pages
from browser.chromium import PATIENCE_MS
from browser.games import FAIR_FIGHT, play_locally
from browser.pages import GamePage

if TYPE_CHECKING:
    from pathlib import Path

    from browser.visitors import Visitors


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG: https://www.w3.org/TR/png-3/#11IHDR"""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize(
    ("name", "size", "share"),
    [
        ("icon-180.png", 180, 100),
        ("icon-192.png", 192, 100),
        ("icon-512.png", 512, 100),
        # What a mask leaves is at least a circle of 80 %: https://www.w3.org/TR/appmanifest/
        ("icon-maskable-512.png", 512, 78),
    ],
)
def test_the_site_has_icons_for_home_screens(
    name: str, size: int, share: int, visitors: Visitors, pictures: Path
) -> None:
    site_url = visitors.site_url
    # Not on the site, whose policy allows no style attribute.
    page = visitors.arrive(viewport={"width": size, "height": size}).context.new_page()
    page.set_content(
        f"""<body style="margin: 0; display: grid; place-items: center; height: 100vh;
                background: {"transparent" if share == 100 else "#23479d"}">
              <img src="{urljoin(site_url, "icon.svg")}" style="width: {share}%">"""
    )
    page.screenshot(path=pictures / name, omit_background=True)
    committed = requests.get(urljoin(site_url, name), timeout=PATIENCE_MS / 1000)
    assert committed.headers["Content-Type"] == "image/png"
    assert size_of(committed.content) == (size, size)


def test_an_invitation_has_a_picture(visitors: Visitors, pictures: Path) -> None:
    page = visitors.arrive(
        "/?local", viewport={"width": 1200, "height": 630}, reduced_motion="reduce"
    )
    game = GamePage(page)
    play_locally(game, FAIR_FIGHT)
    expect(game.status).to_have_text(pages.win_of(1))
    page.screenshot(path=pictures / "preview.png")
    preview = requests.get(urljoin(visitors.site_url, "preview.png"), timeout=PATIENCE_MS / 1000)
    assert size_of(preview.content) == (1200, 630)
