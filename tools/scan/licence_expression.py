"""Licence expressions as SPDX defines them, such as `MIT OR (Apache-2.0 AND BSD-3-Clause)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

_TOKEN = re.compile(r"\s*(\(|\)|[^\s()]+)")


def is_allowed(expression: str, allowed: Container[str]) -> bool:
    """Whether the licences that are allowed suffice for what comes under an expression.

    What is no expression is not allowed, unless its whole text is.
    """
    if expression in allowed:
        return True
    try:
        tokens = _TOKEN.findall(expression)
        verdict, rest = _alternatives(tokens, allowed)
    except IndexError:
        return False
    return verdict and not rest


def _alternatives(tokens: list[str], allowed: Container[str]) -> tuple[bool, list[str]]:
    verdict, rest = _together(tokens, allowed)
    while rest and rest[0].upper() == "OR":
        other, rest = _together(rest[1:], allowed)
        verdict = verdict or other
    return verdict, rest


def _together(tokens: list[str], allowed: Container[str]) -> tuple[bool, list[str]]:
    verdict, rest = _single(tokens, allowed)
    while rest and rest[0].upper() == "AND":
        other, rest = _single(rest[1:], allowed)
        verdict = verdict and other
    return verdict, rest


def _single(tokens: list[str], allowed: Container[str]) -> tuple[bool, list[str]]:
    first, rest = tokens[0], tokens[1:]
    if first == "(":
        verdict, rest = _alternatives(rest, allowed)
        return verdict and rest[0] == ")", rest[1:]
    if rest and rest[0].upper() == "WITH":
        return f"{first} WITH {rest[1]}" in allowed, rest[2:]
    return first in allowed, rest
