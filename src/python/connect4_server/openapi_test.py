"""The OpenAPI document agrees with the routes, and with the copy in the repository."""

import re
from importlib import resources

from connect4_server.app import create_app
from connect4_server.config import Config
from connect4_server.document import document
from connect4_server.openapi import text


def test_the_document_in_the_repository_is_up_to_date() -> None:
    stored = resources.files("connect4_server").joinpath("openapi.json").read_text()
    assert stored == text(), "stale: CONTRIBUTING.md has the command that writes it"


def test_it_has_every_schema_that_it_refers_to() -> None:
    referred_to = set(re.findall(r'"#/components/schemas/(\w+)"', text()))
    missing = referred_to - set(document()["components"]["schemas"])
    assert not missing, "add them to `models` in document.py"


def test_it_has_every_route_and_no_other() -> None:
    app = create_app(Config(database="postgresql://localhost/none"))
    routes = {
        (rule.rule, method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    documented = {
        (path, method) for path, methods in document()["paths"].items() for method in methods
    }
    assert routes - {("/openapi.json", "get")} == documented, "it stands in `_paths` of document.py"
