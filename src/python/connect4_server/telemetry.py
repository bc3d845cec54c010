"""Sends errors to Sentry and traces to an OpenTelemetry collector, if their own variables are set.

The packages for it are not ours, but the operator's to add: docs/operations.md. Their integrations
of Flask send URLs, and so players' secrets; so they are not used.
"""

from __future__ import annotations

import logging
import os
from functools import partial
from typing import TYPE_CHECKING

from connect4_server.error_reports import report_errors
from connect4_server.tracing import trace_requests

if TYPE_CHECKING:
    from flask import Flask

logger = logging.getLogger(__name__)


def start_telemetry(app: Flask) -> None:
    """Starts what SENTRY_DSN and OTEL_EXPORTER_OTLP_ENDPOINT ask for, in a worker.

    A package that is missing and a DSN that is none are a line in the log; the game goes on.
    """
    for variable, start in (
        ("SENTRY_DSN", report_errors),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", partial(trace_requests, app)),
    ):
        if os.environ.get(variable):
            try:
                start()
            except (ImportError, ValueError) as error:
                logger.warning("%s is set, but nothing is sent there: %s", variable, error)
