"""Group commit: concurrent requests share one statement, one commit and one wait for the disk.

While a batch runs, the next one collects, so batches grow with the load, and a single request does
not wait. For reads the same pattern is known as a data loader.
https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-COMMIT-DELAY
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gevent
from gevent.event import AsyncResult

from connect4_server import metrics
from connect4_server.database import DatabaseError, LockedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from connect4_server.database import Row

_MAX_BATCH = 200
# One waits for the disk while the other is built.
_MAX_IN_FLIGHT = 2


@dataclass(slots=True, eq=False)
class _Request:
    key: str
    values: Mapping[str, Any]
    result: AsyncResult[Row | None] = field(default_factory=AsyncResult)


_Batch = dict[str, list[_Request]]


class GroupCommit:
    """Collects requests into batches, and runs a statement for each batch.

    The statement takes an array for each of its parameters, with one item per request. The first
    column of its rows is the key of the request that a row is for.
    """

    def __init__(
        self,
        name: str,
        execute: Callable[[Mapping[str, list[Any]]], Sequence[Row]],
        *,
        deduplicates: bool = False,
    ) -> None:
        """EXECUTE runs the statement with such arrays, and raises what `Database` raises.

        NAME is what the metrics call the statement.
        With DEDUPLICATES, one row is the result of all requests for its key, which is right for
        reads. Without, a batch has at most one request for each key.
        """
        self._execute = execute
        self._sizes = metrics.GROUP_COMMIT_SIZE.labels(name)
        self._seconds = metrics.GROUP_COMMIT_SECONDS.labels(name)
        self._deduplicates = deduplicates
        self._waiting: list[_Request] = []
        self._in_flight = 0

    def row(self, key: str, /, **values: Any) -> Row | None:
        """Returns the row for KEY, or None if there is none; VALUES are this request's items.

        Waits until its batch has run. Raises what EXECUTE raises.
        """
        request = _Request(key, values)
        self._waiting.append(request)
        if self._in_flight < _MAX_IN_FLIGHT:
            self._in_flight += 1
            # It runs after the greenlets whose requests have arrived already, and takes theirs too.
            gevent.spawn(self._run)
        row: Row | None = request.result.get()
        return row

    def _run(self) -> None:
        try:
            while self._waiting:
                self._commit(self._next_batch())
        finally:
            self._in_flight -= 1

    def _next_batch(self) -> _Batch:
        batch: _Batch = {}
        left = []
        for request in self._waiting:
            if request.key in batch and self._deduplicates:
                batch[request.key].append(request)
            elif request.key in batch or len(batch) == _MAX_BATCH:
                left.append(request)
            else:
                batch[request.key] = [request]
        self._waiting = left
        return batch

    def _commit(self, batch: _Batch) -> None:
        # Sorted by key: all servers lock rows in the same order, so they cannot deadlock.
        firsts = [requests[0] for _, requests in sorted(batch.items())]
        values = {name: [first.values[name] for first in firsts] for name in firsts[0].values}
        rows: Mapping[str, Row] = {}
        error: BaseException | None = None
        self._sizes.observe(sum(map(len, batch.values())))
        begin = time.perf_counter()
        try:
            rows = {row[0]: row for row in self._execute(values)}
        except (DatabaseError, LockedError) as refusal:
            if len(batch) > 1:
                # Nothing was written. One request is to blame, so retry each by itself.
                for key, requests in batch.items():
                    gevent.spawn(self._commit, {key: requests})
                return
            error = refusal
        except BaseException as failure:
            # Whatever went wrong, no request may wait for ever.
            error = failure
        finally:
            self._seconds.observe(time.perf_counter() - begin)
        for key, requests in batch.items():
            for request in requests:
                if error is None:
                    request.result.set(rows.get(key))
                else:
                    request.result.set_exception(error)
