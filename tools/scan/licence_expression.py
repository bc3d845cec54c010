"""Whether the licences that are allowed suffice for a licence expression as SPDX defines them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from license_expression import ExpressionError, Licensing

if TYPE_CHECKING:
    from collections.abc import Container

# It knows no licence by name, and so takes none for another one.
_LICENSING = Licensing()


def is_allowed(expression: str, allowed: Container[str]) -> bool:
    """Whether the allowed licences suffice for `MIT OR (Apache-2.0 AND BSD-3-Clause)` and the like.

    A text that is no expression is allowed only if the whole of it is.
    """
    if expression in allowed:
        return True
    try:
        parsed = _LICENSING.parse(expression)
    except (ExpressionError, IndexError):  # the latter for `()`
        return False
    granted = {
        licence: _LICENSING.TRUE
        for licence in _LICENSING.license_symbols(parsed, decompose=False)
        if licence.render() in allowed
    }
    return bool(granted) and parsed.subs(granted, simplify=True) == _LICENSING.TRUE
