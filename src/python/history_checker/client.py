"""A client of the API that writes down what it does: history.Operation."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from connect4_models import moves_codec
from history_checker.history import Kind, Operation, Outcome, Seen

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from history_checker.history import History

_JSON = {"Content-Type": "application/json"}


class Client:
    """Asks one of several addresses at a time, at random; for one thread at a time.

    Every method returns the operation, which has ended; none of them raises for what a server or
    a connection does.
    """

    def __init__(
        self,
        name: str,
        history: History,
        ports: Sequence[int],
        chance: random.Random,
        timeout: float,
    ) -> None:
        """Takes the ports on 127.0.0.1, and for how many seconds it waits for an answer."""
        self.name = name
        self._history = history
        self._chance = chance
        self._connections = [
            http.client.HTTPConnection("127.0.0.1", port, timeout=timeout) for port in ports
        ]

    def create(self) -> Operation:
        return self._ask(self._history.begin(self.name, Kind.CREATE), "POST", "/create_game", {})

    def join(self, game: str) -> Operation:
        operation = self._history.begin(self.name, Kind.JOIN, game=game)
        return self._ask(operation, "POST", "/join_game", {"gameId": game})

    def read(self, game: str, seat: Seen) -> Operation:
        operation = self._history.begin(
            self.name, Kind.READ, game=game, player=seat.player, number=seat.number
        )
        query = urlencode({"gameId": game, "playerId": seat.player})
        return self._ask(operation, "GET", f"/get_game?{query}")

    def move(self, game: str, seat: Seen, column: int) -> Operation:
        # A move that says which state it answers gets `ply=` here and `move` in the body.
        operation = self._history.begin(
            self.name, Kind.MOVE, game=game, player=seat.player, number=seat.number, column=column
        )
        body = {"gameId": game, "playerId": seat.player, "column": column}
        return self._ask(operation, "POST", "/make_move", body)

    def close(self) -> None:
        for connection in self._connections:
            connection.close()

    def _ask(
        self, operation: Operation, method: str, path: str, body: dict[str, Any] | None = None
    ) -> Operation:
        connection = self._chance.choice(self._connections)
        try:
            if body is None:
                connection.request(method, path)
            else:
                connection.request(method, path, json.dumps(body), _JSON)
            response = connection.getresponse()
            status, content = response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            self._history.end(operation, Outcome.UNKNOWN, message=repr(error))
            return operation
        answer = json.loads(content)
        if status >= 500:
            self._history.end(operation, Outcome.UNKNOWN, status=status, message=answer["error"])
        elif status >= 400:
            self._history.end(operation, Outcome.FAIL, status=status, message=answer["error"])
        else:
            operation.game = answer["gameId"]
            self._history.end(operation, Outcome.OK, status=status, seen=_seen(answer))
        return operation


def _seen(answer: dict[str, Any]) -> Seen:
    return Seen(
        player=answer["playerId"],
        number=answer["playerNumber"],
        players=answer["playerCount"],
        active=answer["active"],
        active_player=answer["activePlayer"],
        winner=answer["winner"],
        board="".join(str(cell) for column in answer["board"] for cell in column),
        moves="".join(
            moves_codec.UNKNOWN if column is None else str(column) for column in answer["moves"]
        ),
    )
