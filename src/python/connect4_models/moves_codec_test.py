from connect4_models import moves_codec


def test_a_game_without_moves_is_an_empty_string() -> None:
    assert moves_codec.unknown(0) == ""
    assert moves_codec.columns("") == []


def test_moves_are_added_at_the_end() -> None:
    assert moves_codec.append(moves_codec.append("", 3), 0) == "30"
    assert moves_codec.columns("3065") == [3, 0, 6, 5]


def test_moves_from_before_the_record_are_unknown() -> None:
    assert moves_codec.columns(moves_codec.append(moves_codec.unknown(2), 6)) == [None, None, 6]
