"""What the server measures of itself, for Prometheus; docs/metrics.md explains each metric.

Every label takes a few values only, which the code knows: routes, statuses, statements.
https://prometheus.io/docs/practices/naming/
"""

from prometheus_client import Counter, Gauge, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SIZES = (1, 2, 5, 10, 20, 50, 100, 200)

HTTP_REQUESTS = Counter(
    "connect4_http_requests", "Requests that the application answered.", ["route", "status"]
)
HTTP_REQUEST_SECONDS = Histogram(
    "connect4_http_request_duration_seconds",
    "Time from a request's head to the beginning of its response.",
    ["route"],
    buckets=_SECONDS,
)
GROUP_COMMIT_SIZE = Histogram(
    "connect4_group_commit_size", "Requests that share a statement.", ["statement"], buckets=_SIZES
)
GROUP_COMMIT_SECONDS = Histogram(
    "connect4_group_commit_duration_seconds",
    "Time of a statement for a batch of requests, with its commit.",
    ["statement"],
    buckets=_SECONDS,
)
OPEN_STREAMS = Gauge(
    "connect4_open_streams", "Open streams of watch_game.", multiprocess_mode="livesum"
)
NOTIFICATIONS_SENT = Counter(
    "connect4_notifications_sent", "Notifications published to the other processes."
)
NOTIFICATIONS_DROPPED = Counter(
    "connect4_notifications_dropped", "Notifications that could not be published."
)
NOTIFICATIONS_RECEIVED = Counter(
    "connect4_notifications_received", "Notifications that arrived, a process's own ones too."
)
NOTIFICATION_LAG_SECONDS = Histogram(
    "connect4_notification_lag_seconds",
    "Time from a change until its notification arrives, in the process that published it.",
    buckets=_SECONDS,
)
DATABASE_CONNECTIONS = Gauge(
    "connect4_database_connections",
    "Connections to the database for requests.",
    ["state"],
    multiprocess_mode="livesum",
)
DATABASE_CONNECTIONS_MAX = Gauge(
    "connect4_database_connections_max",
    "Connections to the database that requests may use.",
    multiprocess_mode="livesum",
)
OUTAGE = Gauge(
    "connect4_outage",
    "1 while this does not work, as the log says.",
    ["what"],
    multiprocess_mode="livemax",
)
WRONG_SECRETS = Counter(
    "connect4_wrong_secrets", "Requests that were refused because of a player's secret."
)
WORKERS = Gauge("connect4_workers", "Worker processes.", multiprocess_mode="livesum")
WORKER_CPU_SECONDS = Counter(
    "connect4_worker_cpu_seconds", "Processor time of the worker processes."
)
EVENT_LOOP_LAG_SECONDS = Histogram(
    "connect4_event_loop_lag_seconds",
    "How much later than planned a timer of a worker's event loop runs.",
    buckets=_SECONDS,
)
