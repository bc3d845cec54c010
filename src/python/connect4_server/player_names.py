"""What a player may be called: a short text of visible characters and single spaces."""

from __future__ import annotations

import unicodedata

from connect4_models.schema import NAME_LENGTH

# Control, format, surrogate and unassigned characters, and separators of lines and paragraphs:
# https://www.unicode.org/reports/tr44/#General_Category_Values
_REFUSED = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}


def player_name(text: str) -> str:
    """Returns TEXT in Unicode's form NFC, with single spaces, and none at the ends.

    Raises ValueError if it has a character that is refused, or then not 1 to 20 characters.
    """
    if any(unicodedata.category(character) in _REFUSED for character in text):
        raise ValueError("a control, format or unassigned character")
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not 1 <= len(name) <= NAME_LENGTH:
        raise ValueError(f"1 to {NAME_LENGTH} characters, not {len(name)}")
    return name
