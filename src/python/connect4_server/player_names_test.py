"""What is a name, and how it is written."""

import pytest

from connect4_server.player_names import player_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A", "A"),
        ("x" * 20, "x" * 20),
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("a\u00a0\u3000b", "a b"),
        ("e\u0301" * 20, "\u00e9" * 20),
        ("<b>&", "<b>&"),
        ("Þóra 🎲", "Þóra 🎲"),
    ],
)
def test_a_name_has_one_form(text: str, name: str) -> None:
    assert player_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \u3000 ",
        "x" * 21,
        "a\tb",
        "a\x00",
        "\x7f",
        "a\u202eb",
        "\u200b",
        "\u2066a",
        "\ufeffa",
        "\ud800",
        "\u0378",
        "a\u2028b",
        "a\u2029",
    ],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="character"):
        player_name(text)
