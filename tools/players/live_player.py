"""Somebody who watches the game that they play and comes back whenever a connection is lost."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import requests
from requests.exceptions import ChunkedEncodingError

from server_process import wait_until

if TYPE_CHECKING:
    from types import TracebackType

    from players.player import Json, Player

_SECONDS = 120
_AGAIN_SECONDS = 0.05
# What a proxy says when a server has gone, and a server when its database has.
_UNANSWERED = (502, 503, 504)


def post_until_answered(
    url: str, body: Json, session: requests.Session
) -> tuple[requests.Response, int]:
    """The answer, of a server that could give one, and how often it was asked."""
    for asked in count(1):
        # Nothing came, or not all of it.
        with suppress(requests.ConnectionError, ChunkedEncodingError):
            answer = session.post(url, json=body, timeout=_SECONDS)
            if answer.status_code not in _UNANSWERED:
                return answer, asked
        threading.Event().wait(_AGAIN_SECONDS)
    raise AssertionError("unreachable")


class LivePlayer:
    """A context manager: within it a stream is read, by and by several of them."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._address = urlsplit(player.base_url).netloc
        self._session = requests.Session()
        self._thread = threading.Thread(target=self._keep_watching)
        self._left = threading.Event()
        self._socket: socket.socket | None = None
        self._retry_seconds = 0.0
        self.states: list[Json] = []
        self.versions: list[int] = []
        self.streams = 0
        self.asked_to_reconnect = 0
        self.has_ended = False
        self.resent = 0

    def __enter__(self) -> Self:
        """Returns when the first state has come."""
        self._thread.start()
        wait_until(lambda: self.states)
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._left.set()
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._session.close()

    def wait_for(self, version: int) -> Json:
        """The state when the stream has told that one. Raises TimeoutError."""
        wait_until(lambda: version in self.versions)
        return self.states[self.versions.index(version)]

    def wait_for_end(self) -> None:
        """Returns when the stream has said that the game is over. Raises TimeoutError."""
        wait_until(lambda: self.has_ended)

    def drop(self, column: int, move: int) -> Json:
        """Drops a disc as the game's move of that number, however often it takes to be answered."""
        body = {
            "gameId": self._player.game_id,
            "playerId": self._player.player_id,
            "column": column,
            "move": move,
        }
        url = f"{self._player.base_url}/make_move"
        answer, asked = post_until_answered(url, body, self._session)
        self.resent += asked - 1
        assert answer.status_code == 202, answer.text
        game: Json = answer.json()
        return game

    def _keep_watching(self) -> None:
        while not self.has_ended and not self._left.wait(self._retry_seconds):
            # A server that is killed, or the end of the test.
            with suppress(OSError, HTTPException):
                self._watch()

    def _watch(self) -> None:
        headers = {"Authorization": f"Bearer {self._player.player_id}"}
        if self.versions:
            headers["Last-Event-ID"] = str(self.versions[-1])
        connection = HTTPConnection(self._address, timeout=_SECONDS)
        connection.request("GET", f"/watch_game?gameId={self._player.game_id}", headers=headers)
        self._socket = connection.sock
        with connection.getresponse() as response:
            if response.status != 200:
                return
            self.streams += 1
            fields: dict[str, str] = {}
            while line := response.readline().decode():
                name, _, value = line.rstrip("\n").partition(": ")
                if name:
                    fields[name] = value
                else:
                    self._receive(fields)
                    fields = {}

    def _receive(self, fields: dict[str, str]) -> None:
        if "retry" in fields:
            self._retry_seconds = int(fields["retry"]) / 1000
        event = fields.get("event", "message")
        if event == "end":
            self.has_ended = True
        elif event == "reconnect":
            self.asked_to_reconnect += 1
        elif event == "message" and "data" in fields:
            self.states.append(json.loads(fields["data"]))
            self.versions.append(int(fields["id"]))
