"""The client's screens as a visitor meets them; nothing else knows their accessible names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from connect4_models.rules import COLUMNS, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Locator, Page

    from connect4_models.rules import Cell, Player, Position

# The first eight bytes of every WebAssembly module: the smallest there is.
EMPTY_MODULE = "new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])"

COLOURS: dict[Player, str] = {1: "Red", 2: "Yellow"}

YOUR_TURN = "Your turn"
YOU_WON = "You won!"
YOU_LOST = "You lost."
DRAW = "It is a draw."


def isolated(name: str) -> str:
    """A player's name within a sentence, set apart as Unicode's isolates do it."""
    return f"\u2068{name}\u2069"


def turn_of(player: Player) -> str:
    """The status on a screen that both players share, while it is this one's turn."""
    return f"{COLOURS[player]}’s turn"  # noqa: RUF001 - the client's apostrophe


def wait_for(player: Player) -> str:
    """The status of an online player while it is the other's turn."""
    return f"{turn_of(player)}, wait for it"


def win_of(player: Player) -> str:
    """The status on a screen that both players share, when this one has won."""
    return f"{COLOURS[player]} wins!"


class StartPage:
    """Where everybody begins."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.your_name = page.get_by_role("textbox", name="Your name, if you like")
        self.options = page.get_by_text("Who begins, and a fair start")
        self.friend_begins = page.get_by_role("radio", name="My friend")
        self.fair_start = page.get_by_role("checkbox", name="Fair start")
        self.new_online_game = page.get_by_role("button", name="New online game")
        self.new_local_game = page.get_by_role("button", name="Local game for two")
        self.play_computer = page.get_by_role("button", name="Play the computer")
        self.game_to_join = page.get_by_role("textbox", name="Link or id of a friend’s game")  # noqa: RUF001
        self.language = page.get_by_role("combobox", name="Language")
        self.join = page.get_by_role("button", name="Join")
        games = page.get_by_role("region", name="Your games")
        self.games = games.get_by_role("listitem")
        self.show_all = games.get_by_role("button", name="Show all")


class GamePage:
    """A game, online or local, from waiting for the friend to its end."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.link = page.get_by_role("textbox", name="Link to this game")
        self.copy_link = page.get_by_role("button", name="Copy link")
        self.for_this_computer = page.get_by_text("It works on this computer only.")
        self.link_copied = page.get_by_text("Copied.")
        self.board = page.get_by_role("group", name="Board")
        self.status = page.get_by_role("region", name="Game").get_by_role("heading")
        self.spoken = page.get_by_role("region", name="Game").get_by_role("status")
        self.created = page.locator("time")
        self.play = page.get_by_role("button", name="Play", exact=True)
        self.watch = page.get_by_role("button", name="Watch")
        self.your_name = page.get_by_role("textbox", name="Your name, if you like")
        self.players = page.get_by_role("list", name="Players").get_by_role("listitem")
        self.resign = page.get_by_role("button", name="Resign")
        self.offer_draw = page.get_by_role("button", name="Offer a draw")
        self.accept = page.get_by_role("button", name="Accept")
        self.decline = page.get_by_role("button", name="Decline")
        self.claim = page.get_by_role("button", name="Claim the win")
        self.next_game = page.get_by_role("button", name="To the next game")
        self.play_again = page.get_by_role("button", name="Play again")
        self.connection_lost = page.get_by_text("Connection lost")
        self.no_such_game = page.get_by_text("There is no such game. Check the link.")
        self.column_is_full = page.get_by_text("That column is full.")
        self.start_over = page.get_by_role("button", name="Start over")
        self.dialog = page.get_by_role("dialog")
        self.to_the_start = page.get_by_role("button", name="Back to the start")

    def column(self, number: int) -> Locator:
        """The button that drops a disc into a column, 1 to 7 from the left."""
        return self.board.get_by_role("button", name=f"Column {number}")

    def shared_link(self) -> str:
        """The address that the friend needs, once the game is there."""
        expect(self.link).to_have_value(re.compile(r"^http.*\?game=[a-zA-Z0-9]{32}$"))
        return self.link.input_value()

    def expect_position(self, position: Position) -> None:
        """Waits until the board says aloud exactly these discs."""
        for column in range(COLUMNS):
            expect(self.column(column + 1)).to_have_accessible_name(_spoken(position, column))

    def expect_winning_line(self, cells: Iterable[Cell]) -> None:
        """Waits until these cells, and no others, are marked as the winning line."""
        cells = tuple(cells)
        expect(self.board.locator("[data-wins]")).to_have_count(len(cells))
        for column, row in cells:
            from_the_top = ROWS - 1 - row
            tile = self.column(column + 1).locator("[data-disc]").nth(from_the_top)
            expect(tile.locator("[data-wins]")).to_be_visible()

    def expect_no_move_possible(self) -> None:
        """Waits until no column takes a disc."""
        for number in range(1, COLUMNS + 1):
            expect(self.column(number)).to_be_disabled()


