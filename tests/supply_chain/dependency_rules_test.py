"""What the BUILD files' `__dependencies_rules__` and `__dependents_rules__` refuse."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from supply_chain.checkout import copy_repository

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_repository(tmp_path_factory.mktemp("rules") / "checkout")


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("src/python/connect4/address.py", "import scan.report"),
        ("src/python/local_postgres/cluster.py", "import connect4_models.schema"),
    ],
)
def test_an_import_against_the_rules_is_refused(
    checkout: Path, module: str, statement: str
) -> None:
    with (checkout / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{statement}\n")
    refused = subprocess.run(
        ["./pants", "--no-pantsd", "dependencies", module],
        cwd=checkout,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert refused.returncode != 0
    assert "DependencyRuleActionDeniedError" in refused.stdout
    assert statement.removeprefix("import ").replace(".", "/") in refused.stdout
