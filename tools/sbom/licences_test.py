"""Which of its declarations a distribution's licence is taken from."""

from __future__ import annotations

from email.parser import HeaderParser

import pytest

from sbom.licences import declared_licences


@pytest.mark.parametrize(
    ("metadata", "licences"),
    [
        ("License-Expression: MIT AND PSF-2.0\nLicense: GPL", ("MIT AND PSF-2.0",)),
        ("License: MIT", ("MIT",)),
        (
            "License: as in the file COPYING\nClassifier: License :: OSI Approved\n"
            "Classifier: License :: OSI Approved :: MIT License\nClassifier: Typing :: Typed",
            ("MIT License",),
        ),
        ("License: as in the file COPYING\n        and so on", ("as in the file COPYING",)),
        ("Name: nothing declared", ()),
    ],
)
def test_the_most_exact_declaration_counts(metadata: str, licences: tuple[str, ...]) -> None:
    assert declared_licences(HeaderParser().parsestr(metadata)) == licences