class ComputerGamePage(GamePage):
    """A game against the computer, from its choices on."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.hint = page.get_by_role("button", name="Hint")
        self.take_back = page.get_by_role("button", name="Take back")
        self.start_game = page.get_by_role("button", name="Start")

    def start(self) -> None:
        """Begins the game with what is chosen."""
        self.start_game.click()


class AnalysisPanel:
    """What the analysis of a game says, once its button was pressed."""

    def __init__(self, page: Page) -> None:
        self.button = page.get_by_role("button", name="Analyse")
        self.columns = page.get_by_role("list", name="What each column leads to").get_by_role(
            "listitem"
        )
        self.mistakes = page.get_by_role("list", name="Mistakes")


class ReplayPanel:
    """The steps through a game, below its board."""

    def __init__(self, page: Page) -> None:
        panel = page.get_by_role("region", name="Replay")
        self.first = panel.get_by_role("button", name="To the start")
        self.back = panel.get_by_role("button", name="Back one move")
        self.forward = panel.get_by_role("button", name="Forward one move")
        self.last = panel.get_by_role("button", name="To the last move")
        self.slider = panel.get_by_role("slider", name="Move")
        self.news = panel.get_by_text("The game has gone on.")
        self.to_game = panel.get_by_role("button", name="Back to the game")
        self.more = panel.get_by_text("Moves", exact=True)
        self.moves = panel.get_by_role("list", name="Moves").get_by_role("button")
        self.columns = panel.get_by_role("textbox", name="The moves as columns")
        self.link = panel.get_by_role("textbox", name="Link to this position")
        self.analyse = panel.get_by_role("button", name="Analyse")

    def expect_at(self, words: str) -> None:
        """Waits until the slider says aloud that this position is shown."""
        expect(self.slider).to_have_attribute("aria-valuetext", words)


class SettingsDialog:
    """What can be set, behind a button on the start page and in every game."""

    def __init__(self, page: Page) -> None:
        self.open = page.get_by_role("button", name="Settings")
        self.dialog = page.get_by_role("dialog", name="Settings")
        self.number_keys = self.dialog.get_by_role("checkbox", name="Keys 1 to 7")
        self.language = self.dialog.get_by_role("combobox", name="Language")
        self.close = self.dialog.get_by_role("button", name="Close")


def expect_no_sideways_scrolling(page: Page) -> None:
    """Fails if the page is wider than the screen."""
    width = page.evaluate("() => document.scrollingElement.scrollWidth - window.innerWidth")
    assert width <= 0, f"{width} pixels are beyond the edge"


def _spoken(position: Position, column: int) -> str:
    discs = [position.disc(column, row) for row in range(position.height(column))]
    content = ", ".join(COLOURS[disc].lower() for disc in discs if disc)
    full = ", full" if len(discs) == ROWS else ""
    return f"Column {column + 1}{full}, {f'from the bottom: {content}' if content else 'empty'}"
