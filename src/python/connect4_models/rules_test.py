"""The rules: exhaustive over the lines, and random games against a slow reading of the rules."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect4_models.rules import (
    COLUMNS,
    ROWS,
    STRIDE,
    TO_CONNECT,
    ColumnFullError,
    GameOverError,
    Player,
    Position,
    position_after,
    position_of,
)

Cell = tuple[int, int]

LINES = [
    [(x + i * dx, y + i * dy) for i in range(TO_CONNECT)]
    for x, y, (dx, dy) in itertools.product(
        range(COLUMNS), range(ROWS), [(1, 0), (0, 1), (1, 1), (1, -1)]
    )
    if x + (TO_CONNECT - 1) * dx < COLUMNS and 0 <= y + (TO_CONNECT - 1) * dy < ROWS
]

# A game in which nobody connects four.
DRAW = [0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3, 1, 0, 1, 0, 1, 0, 3, 2, 3, 2, 3, 2]
DRAW += [4, 5, 4, 5, 4, 5, 5, 4, 5, 4, 5, 4, 6, 6, 6, 6, 6, 6]


# fmt: off
WON_WITH_THE_LAST_DISC = [
    5, 6, 6, 2, 1, 4, 4, 3, 2, 0, 2, 2, 6, 1, 0, 0, 2, 4, 3, 4, 0,
    5, 1, 5, 2, 3, 3, 4, 5, 0, 1, 6, 5, 3, 6, 5, 6, 1, 3, 1, 4, 0,
]
# fmt: on


def position_with(discs: dict[Cell, Player]) -> Position:
    """A bare position: neither gravity nor turns are looked at."""
    boards = {1: 0, 2: 0}
    for (x, y), player in discs.items():
        boards[player] |= 1 << (x * (ROWS + 1) + y)
    return Position(boards[1], boards[2])


def naive_winner(cells: dict[Cell, Player]) -> Player | None:
    for line in LINES:
        owners = {cells.get(cell) for cell in line}
        if len(owners) == 1 and (owner := owners.pop()) is not None:
            return owner
    return None


@st.composite
def games(draw: st.DrawFn) -> list[int]:
    """Legal moves from the start, until the game is over or just because."""
    position, moves = Position(), []
    for _ in range(draw(st.integers(0, COLUMNS * ROWS))):
        if not position.legal_columns:
            break
        moves.append(draw(st.sampled_from(position.legal_columns)))
        position = position.play(moves[-1])
    return moves


def test_there_are_69_lines() -> None:
    assert len(LINES) == 69


@pytest.mark.parametrize("line", LINES, ids=str)
@pytest.mark.parametrize("player", [1, 2])
def test_every_line_wins_for_its_player(line: list[Cell], player: Player) -> None:
    assert position_with(dict.fromkeys(line, player)).winner == player


@pytest.mark.parametrize("line", LINES, ids=str)
def test_a_line_wins_whichever_of_its_cells_comes_last(line: list[Cell]) -> None:
    for missing in line:
        three: dict[Cell, Player] = {cell: 1 for cell in line if cell != missing}
        assert position_with(three).winner is None
        assert position_with({**three, missing: 2}).winner is None


def test_nothing_wins_across_the_edge_of_a_column() -> None:
    # Neighbours in the order of the bits, and not on the board.
    assert position_with({(0, 3): 1, (0, 4): 1, (0, 5): 1, (1, 0): 1}).winner is None
    assert position_with({(0, 5): 1, (1, 0): 1, (1, 1): 1, (1, 2): 1}).winner is None
    assert position_with({(4, 2): 1, (5, 1): 1, (6, 0): 1, (3, 4): 1}).winner is None
    assert position_with({(3, 0): 1, (4, 0): 1, (5, 0): 1, (6, 1): 1}).winner is None


def test_a_full_board_without_a_line_is_a_draw() -> None:
    position = position_after(DRAW)
    assert position.ply == 42
    assert position.is_draw
    assert position.is_over
    assert position.winner is None
    assert position.legal_columns == ()


def test_the_last_disc_of_a_full_board_can_win() -> None:
    before = position_after(WON_WITH_THE_LAST_DISC[:-1])
    assert before.winner is None
    after = before.play(WON_WITH_THE_LAST_DISC[-1])
    assert after.ply == 42
    assert after.winner == 2
    assert not after.is_draw


def test_nobody_moves_after_the_end() -> None:
    won = position_after([0, 1, 0, 1, 0, 1, 0])
    assert won.winner == 1
    assert won.player_to_move == 2
    with pytest.raises(GameOverError):
        won.play(6)
    with pytest.raises(GameOverError):
        position_after(DRAW).play(0)


def test_a_column_takes_six_discs() -> None:
    position = position_after([3] * 6)
    assert position.legal_columns == (0, 1, 2, 4, 5, 6)
    with pytest.raises(ColumnFullError):
        position.play(3)


@pytest.mark.parametrize("column", [-1, 7, 100])
def test_a_column_that_is_not_on_the_board_is_refused(column: int) -> None:
    with pytest.raises(ValueError, match="not from 0 to 6"):
        Position().play(column)


@given(games())
def test_a_game_obeys_the_rules(moves: list[int]) -> None:
    position = Position()
    cells: dict[Cell, Player] = {}
    for ply, column in enumerate(moves):
        player: Player = 2 if ply % 2 else 1
        assert position.ply == ply
        assert position.player_to_move == player
        assert not position.is_over
        row = position.height(column)
        assert position.disc(column, row) is None
        assert row == sum(x == column for x, _ in cells)

        before, position = position, position.play(column)

        cells[column, row] = player
        assert before.disc(column, row) is None, "the position before has not changed"
        assert position.winner == naive_winner(cells)
        assert position.winner in (None, player), "only who moves can win"
    assert {
        (x, y): position.disc(x, y)
        for x in range(COLUMNS)
        for y in range(ROWS)
        if position.disc(x, y) is not None
    } == cells


@given(games())
def test_a_position_can_be_put_together_from_its_bitboards(moves: list[int]) -> None:
    position = position_after(moves)
    assert position_of(position.first, position.second) == position


@pytest.mark.parametrize("first", [0b10, 0b101, 0b10 << 3 * STRIDE, 0b100000 << 6 * STRIDE])
def test_a_disc_in_the_air_is_no_position(first: int) -> None:
    with pytest.raises(ValueError, match="in the air"):
        position_of(first, 0 if first.bit_count() == 1 else 1 << STRIDE)


@pytest.mark.parametrize(("first", "second"), [(0, 1), (0b11, 0), (1, 0b110)])
def test_discs_that_were_not_dropped_in_turns_are_no_position(first: int, second: int) -> None:
    with pytest.raises(ValueError, match="did not take turns"):
        position_of(first, second)
