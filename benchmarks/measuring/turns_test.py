"""The order of a round."""

from measuring.turns import in_turn


def test_every_other_round_goes_the_other_way() -> None:
    assert [in_turn("abc", number) for number in range(3)] == [
        ["a", "b", "c"],
        ["c", "b", "a"],
        ["a", "b", "c"],
    ]
