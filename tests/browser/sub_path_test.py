"""The whole site at a path of a server: the same build, behind the nginx that is shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests
from playwright.sync_api import expect

from browser import pages
from browser.chromium import PATIENCE_MS
from browser.games import play_online
from browser.pages import ComputerGamePage, GamePage, StartPage
from browser.visitors import Visitors
from server_process.nginx_process import NginxProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PATH = "/games/connect4"
# As the comment in deploy/nginx.conf says it.
CHANGES = (
    "location / {",
    f"""proxy_set_header X-Forwarded-Prefix {PATH};
        location = {PATH}/watch_game {{
            proxy_pass http://connect4/watch_game;
            proxy_buffering off;
            proxy_read_timeout 40s;
        }}
        location {PATH}/ {{
            rewrite ^{PATH}(/.*) $1 break;""",
)


@pytest.fixture
def guests(browser: Browser, site_url: str) -> Iterator[Visitors]:
    with NginxProcess((site_url, site_url), CHANGES) as nginx:
        visitors = Visitors(browser, nginx.url)
        yield visitors
        assert visitors.leave() == []


def test_everything_works_at_a_path(guests: Visitors) -> None:
    creator = guests.arrive(f"{PATH}/")
    StartPage(creator).new_online_game.click()
    first = GamePage(creator)
    link = first.shared_link()
    assert link.startswith(f"{guests.site_url}{PATH}/?game=")
    second = GamePage(guests.arrive(link))
    second.play.click()
    play_online((first, second), (4, 3, 4))

    page = guests.arrive(f"{PATH}/?computer")
    game = ComputerGamePage(page)
    game.start()
    game.column(4).click()
    expect(game.status).to_have_text(pages.YOUR_TURN)
    page.get_by_role("link", name="Connect 4").click()
    expect(StartPage(page).new_online_game).to_be_visible()
    assert page.url == f"{guests.site_url}{PATH}/"


def test_it_is_kept_for_offline_use_at_a_path(guests: Visitors) -> None:
    page = guests.arrive(f"{PATH}/", service_workers="allow")
    scope = page.evaluate("navigator.serviceWorker.ready.then(({ scope }) => scope)")
    assert scope == f"{guests.site_url}{PATH}/"


def test_a_link_preview_has_addresses_with_the_path(guests: Visitors) -> None:
    url = f"{guests.site_url}{PATH}/"
    page = requests.get(f"{url}?game={'g' * 32}", timeout=PATIENCE_MS / 1000).text
    assert f'<meta property="og:image" content="{url}preview.png"/>' in page
    picture = requests.get(f"{url}preview.png", timeout=PATIENCE_MS / 1000)
    assert picture.headers["Content-Type"] == "image/png"
