"""Those who watch come back with their last event's id, until the stream ends or they leave."""

from __future__ import annotations

import json
import random
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest

from history_checker.answers_test import GAME
from history_checker.habits import Habits
from history_checker.history import History, Kind, Outcome, Seen
from history_checker.watcher import Audience
from server_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

SEAT = Seen("p", 1, 2, True, 2, None, "120000", "0?")
EVENT = f"id: 4\ndata: {json.dumps(GAME)}\n\n"
END = "event: end\ndata: {}\n\n"


class Handler(BaseHTTPRequestHandler):
    """Gives each connection the next of the answers, and keeps what it was asked."""

    protocol_version = "HTTP/1.1"
    answers: ClassVar[list[tuple[int, str]]] = []
    asked: ClassVar[list[tuple[str, str | None, str | None]]] = []
    stays_open = threading.Event()

    def do_GET(self) -> None:
        headers = self.headers
        self.asked.append((self.path, headers["Authorization"], headers["Last-Event-ID"]))
        status, body = self.answers.pop(0)
        self.send_response(status)
        if status == 200:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(
            f"{len(body):x}\r\n{body}\r\n".encode() if status == 200 else body.encode()
        )
        if not self.answers:
            self.stays_open.wait(120)
        # Broken off, with no last chunk.
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    Handler.asked.clear()
    Handler.stays_open.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server.server_port
    Handler.stays_open.set()
    server.shutdown()
    thread.join()
    server.server_close()


def audience(
    history: History, port: int, forgetfulness: float = 0, hang_ups: float = 0
) -> Audience:
    return Audience(history, [port], Habits(hang_ups=hang_ups, forgetfulness=forgetfulness))


def chance() -> random.Random:
    return random.Random(1)  # noqa: S311


def test_it_comes_back_with_its_last_id_until_the_end(port: int) -> None:
    Handler.answers[:] = [(200, EVENT), (503, '{"error": "No"}'), (200, END)]
    Handler.stays_open.set()
    history = History()
    with audience(history, port) as watching:
        watcher = watching.watch("1", chance(), "g", None)
        wait_until(lambda: watcher.has_ended)
    watching.raise_failure()
    path = "/watch_game?gameId=g"
    assert Handler.asked == [(path, None, None), (path, None, "4"), (path, None, "4")]
    assert [(op.kind, op.outcome, op.status, op.last_id) for op in history.operations] == [
        (Kind.WATCH, Outcome.OK, 200, None),
        (Kind.EVENT, Outcome.OK, None, None),
        (Kind.WATCH, Outcome.UNKNOWN, 503, 4),
        (Kind.WATCH, Outcome.OK, 200, 4),
        (Kind.EVENT, Outcome.OK, None, None),
    ]
    watch, event, *_, last, end = history.operations
    assert (event.stream, event.version, event.message) == (watch.index, 4, "")
    assert event.seen == Seen(None, None, 2, True, 2, None, "120000", "0?")
    assert (end.stream, end.version, end.message, end.seen) == (last.index, None, "end", None)


def test_a_player_shows_the_secret_in_a_header_and_may_forget_the_id(port: int) -> None:
    Handler.answers[:] = [(200, EVENT), (200, END)]
    Handler.stays_open.set()
    with audience(History(), port, forgetfulness=1) as watching:
        watcher = watching.watch("1", chance(), "g", SEAT)
        wait_until(lambda: watcher.has_ended)
    assert Handler.asked == [("/watch_game?gameId=g", "Bearer p", None)] * 2


def test_it_may_hang_up_and_come_back(port: int) -> None:
    Handler.answers[:] = [(200, EVENT + EVENT), (200, END)]
    Handler.stays_open.set()
    history = History()
    with audience(history, port, hang_ups=1) as watching:
        watcher = watching.watch("1", chance(), "g", None)
        wait_until(lambda: watcher.has_ended)
    assert [each.message for each in history.operations if each.kind is Kind.EVENT] == ["", "end"]
    assert [last_id for _, _, last_id in Handler.asked] == [None, "4"]


def test_a_refusal_is_the_last_word(port: int) -> None:
    Handler.answers[:] = [(404, '{"error": "Game not found"}')]
    Handler.stays_open.set()
    history = History()
    with audience(history, port) as watching:
        watcher = watching.watch("1", chance(), "g", SEAT)
        wait_until(lambda: watcher.has_ended)
    (watch,) = history.operations
    assert (watch.outcome, watch.status, watch.message) == (Outcome.FAIL, 404, "Game not found")


def test_those_who_watch_are_told_of_and_leave_with_the_block(port: int) -> None:
    Handler.answers[:] = [(200, EVENT)]
    history = History()
    with audience(history, port) as watching:
        watcher = watching.watch("1", chance(), "g", SEAT)
        wait_until(lambda: watcher.version == 4)
        assert watching.watching() == [watcher]
        watcher.leave()
        assert watching.watching() == []
    assert watcher.has_ended
    assert len(history.operations) == 2


def test_what_is_not_even_json_is_told(port: int) -> None:
    Handler.answers[:] = [(200, "data: x\n\n")]
    Handler.stays_open.set()
    with audience(History(), port) as watching:
        watcher = watching.watch("1", chance(), "g", SEAT)
        wait_until(lambda: watcher.has_ended)
        with pytest.raises(ValueError, match="Expecting value"):
            watching.raise_failure()
