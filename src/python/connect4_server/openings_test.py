"""The positions that games may begin from."""

from connect4_models.rules import position_after
from connect4_server.openings import _BALANCED, balanced_opening


def test_they_are_101_positions_after_four_moves() -> None:
    positions = {position_after(map(int, moves)) for moves in _BALANCED}
    assert len(positions) == len(_BALANCED) == 101
    assert {position.ply for position in positions} == {4}
    assert not any(position.is_over for position in positions)


def test_one_of_them_is_chosen() -> None:
    assert balanced_opening() in _BALANCED
