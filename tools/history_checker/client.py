"""A client of the API that writes down what it does: history.Operation."""

from __future__ import annotations

import http.client
import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from history_checker.answers import seen_of, tokens_of
from history_checker.history import Kind, Operation, Outcome

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from history_checker.history import History, Seen

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

    def join(self, game: str, secret: str | None = None, *, again: bool = False) -> Operation:
        """With a SECRET for its seat it may be sent AGAIN."""
        operation = self._history.begin(
            self.name, Kind.JOIN, game=game, player=secret, chosen=secret is not None, again=again
        )
        body = {"gameId": game}
        if secret is not None:
            body["newPlayerId"] = secret
        return self._ask(operation, "POST", "/join_game", body)

    def read(self, game: str, seat: Seen) -> Operation:
        operation = self._history.begin(
            self.name, Kind.READ, game=game, player=seat.player, number=seat.number
        )
        query = urlencode({"gameId": game, "playerId": seat.player})
        return self._ask(operation, "GET", f"/get_game?{query}")

    def move(
        self, game: str, seat: Seen, column: int, ply: int | None = None, *, again: bool = False
    ) -> Operation:
        """With PLY, the number of moves before it, it may be sent AGAIN."""
        operation = self._history.begin(
            self.name,
            Kind.MOVE,
            game=game,
            player=seat.player,
            number=seat.number,
            column=column,
            ply=ply,
            again=again,
        )
        body = {"gameId": game, "playerId": seat.player, "column": column}
        if ply is not None:
            body["move"] = ply
        return self._ask(operation, "POST", "/make_move", body)

    def resign(self, game: str, seat: Seen, *, again: bool = False) -> Operation:
        """It may be sent AGAIN."""
        operation = self._history.begin(
            self.name,
            Kind.RESIGN,
            game=game,
            player=seat.player,
            number=seat.number,
            again=again,
        )
        return self._ask(operation, "POST", "/resign", {"gameId": game, "playerId": seat.player})

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
            status, content = response.status, response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            self._history.end(operation, Outcome.UNKNOWN, message=repr(error))
            return operation
        self._answered(operation, status, content, tokens_of(f"{content}{response.headers}"))
        return operation

    def _answered(self, operation: Operation, status: int, content: str, tokens: set[str]) -> None:
        answer = json.loads(content)
        outcome, message = outcome_of(status), answer.get("error", "")
        # A move for another ply than the game is at gets the present state beside the error.
        game = answer if outcome is Outcome.OK else answer.get("game")
        seen = None if game is None else seen_of(game)
        if outcome is Outcome.OK:
            operation.game = answer["gameId"]
        self._history.end(
            operation, outcome, status=status, message=message, seen=seen, tokens=tokens
        )


def outcome_of(status: int) -> Outcome:
    """What is known of a request that was answered with this status."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome.UNKNOWN
    return Outcome.FAIL if status >= HTTPStatus.BAD_REQUEST else Outcome.OK
