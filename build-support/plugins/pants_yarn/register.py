"""Yarn 4 in Pants 2.17, whose own JavaScript backend knows Yarn 1 only."""

from __future__ import annotations

from typing import Any, Iterable

from pants_yarn import goals, script
from pants_yarn.target_types import YarnPackageTarget


def rules() -> Iterable[Any]:
    return [*script.rules(), *goals.rules()]


def target_types() -> Iterable[Any]:
    return [YarnPackageTarget]
