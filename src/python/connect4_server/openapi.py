"""Prints the OpenAPI document as it stands in the repository."""

import json
import sys

from connect4_server.document import document


def text() -> str:
    """The document, formatted."""
    return json.dumps(document(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
