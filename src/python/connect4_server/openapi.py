"""Prints the OpenAPI document, for openapi.json."""

import json
import sys

from connect4_server.document import document


def text() -> str:
    """Returns the document as indented JSON with sorted keys, so that diffs are small."""
    return json.dumps(document(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
