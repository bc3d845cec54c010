"""Games are stepped through, while they run and when they are over, and linked to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser import pages
from browser.games import BOTTOM_ROW_WIN, play_locally, play_online, start_online
from browser.pages import AnalysisPanel, GamePage, ReplayPanel, StartPage
from connect4_models.rules import Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from browser.visitors import Visitors


def position_after(columns: Iterable[int]) -> Position:
    position = Position()
    for column in columns:
        position = position.play(column - 1)
    return position


def test_who_looks_back_is_told_of_a_new_move_and_not_pulled_away(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    position = play_online((first, second), [4, 4, 3])
    replay = ReplayPanel(first.page)
    expect(replay.analyse).to_have_count(0)

    replay.back.click()
    first.expect_position(position_after([4, 4]))
    second.column(5).click()
    expect(replay.news).to_be_visible()
    first.expect_position(position_after([4, 4]))
    expect(first.status).to_have_text(pages.YOUR_TURN)

    replay.to_game.click()
    first.expect_position(position.play(4))
    first.column(2).click()
    second.expect_position(position.play(4).play(1))


def test_a_link_leads_to_a_position_and_back_to_where_one_came_from(visitors: Visitors) -> None:
    game = start_online(visitors)
    first = game[0]
    play_online(game, BOTTOM_ROW_WIN)
    expect(first.status).to_have_text(pages.YOU_WON)
    replay = ReplayPanel(first.page)
    for _ in range(3):
        replay.back.click()
    expect(first.page).to_have_url(re.compile(r"\?game=\w{32}&ply=4$"))
    replay.more.click()
    expect(replay.link).to_have_value(first.page.url)

    first.page.reload()
    first.expect_position(position_after(BOTTOM_ROW_WIN[:4]))
    replay.expect_at("Move 4 of 7: Yellow, column 2")
    first.page.go_back()
    expect(StartPage(first.page).new_online_game).to_be_visible()
    first.page.go_forward()
    replay.expect_at("Move 4 of 7: Yellow, column 2")


def test_the_last_move_is_marked_after_a_reload(visitors: Visitors) -> None:
    first, second = start_online(visitors)
    play_online((first, second), [4, 5])

    first.page.reload()

    expect(first.column(5).locator("[data-last]")).to_have_count(1)


def test_a_finished_game_is_analysed_and_its_mistakes_lead_to_something_better(
    visitors: Visitors,
) -> None:
    game = start_online(visitors)
    first = game[0]
    play_online(game, BOTTOM_ROW_WIN)
    replay = ReplayPanel(first.page)
    replay.analyse.click()
    analysis = AnalysisPanel(first.page)
    mistake = analysis.mistakes.get_by_role("button", name=re.compile("^Move 1: Red gave away"))
    mistake.click()

    replay.expect_at("Start of the game")
    expect(analysis.columns.nth(3)).to_contain_text("best")
    expect(analysis.columns.nth(0)).to_contain_text("played")
    replay.more.click()
    expect(replay.moves.nth(0)).to_have_accessible_name("Move 1: Red, column 1, a mistake")


def test_the_keyboard_alone_steps_through_a_game(visitors: Visitors) -> None:
    page = visitors.arrive("/?local&moves=1212121")
    game, replay = GamePage(page), ReplayPanel(page)
    expect(game.status).to_have_text(pages.win_of(1))
    replay.expect_at("Move 7 of 7: Red, column 1")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    game.expect_position(position_after([1, 2, 1, 2, 1]))

    replay.slider.focus()
    page.keyboard.press("Home")
    game.expect_position(Position())
    page.keyboard.press("ArrowRight")
    replay.expect_at("Move 1 of 7: Red, column 1")
    page.keyboard.press("End")
    replay.expect_at("Move 7 of 7: Red, column 1")


def test_moves_are_copied_from_one_game_into_another(visitors: Visitors) -> None:
    page = visitors.arrive("/?local")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    game, replay = GamePage(page), ReplayPanel(page)
    play_locally(game, [4, 4, 5])
    replay.more.click()
    expect(replay.columns).to_have_value("445")
    page.get_by_role("button", name="Copy: The moves as columns").click()
    expect(page.get_by_text("Copied.")).to_be_visible()

    page.get_by_text("Enter moves").click()
    field = page.get_by_role("textbox", name="Moves as columns, such as")
    field.fill(page.evaluate("navigator.clipboard.readText()") + "59")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Move 5 is wrong: “9” is no column from 1 to 7.")).to_be_visible()
    field.fill("4455")
    page.get_by_role("button", name="Show", exact=True).click()
    game.expect_position(position_after([4, 4, 5, 5]))
    expect(page).to_have_url(re.compile(r"\?local&moves=4455$"))

    # The game that was on is still there.
    page.go_back()
    game.expect_position(position_after([4, 4, 5]))


def test_a_slider_that_is_drawn_for_long_does_not_anger_the_browser(visitors: Visitors) -> None:
    page = visitors.arrive("/?local&moves=" + "1122334455667711223344556677")
    replay = ReplayPanel(page)
    replay.slider.focus()
    for _ in range(8):
        for key in ("ArrowLeft", "ArrowRight"):
            for _ in range(28):
                page.keyboard.press(key)

    replay.first.click()

    expect(page).to_have_url(re.compile(r"&ply=0$"))
