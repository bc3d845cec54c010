"""The server goes, and comes back: the players see it, and their game goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from browser_tests import pages
from browser_tests.games import BOTTOM_ROW_WIN, play_online, start_online
from server_process import ServerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser_tests.visitors import Visitors


@pytest.fixture
def server(database_url: str) -> Iterator[ServerProcess]:
    """A server that this test may kill."""
    with ServerProcess({"DATABASE_URL": database_url}) as server:
        yield server


@pytest.fixture
def site_url(server: ServerProcess) -> str:
    return server.url


def test_a_game_goes_on_after_the_server_was_killed(
    server: ServerProcess, database_url: str, visitors: Visitors
) -> None:
    first, second = start_online(visitors)
    position = play_online((first, second), BOTTOM_ROW_WIN[:3])
    visitors.expect_console_error("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE")

    server.kill()

    for game in (first, second):
        expect(game.connection_lost).to_be_visible()
        game.expect_position(position)

    port = str(urlsplit(server.url).port)
    with ServerProcess({"DATABASE_URL": database_url, "PORT": port}):
        for game in (first, second):
            expect(game.connection_lost).to_be_hidden()
        play_online((first, second), BOTTOM_ROW_WIN[3:], position)
        expect(first.status).to_have_text(pages.YOU_WON)
        expect(second.status).to_have_text(pages.YOU_LOST)


def test_a_move_that_the_server_never_saw_is_not_shown(
    server: ServerProcess, database_url: str, visitors: Visitors
) -> None:
    first, second = start_online(visitors)
    position = play_online((first, second), [4, 4])
    visitors.expect_console_error("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE")
    server.kill()

    first.column(3).click()

    expect(first.connection_lost).to_be_visible()
    first.expect_position(position)
    port = str(urlsplit(server.url).port)
    with ServerProcess({"DATABASE_URL": database_url, "PORT": port}):
        expect(first.connection_lost).to_be_hidden()
        play_online((first, second), [3, 5], position)
