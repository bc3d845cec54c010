"""Ids of games and secrets of players, from the operating system's cryptographic source."""

import re
import secrets
import string

from connect4_models.schema import ID_LENGTH

_ALPHABET = (string.ascii_letters + string.digits).encode("ascii")
# As many bytes for each character; those that would be more for some of them are not used.
_LEFT_OVER = bytes(range(256 - 256 % len(_ALPHABET), 256))
_CHARACTERS = bytes(_ALPHABET[byte % len(_ALPHABET)] for byte in range(256))
_TOKEN = re.compile(f"[a-zA-Z0-9]{{{ID_LENGTH}}}")


def new_token() -> str:
    """32 characters of [a-zA-Z0-9]: 190 bits, nothing to guess and nothing to collide with."""
    token = b""
    while len(token) < ID_LENGTH:
        token += secrets.token_bytes(2 * ID_LENGTH).translate(_CHARACTERS, _LEFT_OVER)
    return token[:ID_LENGTH].decode("ascii")


def is_token(text: str) -> bool:
    """Whether TEXT can be a token at all; what cannot is not worth asking the database for."""
    return _TOKEN.fullmatch(text) is not None
