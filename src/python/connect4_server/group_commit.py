"""Group commit: requests that come at the same time share a statement, and one wait for the disk.

While a batch is under way the next one gathers, so the busier the server, the larger the batches. A
request that is alone does not wait. For reads the same is known as a data loader.
https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-COMMIT-DELAY
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gevent
from gevent.event import AsyncResult

from connect4_server.database import DatabaseError, LockedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from connect4_server.database import Row

_MOST_AT_ONCE = 200
# One waits for the disk while the other is made.
_UNDER_WAY = 2


@dataclass(slots=True, eq=False)
class _Request:
    key: str
    values: Mapping[str, Any]
    answer: AsyncResult[Row | None] = field(default_factory=AsyncResult)


_Batch = dict[str, list[_Request]]


class GroupCommit:
    """A statement that takes an array for each of its parameters, an item a request.

    The first column of its rows is the key of the request that a row answers.
    """

    def __init__(
        self,
        execute: Callable[[Mapping[str, list[Any]]], Sequence[Row]],
        *,
        shares_rows: bool = False,
    ) -> None:
        """EXECUTE runs the statement with such arrays, and raises what `Database` raises.

        Where it SHARES_ROWS, one row answers all requests for its key, as may be with what only
        reads. Otherwise of those only one at a time is in a batch.
        """
        self._execute = execute
        self._shares_rows = shares_rows
        self._waiting: list[_Request] = []
        self._under_way = 0

    def row(self, key: str, /, **values: Any) -> Row | None:
        """The row for KEY, or None if there is none; VALUES are this request's items.

        Raises what the database raises.
        """
        request = _Request(key, values)
        self._waiting.append(request)
        if self._under_way < _UNDER_WAY:
            self._under_way += 1
            # It begins when those have come along whose requests have arrived already.
            gevent.spawn(self._run)
        row: Row | None = request.answer.get()
        return row

    def _run(self) -> None:
        try:
            while self._waiting:
                self._commit(self._take())
        finally:
            self._under_way -= 1

    def _take(self) -> _Batch:
        batch: _Batch = {}
        left = []
        for request in self._waiting:
            if request.key in batch and self._shares_rows:
                batch[request.key].append(request)
            elif request.key in batch or len(batch) == _MOST_AT_ONCE:
                left.append(request)
            else:
                batch[request.key] = [request]
        self._waiting = left
        return batch

    def _commit(self, batch: _Batch) -> None:
        # In the order of their keys, in which other servers lock the same rows, too.
        firsts = [requests[0] for _, requests in sorted(batch.items())]
        values = {name: [first.values[name] for first in firsts] for name in firsts[0].values}
        rows: Mapping[str, Row] = {}
        error: BaseException | None = None
        try:
            rows = {row[0]: row for row in self._execute(values)}
        except (DatabaseError, LockedError) as refusal:
            if len(batch) > 1:
                # Nothing was done, and the others need not suffer for the one that is to blame.
                for key, requests in batch.items():
                    gevent.spawn(self._commit, {key: requests})
                return
            error = refusal
        except BaseException as failure:
            # Nobody is to wait for ever, whatever went wrong.
            error = failure
        for key, requests in batch.items():
            for request in requests:
                if error is None:
                    request.answer.set(rows.get(key))
                else:
                    request.answer.set_exception(error)
