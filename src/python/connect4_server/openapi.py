"""Prints the OpenAPI document, whose copy in the repository is openapi.json.

./pants run src/python/connect4_server/openapi.py > src/python/connect4_server/openapi.json
"""

import json
import sys

from connect4_models.database_url import database_url
from connect4_server.app import create_app
from connect4_server.config import Config


def document() -> str:
    """The document as it is served, formatted to stand in a repository."""
    nowhere = database_url({"DATABASE_URL": "postgresql://localhost/connect4"})
    spec = create_app(Config(database=nowhere)).spec
    return json.dumps(spec, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
