"""Scores of boards from those with one disc more."""

from __future__ import annotations

import numpy as np

from opening_book.book import bitboard, has_four, layer_before, score_of_win
from opening_book.shapes import sets, shapes


def test_who_wins_with_the_first_disc_of_all_has_most_discs_left() -> None:
    assert [score_of_win(discs) for discs in (0, 1, 6, 40, 41)] == [21, 21, 18, 1, 1]


def test_four_in_a_row_are_found_and_no_line_goes_around_an_edge() -> None:
    upright = bitboard(np.array([0b1111, 0b0111]), (4, 0, 0, 0, 0, 0, 0))
    assert has_four(upright).tolist() == [True, False]
    assert has_four(bitboard(np.array([0b11_110000]), (6, 2, 0, 0, 0, 0, 0))).tolist() == [False]


def test_a_board_is_worth_its_best_column_and_a_win_at_once_the_most() -> None:
    after = {shape: np.full(len(sets(7, 3)), 5, dtype=np.int8) for shape in shapes(7)}
    before = layer_before(after, 6)
    three_of_a_kind = before[(0, 0, 0, 0, 0, 3, 3)]
    own = sets(6, 3).tolist()
    assert three_of_a_kind[own.index(0b111000)] == score_of_win(6)
    assert three_of_a_kind[own.index(0b001011)] == -5
