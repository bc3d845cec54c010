"""The tables carry the names that databases in the field have."""

from connect4_models.schema import Base


def test_constraints_are_named_as_postgresql_names_them() -> None:
    names = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
    }
    assert names == {
        "_game_number_constraint",
        "game_moves_check",
        "game_pkey",
        "player_gameId_fkey",
        "player_pkey",
        "spectators_pkey",
    }
