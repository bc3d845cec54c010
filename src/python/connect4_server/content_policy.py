"""The content security policy of a page: https://www.w3.org/TR/CSP3/.

`python -m connect4_server.content_policy PAGE` prints it, for a web server of one's own.
"""

import sys
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path


class _InlineScripts(HTMLParser):
    """Collects the inline scripts of a page, in which Next.js puts its data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "src" not in dict(attrs)

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(data)

    def handle_endtag(self, _tag: str) -> None:
        self._inside = False


@cache
def content_security_policy(page: Path) -> str:
    """Returns a policy that lets PAGE run its own scripts and call any API, and nothing else.

    Its `config.json` names the API. Raises OSError if PAGE cannot be read.
    """
    scripts = _InlineScripts(page.read_text()).found
    digests = (b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'self'; script-src 'self' {hashes}; connect-src *; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


if __name__ == "__main__":
    sys.stdout.write(content_security_policy(Path(sys.argv[1])) + "\n")
