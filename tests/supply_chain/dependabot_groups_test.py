"""Which group of Dependabot's an update comes with says whether it reaches users."""

from __future__ import annotations

from pathlib import Path

import pytest

from pip_lock import read_pins, required_by
from scan.licences import read_policy
from supply_chain.dependabot_groups import Groups, Updates, matches, requirements

# The inputs of what ships, and the group of what each of them asks for.
IN_LAUNCHER = {
    "models": "server-and-migrations",
    "server": "server",
    "migrations": "migrations",
    "launcher": "launcher",
}
SHIPPED = {**IN_LAUNCHER, "httpbin": "httpbin"}
# What the echo service has in common with the server comes with the server's.
COMMON = {"gunicorn": ["server"]}
INPUTS = sorted(Path("3rdparty").glob("*.in"))
LOCKS = sorted(Path("lockfiles").glob("*.txt"))
POLICY = Path("3rdparty/scan-licences.toml")


def test_the_inputs_of_what_ships_are_those_that_the_scan_knows() -> None:
    (roots,) = (set(lock.roots) for lock in read_policy(POLICY).locks if lock.roots)
    assert roots == {f"-r 3rdparty/{name}.in" for name in IN_LAUNCHER}


def test_a_requirement_comes_with_the_group_of_what_ships_it() -> None:
    groups = Groups.read("pip", "/", "version-updates")
    tools = [file for file in INPUTS if file.stem not in SHIPPED]
    expected = {name: ["tools"] for file in tools for name in requirements(file)}
    for stem, group in SHIPPED.items():
        expected.update((name, [group]) for name in requirements(Path(f"3rdparty/{stem}.in")))
    expected |= COMMON
    assert {name: groups.of(name) for name in expected} == expected
    assert {group for names in expected.values() for group in names} == set(groups.rules)


def test_a_security_update_of_whatever_ships_says_so() -> None:
    groups = Groups.read("pip", "/", "security-updates")
    expected = {name: ["tools-security"] for lock in LOCKS for name in read_pins(lock)}
    for shipped in read_policy(POLICY).locks:
        pins = read_pins(Path(shipped.lock))
        names = required_by(pins, shipped.roots) if shipped.roots else pins
        expected.update((name, ["shipped-security"]) for name in names)
    assert {name: groups.of(name) for name in expected} == expected


@pytest.mark.parametrize("updates", ["version-updates", "security-updates"])
def test_every_name_in_a_group_is_that_of_a_package(updates: Updates) -> None:
    known = {name for lock in LOCKS for name in read_pins(lock)}
    for pattern in Groups.read("pip", "/", updates).patterns:
        assert any(matches(pattern, name) for name in known), pattern


@pytest.mark.parametrize(
    ("directory", "production", "development", "security"),
    [
        ("/src/js/connect4-client", "client", "client-tools", "client-security"),
        ("/3rdparty/chromium", "tools", "tools", "tools-security"),
        ("/3rdparty/lighthouse", "tools", "tools", "tools-security"),
        ("/benchmarks/boardgame_io", "tools", "tools", "tools-security"),
    ],
)
def test_the_client_is_told_from_what_it_is_built_and_tested_with(
    directory: str, production: str, development: str, security: str
) -> None:
    groups = Groups.read("npm", directory, "version-updates")
    assert groups.of("next", "production") == [production]
    assert groups.of("vitest", "development") == [development]
    assert Groups.read("npm", directory, "security-updates").of("sharp") == [security]
