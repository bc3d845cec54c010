"""Each image under the restrictions that a careful operator sets."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import requests
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from containers.engine import Container, docker
from sbom.__main__ import main as sbom

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from containers.engine import ComposeProject

SECONDS = 120
IMAGES = ("connect4-server", "connect4-migrations", "connect4-client", "connect4-httpbin")


@pytest.fixture
def on_database(project: ComposeProject) -> list[str]:
    """Options that have a container use the project's database."""
    return [
        f"--network={project.name}_database",
        "--env=DATABASE_HOST=database",
        "--env=DATABASE_USERNAME=connect4",
        f"--env={project.settings.strip()}",
    ]


@pytest.fixture
def client() -> Iterator[str]:
    """The base URL of a client whose API is the default."""
    with Container("connect4-client", "--publish=127.0.0.1::3000") as container:
        assert container.health() == "healthy"
        yield container.address(3000)


def test_a_restricted_server_gets_healthy_and_ends_when_it_is_told_to(
    on_database: list[str],
) -> None:
    with Container("connect4-server", *on_database) as server:
        assert server.health() == "healthy"
        assert server.stop() == 0


def test_a_server_without_a_database_is_not_healthy() -> None:
    options = ("--network=none", "--env=DATABASE_URL=postgresql://nobody@127.0.0.1/none")
    quick = ("--health-interval=1s", "--health-start-period=1ms", "--health-retries=2")
    with Container("connect4-server", *options, *quick) as server:
        assert server.health() == "unhealthy"


def test_restricted_migrations_end_with_the_database_at_the_head(on_database: list[str]) -> None:
    for command in ((), ("check",)):
        with Container("connect4-migrations", *on_database, command=command) as migrations:
            assert migrations.wait() == 0


def test_a_restricted_echo_service_gets_healthy_and_ends_when_it_is_told_to() -> None:
    with Container("connect4-httpbin") as httpbin:
        assert httpbin.health() == "healthy"
        assert httpbin.stop() == 0


def test_a_restricted_client_gets_healthy_and_ends_when_it_is_told_to() -> None:
    with Container("connect4-client") as client:
        assert client.health() == "healthy"
        assert client.stop() == 0


@pytest.mark.parametrize("url", ["ftp://example.org", 'https://example.org/"', "example.org"])
def test_a_client_refuses_an_api_url_that_is_none(url: str) -> None:
    with Container("connect4-client", f"--env=API_URL={url}") as client:
        assert client.wait() == 2


def test_the_client_calls_its_own_server_by_default(client: str) -> None:
    assert requests.get(f"{client}/config.json", timeout=SECONDS).json() == {"apiUrl": ""}


def test_the_pages_have_the_headers_that_the_server_sends(
    client: str, project: ComposeProject
) -> None:
    server = project.address("server", 5000)
    same = ("Cache-Control", "Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options")
    for path in ("/", "/404.html", "/404/index.html", "/nothing", "/config.json", "/icon.svg"):
        ours, theirs = (
            requests.get(f"{site}{path}", headers={"Accept": "text/html"}, timeout=SECONDS)
            for site in (client, server)
        )
        assert ours.status_code == theirs.status_code
        assert {name: ours.headers.get(name) for name in same} == {
            name: theirs.headers.get(name) for name in same
        }, path


def test_a_link_preview_has_the_address_at_which_the_site_was_reached(client: str) -> None:
    headers = {"Host": "connect4.example.org", "X-Forwarded-Proto": "https"}
    page = requests.get(f"{client}/?game=g", headers=headers, timeout=SECONDS).text
    assert '<meta property="og:url" content="https://connect4.example.org/"' in page
    headers = {"Host": '">'}
    page = requests.get(f"{client}/?game=g", headers=headers, timeout=SECONDS).text
    assert '">/' not in page


def test_files_are_sent_compressed_and_kept_for_as_long_as_their_name_says(client: str) -> None:
    page = requests.get(client, timeout=SECONDS).text
    script = re.findall(r'src="\.?(/_next/static/[^"]+\.js)"', page)[0]
    answer = requests.get(f"{client}{script}", timeout=SECONDS)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    headers = {"If-None-Match": answer.headers["ETag"]}
    assert requests.get(f"{client}{script}", headers=headers, timeout=SECONDS).status_code == 304
    plain = requests.get(f"{client}{script}", headers={"Accept-Encoding": ""}, timeout=SECONDS)
    assert "Content-Encoding" not in plain.headers
    assert plain.text == answer.text


@pytest.mark.parametrize("image", IMAGES)
def test_an_image_says_what_it_is(image: str) -> None:
    labels = json.loads(docker("inspect", "--format={{json .Config.Labels}}", image))
    assert labels["org.opencontainers.image.title"] == image
    assert labels["org.opencontainers.image.licenses"]
    assert labels["org.opencontainers.image.version"]


@pytest.mark.parametrize("image", IMAGES)
def test_an_image_has_no_user_with_rights(image: str) -> None:
    assert docker("inspect", "--format={{.Config.User}}", image) == "65534:65534"


def test_a_bill_of_materials_lists_what_is_in_each_image(tmp_path: Path) -> None:
    images = [f"--image={image}" for image in IMAGES]
    assert sbom([f"--output={tmp_path}", *images]) == 0
    expected = {
        "connect4-server": {"pkg:pypi/flask", "pkg:npm/next", "pkg:deb/debian/bash"},
        "connect4-migrations": {"pkg:pypi/alembic", "pkg:deb/debian/bash"},
        "connect4-client": {"pkg:npm/next", "pkg:deb/debian/bash"},
        "connect4-httpbin": {"pkg:pypi/httpbin", "pkg:deb/debian/bash"},
    }
    for image, packages in expected.items():
        text = (tmp_path / f"{image}.cdx.json").read_text(encoding="utf-8")
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
        bill = json.loads(text)
        listed = {part["purl"].rpartition("@")[0] for part in bill["components"]}
        assert packages <= listed
        (digest,) = bill["metadata"]["component"]["hashes"]
        assert docker("inspect", "--format={{.Id}}", image) == f"sha256:{digest['content']}"


@pytest.mark.parametrize("target", ["server", "client"])
def test_two_builds_have_the_same_layers(target: str) -> None:
    """The rest of an image names the time of its build."""

    def layers() -> str:
        image = docker(
            *("build", "--quiet", "--no-cache", "--file=deploy/images/Dockerfile"),
            *(f"--target={target}", "--build-arg=DIST=", "--build-arg=SOURCE_DATE_EPOCH=1", "."),
            environ={"DOCKER_BUILDKIT": "1"},
        )
        try:
            return docker("inspect", "--format={{json .RootFS.Layers}}", image)
        finally:
            docker("rmi", image)

    assert layers() == layers()
