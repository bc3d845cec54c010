"""The licences that a Python distribution declares in its metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cyclonedx.spdx import fixup_id, is_expression

if TYPE_CHECKING:
    from email.message import Message

_CLASSIFIER = "License :: "


def declared_licences(metadata: Message) -> tuple[str, ...]:
    """The licences in a METADATA file, the most exact declaration that it has.

    That is one SPDX expression; or else the classifiers, without what all of them begin with; or
    else the first line of free text. None if nothing is declared.
    """
    texts = [str(metadata[name] or "").strip() for name in ("License-Expression", "License")]
    for text in texts:
        if text and (fixup_id(text) or is_expression(text)):
            return (text,)
    classifiers = sorted(
        value.split(" :: ")[-1]
        for value in map(str, metadata.get_all("Classifier", []))
        if value.startswith(_CLASSIFIER) and value != f"{_CLASSIFIER}OSI Approved"
    )
    return tuple(classifiers or (text.splitlines()[0] for text in texts if text))
