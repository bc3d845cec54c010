"""The manifests, rendered once."""

import pytest

from deployment.rendering import Rendering


@pytest.fixture(scope="session")
def rendering(tmp_path_factory: pytest.TempPathFactory) -> Rendering:
    return Rendering(tmp_path_factory.mktemp("rendering"))
