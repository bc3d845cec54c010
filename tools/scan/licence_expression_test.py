import pytest

from scan.licence_expression import is_allowed

ALLOWED = {"MIT", "Apache-2.0", "GPL-2.0 WITH Classpath-exception-2.0", "Public Domain"}


@pytest.mark.parametrize(
    "expression",
    [
        "MIT",
        "MIT AND Apache-2.0",
        "MIT OR GPL-3.0-only",
        "GPL-3.0-only or MIT",
        "(GPL-3.0-only OR MIT) AND Apache-2.0",
        "GPL-3.0-only AND Apache-2.0 OR MIT",
        "GPL-2.0 WITH Classpath-exception-2.0",
        "Public Domain",
    ],
)
def test_what_the_allowed_licences_suffice_for_is_allowed(expression: str) -> None:
    assert is_allowed(expression, ALLOWED)


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "()",
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "(GPL-3.0-only OR MIT) AND LGPL-3.0-only",
        "GPL-2.0",
        "MIT WITH Classpath-exception-2.0",
        "MIT GPL-3.0-only",
        "MIT OR",
        "(MIT",
        "MIT)",
        "SEE LICENSE IN MIT",
        "no licence",
    ],
)
def test_anything_else_is_not(expression: str) -> None:
    assert not is_allowed(expression, ALLOWED)
