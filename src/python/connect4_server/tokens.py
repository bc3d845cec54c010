"""Ids of games and secrets of players, from the operating system's cryptographic source."""

import re
import secrets
import string

from connect4_models.schema import ID_LENGTH

_ALPHABET = string.ascii_letters + string.digits
_TOKEN = re.compile(f"[a-zA-Z0-9]{{{ID_LENGTH}}}")


def new_token() -> str:
    """32 characters of [a-zA-Z0-9]: 190 bits, nothing to guess and nothing to collide with."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(ID_LENGTH))


def is_token(text: str) -> bool:
    """Whether TEXT can be a token at all; what cannot is not worth asking the database for."""
    return _TOKEN.fullmatch(text) is not None
