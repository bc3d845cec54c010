"""The board as a string and as columns of cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connect4_models import board_codec
from connect4_models.rules import Position, position_after


def test_the_empty_board_is_42_zeros() -> None:
    assert board_codec.encode(Position()) == board_codec.EMPTY == "0" * 42


def test_column_x_row_y_is_character_x_times_6_plus_y() -> None:
    text = board_codec.encode(position_after([2, 2, 5]))
    assert {index: cell for index, cell in enumerate(text) if cell != "0"} == {
        2 * 6 + 0: "1",
        2 * 6 + 1: "2",
        5 * 6 + 0: "1",
    }


def test_columns_are_from_the_left_and_from_the_bottom() -> None:
    columns = board_codec.columns(board_codec.encode(position_after([0, 6, 6])))
    assert len(columns) == 7
    assert all(len(column) == 6 for column in columns)
    assert columns[0] == [1, 0, 0, 0, 0, 0]
    assert columns[6] == [2, 1, 0, 0, 0, 0]


@given(st.lists(st.integers(0, 6), max_size=42))
def test_decoding_gives_back_what_was_encoded(columns: list[int]) -> None:
    position = Position()
    for column in columns:
        if column in position.legal_columns:
            position = position.play(column)
    assert board_codec.decode(board_codec.encode(position)) == position


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0" * 41,
        "0" * 43,
        "3" + "0" * 41,
        "x" * 42,
        "\u0660" * 42,
        "01" + "0" * 40,
        "2" + "0" * 41,
    ],
)
def test_what_is_no_board_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"a board is|in the air|take turns"):
        board_codec.decode(text)
