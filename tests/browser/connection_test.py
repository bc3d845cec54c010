"""The server goes and comes back, and answers get lost: the game goes on, and the board is true."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from browser import pages
from browser.games import BOTTOM_ROW_WIN, play_online, start_online
from browser.pages import GamePage, StartPage
from connect4_models.rules import Position
from server_process import ServerProcess, frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Route

    from browser.visitors import Visitors

# What the browser itself logs about requests to a server that is not there, or dies meanwhile.
NO_ANSWER = (
    "ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING"
)


@pytest.fixture
def server(database_url: str) -> Iterator[ServerProcess]:
    """A server that this test may kill."""
    with ServerProcess({"DATABASE_URL": database_url}) as server:
        yield server


@pytest.fixture
def successor(server: ServerProcess, database_url: str) -> ServerProcess:
    """Another one on the same port and database, to be started when the first is gone."""
    return ServerProcess({"DATABASE_URL": database_url, "PORT": str(urlsplit(server.url).port)})


@pytest.fixture
def site_url(server: ServerProcess) -> str:
    return server.url


def lose_the_answer(route: Route) -> None:
    """Lets the server have a request, and the page no answer."""
    route.fetch()
    route.abort()


def test_a_game_goes_on_after_the_server_was_killed(
    server: ServerProcess, successor: ServerProcess, visitors: Visitors
) -> None:
    first, second = start_online(visitors)
    position = play_online((first, second), BOTTOM_ROW_WIN[:4])
    visitors.expect_console_error(NO_ANSWER)

    server.kill()

    expect(second.connection_lost).to_be_visible()
    for page in (first, second):
        page.expect_position(position)
    with successor:
        expect(second.connection_lost).to_be_hidden()
        play_online((first, second), BOTTOM_ROW_WIN[4:], position)
        expect(first.status).to_have_text(pages.YOU_WON)
        expect(second.status).to_have_text(pages.YOU_LOST)


def test_that_nothing_comes_any_more_is_seen_without_a_move(
    server: ServerProcess, visitors: Visitors
) -> None:
    first, second = start_online(visitors)
    position = play_online((first, second), [4])
    # If it takes so long that the server replaces its worker.
    visitors.expect_console_error(NO_ANSWER)

    with frozen(server.processes):
        for page in (first, second):
            expect(page.connection_lost).to_be_visible()
            page.expect_position(position)

    for page in (first, second):
        expect(page.connection_lost).to_be_hidden()
    play_online((first, second), [4, 3], position)


def test_a_move_is_not_shown_before_it_has_arrived_and_needs_no_second_click(
    server: ServerProcess, successor: ServerProcess, visitors: Visitors
) -> None:
    first, second = start_online(visitors)
    position = play_online((first, second), [4, 4])
    visitors.expect_console_error(NO_ANSWER)
    server.kill()

    first.column(3).click()

    expect(first.connection_lost).to_be_visible()
    first.expect_position(position)
    with successor:
        expect(first.connection_lost).to_be_hidden()
        play_online((first, second), [5], position.play(2))


def test_a_move_whose_answer_got_lost_counts_once(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    visitors.expect_console_error("ERR_FAILED.*/make_move")

    first.page.route("**/make_move", lose_the_answer, times=1)
    first.column(4).click()

    position = Position().play(3)
    first.expect_position(position)
    play_online((first, second), [4, 3], position)


@pytest.mark.parametrize("reloads", [False, True], ids=["in_place", "after_a_reload"])
def test_a_join_whose_answer_got_lost_takes_the_seat(visitors: Visitors, *, reloads: bool) -> None:
    creator, friend = visitors.arrive(), visitors.arrive()
    StartPage(creator).new_online_game.click()
    first, second = GamePage(creator), GamePage(friend)
    visitors.expect_console_error("ERR_FAILED.*/join_game")

    friend.route("**/join_game", lose_the_answer, times=1)
    with friend.expect_event("requestfailed", lambda request: "/join_game" in request.url):
        friend.goto(first.shared_link())
        second.play.click()
    if reloads:
        friend.reload()

    play_online((first, second), [4, 3])
