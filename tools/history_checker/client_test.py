"""What a client makes of an answer: done, refused, or nobody knows."""

from __future__ import annotations

import json
import random
import threading
from contextlib import closing
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest

from history_checker.client import Client
from history_checker.fault_proxy import Fault, FaultProxy
from history_checker.history import History, Kind, Outcome, Seen

if TYPE_CHECKING:
    from collections.abc import Iterator

GAME = (
    '{"gameId": "g", "playerId": "p", "playerNumber": 1, "playerCount": 2, "active": true,'
    ' "activePlayer": 2, "winner": null, "created": "", "moves": [0, null], "ending": null,'
    ' "board": [[1, 2, 0, 0, 0, 0], [], [], [], [], [], []]}'
)
SEEN = Seen("p", 1, 2, True, 2, None, "120000", "0?")


class Handler(BaseHTTPRequestHandler):
    """Answers everything alike."""

    protocol_version = "HTTP/1.1"
    status: ClassVar = 200
    body: ClassVar = GAME
    asked: ClassVar[list[bytes]] = []

    def do_GET(self) -> None:
        self.asked.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body.encode())

    do_POST = do_GET  # noqa: N815 - the name that it is looked up by

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    with FaultProxy(server.server_port) as running:
        yield running
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(proxy: FaultProxy) -> Iterator[Client]:
    chance = random.Random(1)  # noqa: S311
    with closing(Client("1", History(), [proxy.port], chance, 60)) as asking:
        yield asking


def test_an_answer_is_what_was_seen(client: Client) -> None:
    for operation in (client.create(), client.join("g"), client.read("g", SEEN)):
        assert (operation.outcome, operation.seen) == (Outcome.OK, SEEN)
        assert (operation.game, operation.player, operation.number) == ("g", "p", 1)
    move = client.move("g", SEEN, 0)
    assert (move.kind, move.outcome, move.column, move.seen) == (Kind.MOVE, Outcome.OK, 0, SEEN)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(403, Outcome.FAIL), (409, Outcome.FAIL), (500, Outcome.UNKNOWN), (503, Outcome.UNKNOWN)],
)
def test_a_refusal_is_certain_and_a_failure_is_not(
    client: Client, monkeypatch: pytest.MonkeyPatch, status: int, outcome: Outcome
) -> None:
    monkeypatch.setattr(Handler, "status", status)
    monkeypatch.setattr(Handler, "body", '{"error": "No"}')
    move = client.move("g", SEEN, 0)
    assert (move.outcome, move.status, move.message) == (outcome, status, "No")
    assert move.seen is None


@pytest.mark.parametrize(("ply", "said"), [(None, {}), (2, {"move": 2})])
def test_a_move_may_say_its_ply(client: Client, ply: int | None, said: dict[str, int]) -> None:
    move = client.move("g", SEEN, 0, ply, again=True)
    body = {"gameId": "g", "playerId": "p", "column": 0}
    assert json.loads(Handler.asked[-1]) == {**body, **said}
    assert (move.ply, move.again) == (ply, True)


@pytest.mark.parametrize(("secret", "said"), [(None, {}), ("own", {"newPlayerId": "own"})])
def test_a_join_may_say_which_secret_its_seat_is_to_have(
    client: Client, secret: str | None, said: dict[str, str]
) -> None:
    join = client.join("g", secret, again=True)
    assert json.loads(Handler.asked[-1]) == {"gameId": "g", **said}
    assert (join.chosen, join.player, join.again) == (secret is not None, secret or "p", True)


def test_beside_a_refusal_there_may_be_the_game(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Handler, "status", 409)
    monkeypatch.setattr(Handler, "body", f'{{"error": "No", "game": {GAME}}}')
    move = client.move("g", SEEN, 0, 1)
    assert (move.outcome, move.message, move.seen) == (Outcome.FAIL, "No", SEEN)


def test_what_may_be_a_secret_is_kept_but_for_ones_own(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, game, other = "p" * 32, "g" * 32, "x" * 32
    body = GAME.replace('"p"', f'"{own}"').replace('"g"', f'"{game}"')
    monkeypatch.setattr(Handler, "body", body)
    assert client.join(game).tokens == client.create().tokens == ()
    monkeypatch.setattr(Handler, "body", body.replace('"created": ""', f'"created": "{other}"'))
    for operation in (
        client.create(),
        client.join(game),
        client.read(game, replace(SEEN, player=own)),
    ):
        assert operation.tokens == (other,)


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.DROP_REQUEST, Fault.LOSE_REPLY])
def test_after_a_broken_connection_nobody_knows_and_the_next_one_works(
    client: Client, proxy: FaultProxy, fault: Fault
) -> None:
    proxy.inject(fault)
    lost = client.move("g", SEEN, 0)
    assert (lost.outcome, lost.status, lost.seen) == (Outcome.UNKNOWN, None, None)
    assert lost.ended is not None
    assert client.move("g", SEEN, 0).outcome is Outcome.OK
