"""What Prometheus reads on a port of its own, from several workers, and what it does not."""

from __future__ import annotations

import re
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import prometheus_client
import psutil
import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from connect4_server import metrics
from connect4_server.conftest import Api
from server_process import ServerProcess, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


PAGE = Path("docs/metrics.md")
SECONDS = 120
WORKERS = 2


class Measured:
    """A server with its metrics."""

    def __init__(self, server: ServerProcess) -> None:
        self.server = server
        self.api = Api(server.url)
        listening = server.processes[0].net_connections("tcp4")
        port = int(server.url.rpartition(":")[2])
        [self.port] = {
            connection.laddr.port
            for connection in listening
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port != port
        }

    def get(self, path: str = "/metrics") -> requests.Response:
        return requests.get(f"http://127.0.0.1:{self.port}{path}", timeout=SECONDS)

    def value(self, name: str, **labels: str) -> float:
        """The value of a sample; 0 if there is none."""
        return sum(
            sample.value
            for family in text_string_to_metric_families(self.get().text)
            for sample in family.samples
            if sample.name == name and sample.labels == labels
        )

    def wait_for(self, name: str, condition: Callable[[float], bool], **labels: str) -> None:
        wait_until(lambda: condition(self.value(name, **labels)))


@pytest.fixture(scope="module")
def measured(shared_database_url: str) -> Iterator[Measured]:
    environ = {
        "DATABASE_URL": shared_database_url,
        "METRICS_PORT": "0",
        "WEB_CONCURRENCY": str(WORKERS),
    }
    with ServerProcess(environ) as server:
        yield Measured(server)


def test_requests_are_counted_by_route_and_status_in_all_workers(measured: Measured) -> None:
    def answered(route: str, status: str) -> float:
        return measured.value("connect4_http_requests_total", route=route, status=status)

    before = answered("/get_game", "200"), answered("/make_move", "202"), answered("none", "404")
    used: set[int] = set()
    rounds = 0
    while len(used) < WORKERS:
        # Each connection belongs to one worker.
        api = Api(measured.server.url)
        first, _ = api.start()
        api.move(first, 3)
        api.get(first)
        assert api.request("GET", f"/{first['gameId']}").status_code == 404
        rounds += 1
        used.update(
            process.pid
            for process in measured.server.processes[1:]
            if any(c.status == psutil.CONN_ESTABLISHED for c in process.net_connections("tcp4"))
        )
    after = answered("/get_game", "200"), answered("/make_move", "202"), answered("none", "404")
    assert [b - a for a, b in zip(before, after, strict=True)] == [rounds] * 3
    counted = measured.value("connect4_http_request_duration_seconds_count", route="/make_move")
    assert counted >= rounds
    # No path is a label.
    assert first["gameId"] not in measured.get().text
    sizes = measured.value("connect4_group_commit_size_sum", statement="move")
    assert sizes == measured.value("connect4_group_commit_size_count", statement="move") == counted


def test_only_metrics_are_on_their_port_and_none_on_the_public_one(measured: Measured) -> None:
    assert measured.get("/status").status_code == 404
    assert measured.get("/get_game").status_code == 404
    assert measured.api.request("GET", "/metrics").status_code == 404


@contextmanager
def stream(measured: Measured, game_id: str) -> Iterator[None]:
    """Within it a stream of the game is open."""
    url = f"{measured.server.url}/watch_game"
    with requests.get(url, {"gameId": game_id}, stream=True, timeout=SECONDS) as response:
        content = response.iter_content(1)  # the connection is closed with it
        assert next(content)
        yield


def test_a_stream_is_counted_while_it_is_open(measured: Measured) -> None:
    first, _ = measured.api.start()
    before = measured.value("connect4_open_streams")
    with ExitStack() as streams:
        for _ in range(3):
            streams.enter_context(stream(measured, first["gameId"]))
        assert measured.value("connect4_open_streams") == before + 3
        # It ends the streams.
        measured.api.done("/resign", first)
        measured.wait_for("connect4_open_streams", lambda streams: streams == before)


def test_notifications_are_counted_and_timed(measured: Measured) -> None:
    before = {
        name: measured.value(f"connect4_notification{name}")
        for name in ("s_sent_total", "s_received_total", "_lag_seconds_count")
    }

    def all_have_grown() -> bool:
        # A new connection may belong to a worker that has no stream yet.
        api = Api(measured.server.url)
        first, _ = api.start()
        api.move(first, 3)
        return all(
            measured.value(f"connect4_notification{name}") > count for name, count in before.items()
        )

    with stream(measured, measured.api.create()["gameId"]):
        wait_until(all_have_grown)


def test_a_wrong_secret_is_counted(measured: Measured) -> None:
    before = measured.value("connect4_wrong_secrets_total")
    first, _ = measured.api.start()
    wrong = {**first, "playerId": "x" * 32}
    assert measured.api.try_move(wrong, 3).status_code == 404
    params = {"gameId": first["gameId"], "playerId": "y"}
    for path in ("/get_game", "/watch_game"):
        assert measured.api.request("GET", path, params=params).status_code == 404
    assert measured.value("connect4_wrong_secrets_total") == before + 3


def test_workers_are_measured(measured: Measured) -> None:
    measured.api.create()
    measured.wait_for("connect4_workers", lambda workers: workers == WORKERS)
    measured.wait_for("connect4_event_loop_lag_seconds_count", lambda count: count > 0)
    measured.wait_for("connect4_database_connections_max", lambda most: most == 20 * WORKERS)
    measured.wait_for("connect4_database_connections", lambda idle: idle > 0, state="idle")
    before = measured.value("connect4_worker_cpu_seconds_total")
    measured.wait_for("connect4_worker_cpu_seconds_total", lambda seconds: seconds > before)
    assert measured.value("connect4_outage", what="the database") == 0


def test_a_worker_that_ends_is_counted_no_more(measured: Measured) -> None:
    name, labels = "connect4_http_requests_total", {"route": "/create_game", "status": "201"}
    measured.wait_for("connect4_workers", lambda workers: workers == WORKERS)
    for _ in range(10):
        Api(measured.server.url).create()
    counted = measured.value(name, **labels)
    killed = measured.server.processes[1]
    killed.kill()
    wait_until(
        lambda: (
            killed not in measured.server.processes
            and len(measured.server.processes) == WORKERS + 1
        )
    )
    measured.wait_for("connect4_workers", lambda workers: workers == WORKERS)
    assert measured.value(name, **labels) == counted


def test_nothing_listens_for_prometheus_by_default(server: ServerProcess) -> None:
    listening = [
        connection
        for connection in server.processes[0].net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(listening) == 1


def test_each_metric_is_explained() -> None:
    defined = {
        family.name
        for metric in vars(metrics).values()
        if isinstance(metric, prometheus_client.metrics.MetricWrapperBase)
        for family in metric.describe()
    }
    explained = re.findall(r"^\| `(\w+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(name.removesuffix("_total") for name in explained) == sorted(defined)
