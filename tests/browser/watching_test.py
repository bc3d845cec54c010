"""A link is opened: to play, to watch, or by nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser import pages
from browser.games import join, play_online, start_online
from browser.pages import GamePage, StartPage

if TYPE_CHECKING:
    from browser.visitors import Visitors


def invite(visitors: Visitors) -> GamePage:
    """Somebody makes a game."""
    page = visitors.arrive()
    StartPage(page).new_online_game.click()
    first = GamePage(page)
    first.shared_link()
    return first


def test_a_third_person_watches_live_and_everybody_sees_that(visitors: Visitors) -> None:
    first, second = start_online(visitors)

    third = GamePage(visitors.arrive(first.page.url))

    expect(third.status).to_have_text(pages.turn_of(1))
    position = play_online((first, second), [4, 4, 3])
    third.expect_position(position)
    expect(third.status).to_have_text(pages.turn_of(2))
    expect(third.spoken).to_contain_text("Red played column 3.")
    for game in (first, second):
        expect(game.page.get_by_text("1 person is watching.")).to_be_visible()
    fourth = visitors.arrive(first.page.url)
    for page in (first.page, third.page, fourth):
        expect(page.get_by_text("2 people are watching.")).to_be_visible()
    fourth.close()
    third.column(1).click(force=True)
    third.expect_position(position)
    third.page.close()
    expect(first.page.get_by_text("1 person is watching.")).to_be_hidden()


def test_a_page_that_opens_the_link_takes_no_seat(visitors: Visitors) -> None:
    first = invite(visitors)
    preview = GamePage(visitors.arrive(first.page.url))
    expect(preview.status).to_have_text("You are invited to a game")

    second = join(visitors, first)

    play_online((first, second), [4, 4])
    expect(preview.status).to_have_text(pages.turn_of(1))


def test_who_only_watches_sees_another_take_the_seat(visitors: Visitors) -> None:
    first = invite(visitors)
    third = GamePage(visitors.arrive(first.page.url))
    third.watch.click()
    expect(third.status).to_have_text("Waiting for a second player…")

    second = join(visitors, first)

    third.expect_position(play_online((first, second), [4]))


def test_of_two_who_want_to_play_one_does_and_the_other_watches(visitors: Visitors) -> None:
    first = invite(visitors)
    visitors.expect_console_error("status of 404.*/join_game")
    guests = [GamePage(visitors.arrive(first.page.url)) for _ in range(2)]
    for guest in guests:
        expect(guest.play).to_be_visible()

    # Who has seen that the other one was faster has no such button any more.
    for guest in guests:
        guest.play.evaluate_all("buttons => buttons.forEach((button) => button.click())")

    expect(first.status).to_have_text(pages.YOUR_TURN)
    first.column(4).click()
    plays, watches = pages.YOUR_TURN, pages.turn_of(2)
    for guest in guests:
        expect(guest.status).to_have_text(re.compile(f"^({plays}|{watches})$"))
    assert sorted(guest.status.inner_text() for guest in guests) == sorted([plays, watches])
