"""Clients that play one game after another, in pairs, whatever breaks."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http import HTTPStatus
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Self

from connect4_models.rules import COLUMNS, ROWS
from connect4_server.tokens import new_token
from history_checker.client import Client
from history_checker.history import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from history_checker.habits import Habits
    from history_checker.history import History, Operation, Seen
    from history_checker.watcher import Audience, Watcher

_LOOK_SECONDS = 0.05
_PAUSE_SECONDS = (0.01, 0.05)
_INVITATION_SECONDS = 0.1


@dataclass
class _Match:
    """A game at a table: what its two clients tell each other outside of it."""

    game: str
    left: threading.Event = field(default_factory=threading.Event)
    news: dict[int, threading.Event] = field(
        default_factory=lambda: {1: threading.Event(), 2: threading.Event()}
    )


class Workload:
    """A context manager: within it clients play, in threads, two at each table."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        clients: int,
        history: History,
        ports: Sequence[int],
        habits: Habits,
        seed: int,
        audience: Audience,
    ) -> None:
        """Takes how many CLIENTS there are, an even number, and the ports that they may ask.

        They watch their games in the AUDIENCE, and stay there when they no longer play.
        """
        if clients < 2 or clients % 2:
            raise ValueError(f"two clients sit at a table, so {clients} clients do not fit")
        self._stopped = threading.Event()
        self._failures: list[Exception] = []
        self._threads: list[threading.Thread] = []
        for table in range(clients // 2):
            invitations: SimpleQueue[_Match] = SimpleQueue()
            for number, role in ((1, _Person.host), (2, _Person.visit)):
                name = str(2 * table + number)
                chance = random.Random(f"{seed} {name}")  # noqa: S311
                person = _Person(
                    name, number, history, ports, chance, habits, self._stopped, audience
                )
                self._threads.append(
                    threading.Thread(
                        target=self._run, args=[person, role, invitations], name=f"client {name}"
                    )
                )

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Ends when the last request of every client was answered or given up."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def raise_failure(self) -> None:
        """Raises what has ended a client: a bug of the checker, or an answer that is not JSON."""
        if self._failures:
            raise self._failures[0]

    def _run(
        self,
        person: _Person,
        role: Callable[[_Person, SimpleQueue[_Match]], None],
        invitations: SimpleQueue[_Match],
    ) -> None:
        try:
            with person:
                role(person, invitations)
        except Exception as error:
            self._failures.append(error)


class _Person:
    """A client with more than one connection, in one game at a time."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        name: str,
        number: int,
        history: History,
        ports: Sequence[int],
        chance: random.Random,
        habits: Habits,
        stopped: threading.Event,
        audience: Audience,
    ) -> None:
        self._name = name
        self._number = number
        self._audience = audience
        self._chance = chance
        self._habits = habits
        self._stopped = stopped
        names = [name] + [f"{name}.{helper}" for helper in range(1, habits.helpers + 1)]
        self._clients = [
            Client(name, history, ports, random.Random(chance.random()), habits.timeout)  # noqa: S311
            for name in names
        ]
        self._pool = ThreadPoolExecutor(len(names), thread_name_prefix=f"client {name}")
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(self._pool)
        for client in self._clients:
            self._stack.enter_context(closing(client))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def host(self, invitations: SimpleQueue[_Match]) -> None:
        """Creates games and plays them."""
        while not self._stopped.is_set():
            created = self._clients[0].create()
            if created.seen is None or created.game is None:
                self._pause()
                continue
            match = _Match(created.game)
            invitations.put(match)
            self._play(match, created.seen)

    def visit(self, invitations: SimpleQueue[_Match]) -> None:
        """Joins the games of the host and plays them."""
        while not self._stopped.is_set():
            try:
                match = invitations.get(timeout=_INVITATION_SECONDS)
            except Empty:
                continue
            seat = self._join(match)
            if seat is None:
                match.left.set()
            else:
                self._play(match, seat)

    def _join(self, match: _Match) -> Seen | None:
        """The seat; None if a join took it whose answer was lost and that cannot be repeated."""
        shared = new_token()

        def ask(client: Client) -> Operation:
            if self._chance.random() >= self._habits.repeatable:
                return client.join(match.game)
            # The same secret: one person who clicks twice. Another one: several who have the link.
            secret = self._chance.choice([shared, new_token()])
            return self._for_certain(lambda again: client.join(match.game, secret, again=again))

        while not self._stopped.is_set():
            joins = self._at_once(ask)
            for join in joins:
                if join.seen is not None:
                    return join.seen
            if any(join.outcome is Outcome.FAIL for join in joins):
                return None
            self._pause()
        return None

    def _play(self, match: _Match, seat: Seen) -> None:
        """Until the game is over or the other one has left. After what is unknown it reads."""
        seen: Seen | None = seat
        last = seat
        watchers = self._watch(match.game, seat)
        while not self._stopped.is_set() and not match.left.is_set():
            if seen is not None and not seen.active:
                break
            if self._wants_to_move(seen, last):
                if self._chance.random() < self._habits.resignation:
                    operations = [self._resign(match.game, last)]
                else:
                    operations = self._move(match.game, last)
                match.news[3 - self._number].set()
            else:
                if seen is not None:
                    # Until the other player has moved, or less.
                    match.news[self._number].wait(self._chance.uniform(0, _LOOK_SECONDS))
                    match.news[self._number].clear()
                operations = [self._clients[0].read(match.game, seat)]
            seen = _newest(operations)
            last = seen or last
            if any(operation.outcome is Outcome.UNKNOWN for operation in operations):
                self._pause()
            if any(operation.status == HTTPStatus.NOT_FOUND for operation in operations):
                # A broken server, or database, has lost the game or the seat.
                break
        # The other one may wait for a move: a broken server shows them different games.
        match.left.set()
        end = self._clients[0].read(match.game, seat)
        if end.seen is not None and end.seen.active and not self._stopped.is_set():
            # It would never end.
            for watcher in watchers:
                watcher.leave()

    def _watch(self, game: str, seat: Seen) -> list[Watcher]:
        seats: list[tuple[str, Seen | None]] = [(f"{self._name}.watching", seat)]
        if self._number == 1 and self._chance.random() < self._habits.spectators:
            seats.append((f"{self._name}.spectator", None))
        return [
            self._audience.watch(name, random.Random(self._chance.random()), game, of)  # noqa: S311
            for name, of in seats
        ]

    def _wants_to_move(self, seen: Seen | None, last: Seen) -> bool:
        if last.players < 2 or not last.active:
            return False
        if seen is not None and seen.active_player == seen.number:
            return True
        return self._chance.random() < self._habits.impatience

    def _move(self, game: str, seen: Seen) -> list[Operation]:
        # By the board: the moves that a broken server shows may be no game at all.
        columns = [
            column for column in range(COLUMNS) if seen.board[(column + 1) * ROWS - 1] == "0"
        ]
        plies = self._plies(seen)

        def ask(client: Client) -> Operation:
            column = self._chance.choice(columns)
            if self._chance.random() >= self._habits.repeatable:
                return client.move(game, seen, column)
            ply = self._chance.choice(plies)
            return self._for_certain(
                lambda again: client.move(game, seen, column, ply, again=again)
            )

        return self._at_once(ask)

    def _resign(self, game: str, seat: Seen) -> Operation:
        client = self._clients[0]
        return self._for_certain(lambda again: client.resign(game, seat, again=again))

    def _plies(self, seen: Seen) -> list[int]:
        """The ply of this one's next move; or two, if the other one may have moved meanwhile."""
        is_next = seen.active_player == self._number
        return [seen.ply] if is_next else [seen.ply, seen.ply + 1]

    def _for_certain(self, send: Callable[[bool], Operation]) -> Operation:
        """Calls SEND until the outcome is known; its argument is whether it is sent again."""
        operation = send(False)
        for resend in range(self._habits.resends):
            if operation.outcome is not Outcome.UNKNOWN:
                doubts = self._chance.random() < self._habits.doubt
                if not doubts or operation.outcome is Outcome.FAIL:
                    break
            self._pause(2**resend)
            if self._stopped.is_set():
                break
            operation = send(True)
        return operation

    def _at_once(self, ask: Callable[[Client], Operation]) -> list[Operation]:
        """Asks once, or sometimes on all connections at the same time."""
        if self._chance.random() >= self._habits.rush:
            return [ask(self._clients[0])]
        return list(self._pool.map(ask, self._clients))

    def _pause(self, times: int = 1) -> None:
        self._stopped.wait(times * self._chance.uniform(*_PAUSE_SECONDS))


def _newest(operations: Sequence[Operation]) -> Seen | None:
    """The game as the newest of the answers has it."""
    seen = [operation.seen for operation in operations if operation.seen is not None]
    return max(seen, key=lambda state: state.version, default=None)
