"""The form of ids and secrets."""

import re

import pytest

from connect4_server.tokens import is_token, new_token


def test_a_token_is_32_letters_and_digits_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(re.fullmatch("[a-zA-Z0-9]{32}", token) for token in tokens)
    assert set("".join(tokens)) == set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    )
    assert all(is_token(token) for token in tokens)


@pytest.mark.parametrize(
    "text", ["", "x" * 31, "x" * 33, "x" * 31 + "-", "x" * 32 + "\n", "ä" * 32]
)
def test_malformed_tokens(text: str) -> None:
    assert not is_token(text)
