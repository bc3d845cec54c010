"""Players with names, and games in which the friend begins, or that begin fairly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser import pages
from browser.pages import GamePage, StartPage, isolated

if TYPE_CHECKING:
    from browser.visitors import Visitors

HEBREW = "אדה"
FAIR = "Fair start: the first four discs were given, and nobody has an advantage."


def invite_as(name: str, visitors: Visitors) -> GamePage:
    page = visitors.arrive()
    StartPage(page).your_name.fill(name)
    StartPage(page).new_online_game.click()
    return GamePage(page)


def test_names_are_seen_and_heard_by_players_and_watchers(visitors: Visitors) -> None:
    first = invite_as(HEBREW, visitors)
    second = GamePage(visitors.arrive(first.shared_link()))
    expect(second.status).to_have_text(f"{isolated(HEBREW)} invites you to a game")
    second.your_name.fill("  Bob   <b>B</b> ")
    second.play.click()

    third = GamePage(visitors.arrive(first.page.url))

    bob = isolated("Bob <b>B</b>")
    expect(third.players).to_have_text([f"{HEBREW}Red", "Bob <b>B</b>Yellow"])
    expect(second.status).to_have_text(f"{isolated(HEBREW)}’s turn, wait for it")  # noqa: RUF001
    first.column(4).click()
    expect(third.status).to_have_text(f"{bob}’s turn")  # noqa: RUF001
    expect(third.spoken).to_contain_text(f"{isolated(HEBREW)} played column 4.")
    expect(first.players).to_have_text([f"{HEBREW}You · Red", "Bob <b>B</b>Yellow"])


def test_a_name_is_kept_for_the_next_visit(visitors: Visitors) -> None:
    first = invite_as("Ada", visitors)
    first.shared_link()

    first.page.goto("/")

    expect(StartPage(first.page).your_name).to_have_value("Ada")


def test_a_name_that_nobody_can_read_is_refused(visitors: Visitors) -> None:
    page = visitors.arrive()
    start = StartPage(page)
    start.your_name.fill("Ada\u202e")
    start.new_online_game.click()

    expect(page.get_by_text("The name has characters that nobody can see.")).to_be_visible()
    start.your_name.fill("x" * 21)
    start.new_online_game.click()
    expect(page.get_by_text("At most 20 characters, please.")).to_be_visible()
    start.your_name.fill("x" * 20)
    start.new_online_game.click()
    GamePage(page).shared_link()


def test_the_friend_begins_from_a_fair_start(visitors: Visitors) -> None:
    page = visitors.arrive()
    start = StartPage(page)
    start.options.click()
    start.friend_begins.check()
    start.fair_start.check()
    start.new_online_game.click()
    first = GamePage(page)
    second = GamePage(visitors.arrive(first.shared_link()))
    expect(second.page.get_by_text("You begin.")).to_be_visible()
    for game in (first, second):
        expect(game.page.get_by_text(FAIR)).to_be_visible()

    second.play.click()
    for game in (first, second):
        expect(game.board.locator("[data-disc='1'], [data-disc='2']")).to_have_count(4)
    expect(second.status).to_have_text(pages.YOUR_TURN)
    expect(first.status).to_have_text(pages.wait_for(1))
    free = second.board.get_by_role("button").and_(
        second.page.locator(":not([aria-label*='full'])")
    )
    free.first.click()
    expect(first.status).to_have_text(pages.YOUR_TURN)
