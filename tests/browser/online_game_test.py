"""Two people, each with a browser, play over the network."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from browser import pages
from browser.games import BOTTOM_ROW_LINE, BOTTOM_ROW_WIN, play_online, start_online
from browser.pages import GamePage, StartPage
from connect4_models.rules import Position

if TYPE_CHECKING:
    from collections.abc import Callable

    from browser.visitors import Visitors


def test_a_whole_game_is_played_to_a_win(visitors: Visitors) -> None:
    first, second = start_online(visitors)

    position = play_online((first, second), BOTTOM_ROW_WIN)

    assert position.winner == 1
    expect(first.status).to_have_text(pages.YOU_WON)
    expect(second.status).to_have_text(pages.YOU_LOST)
    for page in (first, second):
        page.expect_winning_line(BOTTOM_ROW_LINE)
        page.expect_no_move_possible()


def test_a_game_says_when_it_was_created(visitors: Visitors) -> None:
    first, second = start_online(visitors)

    expect(first.created).to_be_visible()
    created = first.created.get_attribute("datetime")
    expect(second.created).to_have_attribute("datetime", str(created))


def test_an_invitation_to_this_computer_says_so(visitors: Visitors) -> None:
    page = visitors.arrive()
    StartPage(page).new_online_game.click()

    assert GamePage(page).shared_link().startswith(visitors.site_url)
    expect(GamePage(page).for_this_computer).to_contain_text("--host 0.0.0.0")


def test_an_invitation_names_the_address_that_others_reach(visitors: Visitors) -> None:
    page = visitors.arrive()
    told = {"apiUrl": "", "networkUrl": "http://192.0.2.7:5000"}
    page.route("**/config.json", lambda route: route.fulfill(json=told))
    StartPage(page).new_online_game.click()

    assert GamePage(page).shared_link().startswith("http://192.0.2.7:5000/?game=")
    expect(GamePage(page).for_this_computer).to_have_count(0)


def by_link(link: str) -> str:
    return link


def by_id(link: str) -> str:
    return link.partition("game=")[2]


@pytest.mark.parametrize("told", [by_link, by_id])
def test_a_friend_joins_with_what_they_were_told(
    told: Callable[[str], str], visitors: Visitors
) -> None:
    page = visitors.arrive()
    StartPage(page).new_online_game.click()
    first = GamePage(page)
    friend = visitors.arrive()
    start = StartPage(friend)
    start.game_to_join.fill(told(first.shared_link()))
    start.join.click()
    second = GamePage(friend)
    second.play.click()

    play_online((first, second), [4, 4, 3])


def test_the_copied_link_leads_to_the_game(visitors: Visitors) -> None:
    page = visitors.arrive()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    StartPage(page).new_online_game.click()
    first = GamePage(page)
    link = first.shared_link()
    first.copy_link.click()
    expect(first.link_copied).to_be_visible()

    assert page.evaluate("navigator.clipboard.readText()") == link


def test_the_game_is_in_the_address_and_back_leads_to_the_start(visitors: Visitors) -> None:
    page = visitors.arrive()
    StartPage(page).new_online_game.click()
    link = GamePage(page).shared_link()
    expect(page).to_have_url(link)

    page.go_back()
    expect(StartPage(page).new_online_game).to_be_visible()

    page.go_forward()
    assert GamePage(page).shared_link() == link


def test_a_reload_in_mid_game_keeps_seats_and_board(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    position = play_online((first, second), BOTTOM_ROW_WIN[:5])

    for game in (first, second):
        game.page.reload()
        game.expect_position(position)

    play_online((first, second), BOTTOM_ROW_WIN[5:], position)
    expect(first.status).to_have_text(pages.YOU_WON)
    expect(second.status).to_have_text(pages.YOU_LOST)


def test_a_closed_tab_loses_nothing(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    position = play_online((first, second), [4])
    link = second.page.url
    second.page.close()

    reopened = second.page.context.new_page()
    reopened.goto(link)

    play_online((first, GamePage(reopened)), [4, 3], position)


def test_no_url_has_a_players_secret_in_it(visitors: Visitors) -> None:
    urls: list[str] = []
    creator, friend = visitors.arrive(), visitors.arrive()
    for page in (creator, friend):
        page.context.on("request", lambda request: urls.append(request.url))
    with creator.expect_response("**/create_game") as created:
        StartPage(creator).new_online_game.click()
    first, second = GamePage(creator), GamePage(friend)
    with friend.expect_response("**/join_game") as joined:
        friend.goto(first.shared_link())
        second.play.click()
    secrets = [response.value.json()["playerId"] for response in (created, joined)]
    position = play_online((first, second), BOTTOM_ROW_WIN[:4])

    # Without a stream the server is asked.
    visitors.expect_console_error("ERR_FAILED.*/watch_game")
    creator.route("**/watch_game?*", lambda route: route.abort(), times=1)
    with creator.expect_response("**/get_game?*"):
        creator.reload()
    friend.reload()
    play_online((first, second), BOTTOM_ROW_WIN[4:], position)

    calls = {"/create_game", "/join_game", "/get_game", "/make_move", "/watch_game"}
    assert calls <= {urlsplit(url).path for url in urls}
    assert [url for url in urls if any(secret in url for secret in secrets)] == []


def test_who_follows_a_broken_link_is_told_so(visitors: Visitors) -> None:
    visitors.expect_console_error("status of 404.*/(watch|get)_game")

    page = visitors.arrive("/?game=" + "a" * 32)

    expect(GamePage(page).no_such_game).to_be_visible()
    GamePage(page).to_the_start.click()
    expect(StartPage(page).new_online_game).to_be_visible()


def test_a_double_click_drops_one_disc(visitors: Visitors) -> None:
    first, second = start_online(visitors)

    first.column(4).dblclick()

    play_online((first, second), [4, 3], Position().play(3))
