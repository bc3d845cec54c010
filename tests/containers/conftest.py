"""The Compose project that the tests of a run share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from containers.engine import ComposeProject

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ComposeProject]:
    """It is up, and every service of it is healthy; afterwards nothing of it is left."""
    with ComposeProject(tmp_path_factory.mktemp("compose")) as project:
        yield project
    assert project.left() == []
