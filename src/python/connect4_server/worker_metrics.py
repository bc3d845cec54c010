"""Measures a worker twice a second: its event loop, its processor time, its connections."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import gevent

from connect4_server import metrics
from connect4_server.database import POOL_SIZE

if TYPE_CHECKING:
    from connect4_server.database import Database

_PERIOD_SECONDS = 0.5


def measure_worker(database: Database) -> None:
    """Measures this process and its pool of connections; never returns."""
    metrics.WORKERS.set(1)
    metrics.DATABASE_CONNECTIONS_MAX.set(POOL_SIZE)
    used = metrics.DATABASE_CONNECTIONS.labels("used")
    idle = metrics.DATABASE_CONNECTIONS.labels("idle")
    counted = 0.0
    while True:
        connections = database.connections()
        used.set(connections[0])
        idle.set(connections[1])
        cpu = time.process_time()
        metrics.WORKER_CPU_SECONDS.inc(cpu - counted)
        counted = cpu
        due = time.monotonic() + _PERIOD_SECONDS
        gevent.sleep(_PERIOD_SECONDS)
        metrics.EVENT_LOOP_LAG_SECONDS.observe(max(0.0, time.monotonic() - due))
