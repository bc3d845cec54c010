"""The computer plays and analyses in a worker, and the page's policy stays as strict as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from browser import pages
from browser.games import play_locally
from browser.pages import EMPTY_MODULE, AnalysisPanel, ComputerGamePage, StartPage

if TYPE_CHECKING:
    from browser.visitors import Visitors


def test_the_page_may_run_no_webassembly_and_the_worker_does(visitors: Visitors) -> None:
    page = visitors.arrive("/?computer")
    visitors.expect_console_error("WebAssembly|Content Security Policy|unsafe-eval")
    refused = page.evaluate(
        f"() => WebAssembly.compile({EMPTY_MODULE}).then(() => null, (error) => error.name)"
    )
    assert refused == "CompileError"

    game = ComputerGamePage(page)
    game.start()
    game.column(4).click()
    expect(game.status).to_have_text(pages.YOUR_TURN)
    expect(game.column(4)).to_have_accessible_name(re.compile("from the bottom: red"))


def test_nothing_of_the_computer_is_loaded_before_it_is_needed(visitors: Visitors) -> None:
    page = visitors.arrive()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    expect(StartPage(page).play_computer).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not [url for url in loaded if url.endswith((".wasm", ".bin"))]

    StartPage(page).play_computer.click()
    game = ComputerGamePage(page)
    game.start()
    game.column(4).click()
    expect(game.status).to_have_text(pages.YOUR_TURN)
    assert len([url for url in loaded if url.endswith(".wasm")]) == 1
    # The larger layer of the book is for an analysis, a hint or a perfect computer.
    assert len([url for url in loaded if url.endswith(".bin")]) == 1


def test_a_perfect_computer_that_begins_takes_the_middle(visitors: Visitors) -> None:
    page = visitors.arrive("/?computer")
    page.get_by_role("radio", name="Perfect").check()
    page.get_by_role("radio", name="The computer, with red").check()
    game = ComputerGamePage(page)
    game.start()
    expect(game.status).to_have_text(pages.YOUR_TURN)
    expect(game.column(4)).to_have_accessible_name("Column 4, from the bottom: red")


def test_a_hint_and_a_move_taken_back(visitors: Visitors) -> None:
    game = ComputerGamePage(visitors.arrive("/?computer"))
    game.start()
    game.hint.click()
    expect(game.page.get_by_text("Best: column 4, Red wins in 21 moves.")).to_be_visible()
    game.column(4).click()
    expect(game.status).to_have_text(pages.YOUR_TURN)
    game.take_back.click()
    expect(game.column(4)).to_have_accessible_name(re.compile("empty"))


def test_a_local_game_is_analysed_with_the_keyboard_alone(visitors: Visitors) -> None:
    page = visitors.arrive("/?local")
    game = pages.GamePage(page)
    play_locally(game, [4, 4, 3, 3])
    analysis = AnalysisPanel(page)
    analysis.button.focus()
    page.keyboard.press("Enter")
    expect(analysis.columns.nth(1)).to_contain_text("Column 2: Red wins in 2 moves, best")
    expect(page.get_by_text("Best: column 2 or 5, Red wins in 2 moves.")).to_be_attached()
    expect(analysis.mistakes).to_contain_text("Yellow gave away")
