"""The document in the repository, from which the client's types are generated."""

from importlib import resources

from connect4_server.openapi import document


def test_the_document_in_the_repository_is_what_the_server_says() -> None:
    stored = resources.files("connect4_server").joinpath("openapi.json").read_text()
    assert stored == document(), "stale: the command in openapi.py writes it"
