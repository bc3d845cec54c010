"""An outage is logged in two lines: at its beginning and at its end."""

from __future__ import annotations

import gevent
import pytest

from connect4_server.outage import Outage

LOST = "it is lost: no power"
BACK = "it is back"
NEVER = 3600.0


@pytest.fixture
def outage() -> Outage:
    return Outage("it", recovery_seconds=0)


def after_a_moment(log: pytest.LogCaptureFixture) -> list[str]:
    gevent.idle()
    return log.messages


def test_many_failures(outage: Outage, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(100):
        outage.failed("no power")
    outage.succeeded()
    assert after_a_moment(caplog) == [LOST, BACK]
    outage.succeeded()
    assert after_a_moment(caplog) == [LOST, BACK]
    outage.failed("no power")
    assert after_a_moment(caplog) == [LOST, BACK, LOST]


def test_failures_among_successes(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage("it", recovery_seconds=NEVER)
    for _ in range(100):
        outage.failed("no power")
        outage.succeeded()
    assert after_a_moment(caplog) == [LOST]


def test_a_failure_before_the_recovery(outage: Outage, caplog: pytest.LogCaptureFixture) -> None:
    outage.failed("no power")
    outage.succeeded()
    outage.failed("no power")
    assert after_a_moment(caplog) == [LOST]
    outage.succeeded()
    assert after_a_moment(caplog) == [LOST, BACK]


def test_a_success_of_another_operation_does_not_count(
    outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    outage.failed("no power", "writing")
    outage.succeeded("reading")
    assert after_a_moment(caplog) == [LOST]
    outage.succeeded("writing")
    assert after_a_moment(caplog) == [LOST, BACK]


def test_any_success_counts_when_everything_failed(
    outage: Outage, caplog: pytest.LogCaptureFixture
) -> None:
    outage.failed("no power")
    outage.succeeded("reading")
    assert after_a_moment(caplog) == [LOST, BACK]
