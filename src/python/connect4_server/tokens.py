"""Ids of games and secrets of players, from the operating system's random source."""

import re
import secrets
import string

from connect4_models.schema import ID_LENGTH

_ALPHABET = (string.ascii_letters + string.digits).encode("ascii")
# Rejection sampling: without it some characters would be more likely than others.
# `secrets.choice`, a call for each character, takes many times as long.
_REJECTED = bytes(range(256 - 256 % len(_ALPHABET), 256))
_CHARACTERS = bytes(_ALPHABET[byte % len(_ALPHABET)] for byte in range(256))
_TOKEN = re.compile(f"[a-zA-Z0-9]{{{ID_LENGTH}}}")


def new_token() -> str:
    """Returns 32 random characters of [a-zA-Z0-9]: 190 bits."""
    token = b""
    while len(token) < ID_LENGTH:
        token += secrets.token_bytes(2 * ID_LENGTH).translate(_CHARACTERS, _REJECTED)
    return token[:ID_LENGTH].decode("ascii")


def is_token(text: str) -> bool:
    """Returns whether TEXT has the form of a token; if not, no query is needed."""
    return _TOKEN.fullmatch(text) is not None
