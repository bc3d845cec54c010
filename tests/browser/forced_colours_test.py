"""Colours that the person has set for all sites: the discs' own are gone, and still they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from browser.games import play_locally
from browser.pages import GamePage

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from browser.visitors import Visitors


def css(element: Locator, name: str) -> str:
    return str(element.evaluate("(element, name) => getComputedStyle(element)[name]", name))


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_one_players_discs_are_filled_and_the_others_are_outlined(
    visitors: Visitors, color_scheme: Literal["light", "dark"]
) -> None:
    page = visitors.arrive("/?local", forced_colors="active", color_scheme=color_scheme)
    game = GamePage(page)
    play_locally(game, [4, 5])
    body = page.locator("body")
    foreground, background = css(body, "color"), css(body, "backgroundColor")
    red, yellow = (game.board.locator(f"[data-disc='{player}'] circle").first for player in (1, 2))

    assert css(yellow, "fill") == background
    assert css(yellow, "stroke") == css(red, "fill") == css(red, "stroke") == foreground
    assert css(red, "fill") != css(yellow, "fill")


def test_whose_turn_it_is_has_a_border_and_the_other_none(visitors: Visitors) -> None:
    page = visitors.arrive("/?local", forced_colors="active", reduced_motion="reduce")
    background = css(page.locator("body"), "backgroundColor")
    players = page.get_by_role("list", name="Players").get_by_role("listitem")
    red, yellow = players.nth(0), players.nth(1)
    expect(red).to_have_attribute("aria-current", "true")

    assert css(red, "borderColor") != background
    assert css(yellow, "borderColor") == background
