"""A page that nobody looks at hears of moves and calls its player; and what is lost is noticed."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser import pages
from browser.games import join, play_locally, play_online, start_online
from browser.pages import GamePage, StartPage
from connect4_models.rules import Position

if TYPE_CHECKING:
    from browser.visitors import Visitors

NO_NETWORK = "ERR_INTERNET_DISCONNECTED"
# More than the six connections that a browser has to a server without HTTP/2.
WINDOWS = 7

QUIET = f"{pages.YOUR_TURN} – Connect 4"  # noqa: RUF001 - the client's dash
CALLING = f"● {QUIET}"

# A headless browser hides no page, so the page is told.
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""

# It has no windows either, so that a page never loses the focus of its own accord.
BEHIND = """(behind) => {
  document.hasFocus = () => !behind;
  window.dispatchEvent(new Event(behind ? "blur" : "focus"));
}"""

# Nor does it show notifications; tests/browser/firefox_test.py sees real ones.
NOTIFICATIONS = """() => {
  window.shown = [];
  window.Notification = class extends EventTarget {
    static permission = "default";
    static async requestPermission() {
      return (this.permission = "granted");
    }
    constructor(title, { body }) {
      super();
      window.shown.push([title, body]);
    }
    close() {
      window.shown.pop();
    }
  };
}"""


def test_a_hidden_page_says_by_title_and_icon_that_it_is_its_players_turn(
    visitors: Visitors,
) -> None:
    first, second = start_online(visitors)
    position = play_online((first, second), [4])
    icon = first.page.locator('link[rel="icon"]').first
    first.page.evaluate(HIDE, True)

    second.column(4).click()

    expect(first.page).to_have_title(CALLING)
    expect(icon).to_have_attribute("href", re.compile("icon-your-turn.svg$"))
    first.page.evaluate(HIDE, False)
    expect(first.page).to_have_title(QUIET)
    expect(icon).not_to_have_attribute("href", re.compile("icon-your-turn.svg$"))
    first.expect_position(position.play(3))


def test_a_window_behind_another_calls_its_player_too(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    play_online((first, second), [4])
    first.page.evaluate(BEHIND, True)

    second.column(4).click()

    expect(first.page).to_have_title(CALLING)
    first.page.evaluate(BEHIND, False)
    expect(first.page).to_have_title(QUIET)


def test_a_notification_comes_where_the_player_has_asked_for_it(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    first.page.evaluate(NOTIFICATIONS)
    play_online((first, second), [4])
    first.page.get_by_role("button", name="Settings").click()
    switch = first.page.get_by_role("checkbox", name="Notifications")
    switch.click()
    expect(switch).to_be_checked()
    first.page.get_by_role("button", name="Close").click()
    first.page.evaluate(HIDE, True)

    second.column(4).click()

    expect(first.page).to_have_title(CALLING)
    first.page.wait_for_function("window.shown.length === 1")
    assert first.page.evaluate("window.shown") == [["Connect 4", "Your turn"]]
    first.page.evaluate(HIDE, False)
    expect(first.page).to_have_title(QUIET)
    first.page.wait_for_function("window.shown.length === 0")


def test_seven_windows_of_one_browser_all_work(visitors: Visitors) -> None:
    games: list[tuple[GamePage, GamePage]] = []
    creator = visitors.arrive()
    for _ in range(WINDOWS):
        page = creator.context.new_page() if games else creator
        page.goto("/")
        StartPage(page).new_online_game.click()
        first = GamePage(page)
        games.append((first, join(visitors, first)))

    for first, second in games:
        play_online((first, second), [4, 4])
    for first, second in reversed(games):
        play_online((first, second), [3], Position().play(3).play(3))


def test_a_lost_network_is_noticed_at_once_and_without_a_move(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    play_online((first, second), [4])
    visitors.expect_console_error(NO_NETWORK)
    first.page.clock.install()
    first.page.reload()
    expect(first.status).to_have_text(pages.wait_for(2))

    # From here on, nothing happens in the page because time passes.
    first.page.clock.pause_at(datetime.now(tz=UTC) + timedelta(hours=1))
    first.page.context.set_offline(True)
    expect(first.connection_lost).to_be_visible()

    first.page.context.set_offline(False)
    expect(first.connection_lost).to_be_hidden()


def test_a_move_on_its_way_survives_going_back_and_forth(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    position = play_online((first, second), [4, 4])
    visitors.expect_console_error(NO_NETWORK)
    first.page.context.set_offline(True)
    first.column(3).click()
    expect(first.connection_lost).to_be_visible()

    first.page.go_back()
    expect(StartPage(first.page).new_online_game).to_be_visible()
    first.page.go_forward()
    expect(first.connection_lost).to_be_visible()
    first.page.context.set_offline(False)

    second.expect_position(position.play(2))
    first.expect_position(position.play(2))


def test_a_full_column_and_the_others_turn_answer_a_click(visitors: Visitors) -> None:
    page = visitors.arrive("/?local")
    game = GamePage(page)
    play_locally(game, [4] * 6)
    # By force, since a column that takes no disc says that it is disabled.
    game.column(4).click(force=True)
    expect(game.column_is_full).to_be_visible()

    first, second = start_online(visitors)
    play_online((first, second), [4])
    first.column(4).click(force=True)
    expect(first.page.get_by_text("It is not your turn.")).to_be_visible()


def test_three_quick_clicks_are_three_discs_and_a_double_click_is_one(visitors: Visitors) -> None:
    game = GamePage(visitors.arrive("/?local"))
    box = game.column(4).bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    session = game.page.context.new_cdp_session(game.page)

    def click(seconds: float, count: int) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            session.send(
                "Input.dispatchMouseEvent",
                {
                    "type": kind,
                    "x": middle[0],
                    "y": middle[1],
                    "button": "left",
                    "clickCount": count,
                    "timestamp": seconds,
                },
            )

    start = time.time()
    for count in (1, 2, 3):
        click(start + 0.35 * count, count)
    game.expect_position(Position().play(3).play(3).play(3))

    click(start + 5, 1)
    click(start + 5.1, 2)
    game.expect_position(Position().play(3).play(3).play(3).play(3))


def test_start_over_asks_and_escape_cancels(visitors: Visitors) -> None:
    game = GamePage(visitors.arrive("/?local"))
    position = play_locally(game, [4, 4, 3])
    game.start_over.click()
    expect(game.dialog).to_be_visible()
    game.page.keyboard.press("Escape")
    expect(game.dialog).to_have_count(0)
    game.expect_position(position)

    game.start_over.click()
    game.dialog.get_by_role("button", name="Start over").click()
    game.expect_position(Position())


def test_a_screen_that_says_no_has_a_title(visitors: Visitors) -> None:
    page = visitors.arrive("/?game=nothing")
    expect(page).to_have_title(re.compile("No game"))
