"""The bills of what is really built, compared with the files themselves and with the locks."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from sbom.__main__ import main

SERVER = Path("src.python.connect4_server/server.pex")
PEXES = {
    "connect4": Path("connect4.pex"),
    "server": SERVER,
    "migrations": Path("src.python.migrations/migrations.pex"),
}
CLIENT = Path("connect4-client")
YARN_LOCK = Path("src/js/connect4-client/yarn.lock")
PACKAGE_JSON = Path("src/js/connect4-client/package.json")
BOOK_SOURCE = "pkg:pypi/bitbully-databases@"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the documents of all artifacts."""
    output = tmp_path_factory.mktemp("sbom")
    assert main(["--output", str(output), *map(str, PEXES.values()), str(CLIENT)]) == 0
    return output


def document(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.cdx.json").read_text(encoding="utf-8"))


def components(document: Any, registry: str) -> dict[str, Any]:
    """The components from one registry, by their package URL."""
    found = {component["purl"]: component for component in document["components"]}
    assert len(found) == len(document["components"])
    return {purl: found[purl] for purl in found if purl.startswith(f"pkg:{registry}/")}


def carries_the_client(name: str) -> bool:
    with zipfile.ZipFile(PEXES[name]) as archive:
        return "connect4_client/index.html" in archive.namelist()


def listed_distributions(folder: Path, name: str) -> dict[str, Any]:
    """The components that are distributions in a PEX: all from the index but the book's source."""
    listed = components(document(folder, name), "pypi")
    return {purl: listed[purl] for purl in listed if not purl.startswith(BOOK_SOURCE)}


def distributions(pex: Path) -> dict[str, tuple[str, str]]:
    """By the package URL of each distribution in a PEX its wheel and its fingerprint."""
    found = {}
    with zipfile.ZipFile(pex) as archive:
        fingerprints = json.loads(archive.read("PEX-INFO"))["distributions"]
        for member in archive.namelist():
            if re.fullmatch(r"\.deps/[^/]+/[^/]+\.dist-info/METADATA", member):
                metadata = HeaderParser().parsestr(archive.read(member).decode())
                name = re.sub(r"[-_.]+", "-", metadata["Name"]).lower()
                wheel = member.split("/")[1]
                found[f"pkg:pypi/{name}@{metadata['Version']}"] = wheel, fingerprints.pop(wheel)
    assert not fingerprints, "listed in PEX-INFO, and not there"
    return found


def locked(resolve: str) -> dict[str, set[str]]:
    """The hashes in a lock, by package URL, as far as a look at its lines finds them."""
    found: dict[str, set[str]] = {}
    purl = ""
    for line in Path(f"lockfiles/{resolve}.txt").read_text(encoding="utf-8").splitlines():
        if re.match(r"\w", line):
            purl = f"pkg:pypi/{line.split()[0].replace('==', '@')}"
        elif "--hash=sha256:" in line:
            found.setdefault(purl, set()).add(line.split(":")[1].rstrip(" \\"))
    return found


@pytest.mark.parametrize("name", PEXES)
def test_it_lists_exactly_the_distributions_in_the_pex(folder: Path, name: str) -> None:
    listed = listed_distributions(folder, name)
    assert {
        purl: tuple(
            next(entry["value"] for entry in component["properties"] if entry["name"] == key)
            for key in ("pex:wheel", "pex:fingerprint:sha256")
        )
        for purl, component in listed.items()
    } == distributions(PEXES[name])
    for purl, component in listed.items():
        assert purl == f"pkg:pypi/{component['name']}@{component['version']}"


@pytest.mark.parametrize("name", PEXES)
def test_its_hashes_are_those_of_the_lock_of_its_resolve(folder: Path, name: str) -> None:
    lock = locked(name)
    for purl, component in listed_distributions(folder, name).items():
        (download,) = component["externalReferences"]
        assert {entry["content"] for entry in download["hashes"]} == lock[purl], purl


@pytest.mark.parametrize("name", [*PEXES, "connect4-client"])
def test_every_package_has_a_licence(folder: Path, name: str) -> None:
    unlicensed = [
        component["purl"]
        for component in document(folder, name)["components"]
        if not component.get("licenses")
    ]
    assert not unlicensed


@pytest.mark.parametrize("name", PEXES)
def test_it_names_the_file_and_what_starts_it(folder: Path, name: str) -> None:
    subject = document(folder, name)["metadata"]["component"]
    assert subject["hashes"] == [
        {"alg": "SHA-256", "content": hashlib.sha256(PEXES[name].read_bytes()).hexdigest()}
    ]
    with zipfile.ZipFile(PEXES[name]) as archive:
        version = json.loads(archive.read("PEX-INFO"))["build_properties"]["pex_version"]
    assert [part["purl"] for part in subject["components"]] == [f"pkg:pypi/pex@{version}"]


def test_whoever_carries_the_opening_book_names_whose_data_it_is(folder: Path) -> None:
    (book,) = (purl for purl in locked("opening-book") if purl.startswith(BOOK_SOURCE))
    for name in PEXES:
        assert (book in components(document(folder, name), "pypi")) == carries_the_client(name)
    source = components(document(folder, "connect4-client"), "pypi")[book]
    assert source["licenses"][0]["license"]["id"] == "MIT"
    (download,) = source["externalReferences"]
    assert {entry["content"] for entry in download["hashes"]} == locked("opening-book")[book]


def test_whoever_carries_the_client_lists_the_clients_packages(folder: Path) -> None:
    client = components(document(folder, "connect4-client"), "npm")
    assert {"pkg:npm/next", "pkg:npm/%40fontsource-variable/figtree"} <= {
        purl.rpartition("@")[0] for purl in client
    }
    for name in PEXES:
        assert components(document(folder, name), "npm") == (
            client if carries_the_client(name) else {}
        ), name


def test_the_clients_packages_are_as_yarn_locked_them_and_none_is_a_tool(folder: Path) -> None:
    lock = YARN_LOCK.read_text(encoding="utf-8")
    tools = json.loads(PACKAGE_JSON.read_text(encoding="utf-8"))["devDependencies"]
    for component in components(document(folder, "connect4-client"), "npm").values():
        name = "/".join(part for part in (component.get("group"), component["name"]) if part)
        entry = lock.split(f'resolution: "{name}@npm:{component["version"]}"')[1].split("\n\n")[0]
        (checksum,) = component["properties"]
        assert checksum["name"] == "yarn:checksum"
        assert f"checksum: {checksum['value']}" in entry
        assert name not in tools


@pytest.mark.parametrize("name", [*PEXES, "connect4-client"])
def test_it_is_valid_cyclonedx(folder: Path, name: str) -> None:
    text = (folder / f"{name}.cdx.json").read_text(encoding="utf-8")
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(text) is None
    assert validator.validate_str(text.replace('"name"', '"nom"')) is not None


def test_the_same_artifact_gives_the_same_document(folder: Path, tmp_path: Path) -> None:
    assert main(["--output", str(tmp_path), str(SERVER), str(CLIENT)]) == 0
    for name in ("server", "connect4-client"):
        again = (tmp_path / f"{name}.cdx.json").read_bytes()
        assert again == (folder / f"{name}.cdx.json").read_bytes()
    numbers = {document(folder, name)["serialNumber"] for name in (*PEXES, "connect4-client")}
    assert len(numbers) == len(PEXES) + 1


def test_an_artifact_of_other_locks_gets_no_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locks = tmp_path / "locks"
    shutil.copytree("lockfiles", locks)
    for lock in locks.iterdir():
        text = re.sub(r"^werkzeug==", "werkzeug==1.", lock.read_text(encoding="utf-8"), flags=re.M)
        lock.write_text(text, encoding="utf-8")
    output = tmp_path / "sbom"
    assert main(["--output", str(output), "--locks", str(locks), str(SERVER)]) == 1
    assert "no lock has what is in it" in capsys.readouterr().err
    assert not output.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_pex_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file = tmp_path / "broken.pex"
    file.write_bytes(content)
    assert main(["--output", str(tmp_path / "sbom"), str(file)]) == 1
    assert "not a PEX file" in capsys.readouterr().err


def test_a_pex_with_something_in_secret_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "server.pex"
    shutil.copy(SERVER, changed)
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr(".deps/secret-1.0-py3-none-any.whl/secret.py", "")
    assert main(["--output", str(tmp_path / "sbom"), str(changed)]) == 1
    assert "secret-1.0-py3-none-any.whl" in capsys.readouterr().err


def test_two_artifacts_of_one_name_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--output", str(tmp_path / "sbom"), str(SERVER), str(SERVER)]) == 1
    assert "have one name" in capsys.readouterr().err
