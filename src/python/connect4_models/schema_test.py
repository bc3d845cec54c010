"""The tables carry the names that databases in the field have."""

from connect4_models.schema import Base


def test_constraints_are_named_as_postgresql_names_them() -> None:
    names = {
        str(constraint.name)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
    }
    assert names == {"game_pkey", "player_pkey", "player_gameId_fkey", "_game_number_constraint"}
