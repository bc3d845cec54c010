"""Many requests' share of one statement, and of one transaction, which is one wait for the disk.

While a batch is under way the next one gathers, so that batches are as large as the server is busy:
whoever is alone waits for nobody. Known from databases as group commit, and from GraphQL's
servers as a data loader.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gevent
from gevent.event import Event

from connect4_server.database import DatabaseError, DatabaseUnreachableError, LockedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from connect4_server.database import Row
    from connect4_server.statements import Statement

_MOST_AT_ONCE = 200
# One waits for the disk while the other is made.
_UNDER_WAY = 2


@dataclass(slots=True, eq=False)
class _Request:
    key: str
    values: Mapping[str, Any]
    woken: Event = field(default_factory=Event)
    row: Row | None = None
    error: Exception | None = None
    is_alone: bool = False
    is_taken: bool = False
    is_done: bool = False


class Batches:
    """A statement that takes a list of values for each of its parameters, an item a request.

    Each of its rows begins with the key of the request that it answers.
    """

    def __init__(
        self,
        execute: Callable[[Statement, Mapping[str, Any]], list[Row]],
        statement: Statement,
        *,
        shares_rows: bool = False,
    ) -> None:
        """EXECUTE is `Database.rows`, or `Database.read` for what changes nothing.

        Where the statement SHARES_ROWS, one of them may answer all requests for its key, as may be
        with what only reads. Otherwise of those only one at a time is in a batch.
        """
        self._execute = execute
        self._statement = statement
        self._shares_rows = shares_rows
        self._waiting: list[_Request] = []
        self._under_way = 0
        self._is_gathering = False

    def row(self, key: str, values: Mapping[str, Any]) -> Row | None:
        """The row for KEY without the key, or None if there is none.

        Raises what the database raises.
        """
        request = _Request(key, values)
        self._waiting.append(request)
        while not request.is_done:
            if request.is_taken or self._is_gathering or self._under_way == _UNDER_WAY:
                request.woken.wait()
                request.woken.clear()
            else:
                self._gather()
                self._run(self._take())
        if request.is_alone:
            return self._rows([request]).get(key)
        if request.error is not None:
            raise request.error
        return request.row

    def _gather(self) -> None:
        """Lets those come along whose requests have arrived already."""
        self._is_gathering = True
        try:
            gevent.sleep(0)
        finally:
            self._is_gathering = False
            # Whatever ends this one, somebody goes on.
            self._wake_next()

    def _wake_next(self) -> None:
        if self._waiting:
            self._waiting[0].woken.set()

    def _take(self) -> list[_Request]:
        """The next batch, which those that wait for another one of their key are not in."""
        keys: set[str] = set()
        batch: list[_Request] = []
        left: list[_Request] = []
        for request in self._waiting:
            fits = len(batch) < _MOST_AT_ONCE and (self._shares_rows or request.key not in keys)
            keys.add(request.key)
            request.is_taken = fits
            (batch if fits else left).append(request)
        self._waiting = left
        self._wake_next()
        return batch

    def _run(self, batch: list[_Request]) -> None:
        self._under_way += 1
        rows: dict[str, Row] = {}
        # What is to be said unless something else turns out, whatever ends the batch.
        error: Exception | None = DatabaseUnreachableError("the batch was given up")
        is_alone = False
        try:
            rows = self._rows(batch)
            error = None
        except (DatabaseError, LockedError) as refusal:
            # Nothing was done, and the others need not suffer for the one that is to blame.
            error, is_alone = refusal, len(batch) > 1
        except Exception as failure:
            error = failure
        finally:
            self._under_way -= 1
            for request in batch:
                request.row = rows.get(request.key)
                request.error, request.is_alone = error, is_alone
                request.is_done = True
                request.woken.set()
            self._wake_next()

    def _rows(self, batch: list[_Request]) -> dict[str, Row]:
        # In the order of their keys, in which other servers lock the same rows, too.
        requests = [request for _, request in sorted({r.key: r for r in batch}.items())]
        values = {
            name: [request.values[name] for request in requests] for name in requests[0].values
        }
        return {row[0]: row[1:] for row in self._execute(self._statement, values)}
