"""A player stays away, and the other one claims the win."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.games import play_online, start_online
from browser.pages import GamePage
from connect4_server.testing.brisk_server import BRISK
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser.visitors import Visitors


@pytest.fixture
def site_url(database_url: str) -> Iterator[str]:
    """The address of a server at which somebody is soon gone for long enough."""
    with ServerProcess({"DATABASE_URL": database_url}, BRISK) as server:
        yield server.url


def test_a_win_is_claimed_when_the_other_has_been_away_for_a_minute(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    play_online((first, second), [4])
    link = second.page.url
    second.page.close()
    expect(first.page.get_by_text("Yellow is away.")).to_be_visible()
    expect(first.page.get_by_text("You can claim the win in")).to_be_visible()

    # The server has waited long enough; the page still has to.
    first.page.clock.install()
    first.page.clock.fast_forward("01:00")
    first.claim.click()

    expect(first.status).to_have_text("Yellow stayed away. You won!")
    expect(first.spoken).to_contain_text("Yellow stayed away. You won!")
    back = GamePage(second.page.context.new_page())
    back.page.goto(link)
    expect(back.status).to_have_text("You were away for too long, and lost.")
