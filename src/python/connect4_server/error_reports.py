"""Reports to Sentry what the log has as an error: the message, the request's id, the traceback.

https://docs.sentry.io/platforms/python/configuration/options/
"""

from __future__ import annotations

import logging


def report_errors() -> None:
    """Begins; Sentry itself reads SENTRY_DSN, SENTRY_ENVIRONMENT and SENTRY_RELEASE.

    Raises ImportError without the package `sentry-sdk`, and ValueError for a malformed SENTRY_DSN.
    """
    # ruff: noqa: PLC0415
    import sentry_sdk  # pants: no-infer-dep
    from sentry_sdk.integrations import logging as sentry_logging  # pants: no-infer-dep

    sentry_sdk.init(
        # Others would add requests, statements and local variables, which hold secrets.
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[sentry_logging.LoggingIntegration(level=None, event_level=logging.ERROR)],
        include_local_variables=False,
    )
