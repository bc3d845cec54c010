"""Files over HTTP, with every failure as one line."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from scan.outcome import CouldNotCheckError

if TYPE_CHECKING:
    from collections.abc import Mapping


def download(url: str, seconds: float, headers: Mapping[str, str] | None = None) -> bytes:
    """What a URL answers with. Raises CouldNotCheckError: it does not, with status 200."""
    if not url.startswith(("http://", "https://")):
        raise CouldNotCheckError(f"{url} is no HTTP address")
    try:
        request = urllib.request.Request(url, headers=dict(headers or {}))  # noqa: S310 - see above
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
            body: bytes = answer.read()
    except urllib.error.HTTPError as error:
        refused = ", the key is not accepted" if error.code in (401, 403) else ""
        raise CouldNotCheckError(f"{url} answers {error.code}{refused}") from None
    except urllib.error.URLError as error:
        raise CouldNotCheckError(f"{url} cannot be reached: {error.reason}") from None
    except TimeoutError:
        raise CouldNotCheckError(f"{url} gives no answer within {seconds:g} s") from None
    except (OSError, http.client.HTTPException) as error:
        raise CouldNotCheckError(f"{url} breaks off: {error!r}") from None
    return body
