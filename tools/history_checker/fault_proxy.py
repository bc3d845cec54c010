"""A TCP proxy on loopback that drops, delays and refuses what passes through it.

It knows no HTTP. An exchange is what a client sends until the server answers: several requests that
do not wait for their answers are one exchange, with one fault. What the server sends after that is
more of the same answer, which may break or be late at every piece.
"""

from __future__ import annotations

import asyncio
import random
import socket
import threading
from collections import Counter, deque
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

_HOST = "127.0.0.1"
_CHUNK = 64 * 1024
_PIECES = 8

# Limits, so that nothing grows or stays for ever.
_MOST_CONNECTIONS = 512
_CONNECTION_SECONDS = 600.0
_START_SECONDS = 60.0
_STOP_SECONDS = 60.0


class Fault(StrEnum):
    """What can happen to an exchange, or to a connection as it is made."""

    DROP_REQUEST = "request dropped"
    """The connection breaks; the server never gets the request."""
    LOSE_REPLY = "reply lost"
    """The connection breaks when the server has answered; the client never gets the reply."""
    DELAY_REQUEST = "request delayed"
    """The request arrives late, even if the client has gone away by then."""
    DELAY_REPLY = "reply delayed"
    SLOW_REPLY = "reply slow"
    """The answer arrives in pieces."""
    CUT_REPLY = "reply cut"
    """The connection breaks in the middle of an answer that has begun."""
    HOLD_REPLY = "reply held up"
    """The next piece of an answer that has begun, such as a stream, arrives late."""
    REFUSE = "connection refused"
    """The connection breaks as soon as it is made."""


_ON_REPLY = (Fault.LOSE_REPLY, Fault.DELAY_REPLY, Fault.SLOW_REPLY)
_ON_EXCHANGE = (Fault.DROP_REQUEST, Fault.DELAY_REQUEST, *_ON_REPLY)
_ON_MORE = (Fault.CUT_REPLY, Fault.HOLD_REPLY)


class FaultProxy:
    """A context manager: within it clients reach a server through `port` on 127.0.0.1.

    `counts` has the faults so far. It runs in a thread of its own, which ends with the block.
    """

    def __init__(
        self,
        upstream: int,
        *,
        chances: Mapping[Fault, float] | None = None,
        delay_seconds: tuple[float, float] = (0.0, 0.1),
        seed: int = 0,
    ) -> None:
        """Takes the server's port on 127.0.0.1, which may change later, when it is started again.

        CHANCES says how probable each fault is, 0 to 1; DELAY_SECONDS is the least and the most by
        which something is late.
        """
        self.upstream = upstream
        self.chances = dict(chances or {})
        self.counts: Counter[Fault] = Counter()
        self.port = 0
        self._delay_seconds = delay_seconds
        self._chance = random.Random(seed)  # noqa: S311
        self._ordered: deque[Fault] = deque()
        self._clients: dict[asyncio.Task[None], socket.socket] = {}
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fault proxy", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()

    def __enter__(self) -> Self:
        """Listens. Raises TimeoutError if it does not get that far."""
        self._thread.start()
        if not self._started.wait(_START_SECONDS):
            raise TimeoutError("the proxy does not listen")
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Drops every connection and ends."""
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(_STOP_SECONDS)

    def inject(self, fault: Fault) -> None:
        """The next exchange has this fault, the next connection, or the next piece of an answer."""
        self._ordered.append(fault)

    def drop_all(self) -> None:
        """Breaks every connection, also with requests under way."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._drop_clients)

    def calm(self) -> None:
        """No more faults from now on, but for those that are under way."""
        self.chances = {}
        self._ordered.clear()

    def draw(self, *faults: Fault) -> Fault | None:
        """Which of these faults happens now, if one does; counts it."""
        fault = self._take(faults)
        if fault is not None:
            self.counts[fault] += 1
        return fault

    def delay(self) -> float:
        """By how many seconds something is late this time."""
        return self._chance.uniform(*self._delay_seconds)

    def _take(self, faults: tuple[Fault, ...]) -> Fault | None:
        if self._ordered and self._ordered[0] in faults:
            return self._ordered.popleft()
        chances = self.chances
        point = self._chance.random()
        for fault in faults:
            point -= chances.get(fault, 0.0)
            if point < 0:
                return fault
        return None

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        with socket.create_server((_HOST, 0), backlog=_MOST_CONNECTIONS) as listener:
            listener.setblocking(False)
            self.port = listener.getsockname()[1]
            self._started.set()
            accepting = asyncio.create_task(self._accept(listener))
            await self._stopping.wait()
            accepting.cancel()
            await asyncio.gather(accepting, return_exceptions=True)
        self._drop_clients()
        await asyncio.gather(*self._clients, return_exceptions=True)

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            client, _ = await loop.sock_accept(listener)
            if len(self._clients) >= _MOST_CONNECTIONS or self.draw(Fault.REFUSE):
                client.close()
                continue
            task = loop.create_task(self._link(client))
            self._clients[task] = client
            task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        # Not by the task, which may have been cancelled before it began.
        self._clients.pop(task).close()

    def _drop_clients(self) -> None:
        for task in self._clients:
            task.cancel()

    async def _link(self, client: socket.socket) -> None:
        try:
            server = await asyncio.open_connection(_HOST, self.upstream)
        except OSError:
            return
        await _Link(self, await asyncio.open_connection(sock=client), server).run()


class _Link:
    """A client's connection and the one to the server that belongs to it."""

    def __init__(
        self,
        proxy: FaultProxy,
        client: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        server: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        self._proxy = proxy
        self._from_client, self._to_client = client
        self._from_server, self._to_server = server
        self._exchange_begins = True
        self._reply_fault: Fault | None = None

    async def run(self) -> None:
        """Returns when the connections have ended."""
        pumps = [
            asyncio.create_task(self._pass_requests()),
            asyncio.create_task(self._pass_replies()),
        ]
        try:
            await asyncio.wait(
                pumps, timeout=_CONNECTION_SECONDS, return_when=asyncio.FIRST_EXCEPTION
            )
        finally:
            for pump in pumps:
                pump.cancel()
            self._to_client.transport.abort()
            self._to_server.transport.abort()
            await asyncio.gather(*pumps, return_exceptions=True)

    async def _pass_requests(self) -> None:
        while data := await self._from_client.read(_CHUNK):
            if self._exchange_begins:
                self._exchange_begins = False
                fault = self._proxy.draw(*_ON_EXCHANGE)
                if fault is Fault.DROP_REQUEST:
                    raise ConnectionAbortedError
                if fault is Fault.DELAY_REQUEST:
                    await asyncio.sleep(self._proxy.delay())
                if fault in _ON_REPLY:
                    self._reply_fault = fault
            self._to_server.write(data)
            await self._to_server.drain()
        # The client has gone; what it has sent is on its way all the same.
        self._to_server.write_eof()

    async def _pass_replies(self) -> None:
        while data := await self._from_server.read(_CHUNK):
            if self._exchange_begins:
                fault = self._proxy.draw(*_ON_MORE)
            else:
                fault, self._reply_fault = self._reply_fault, None
                self._exchange_begins = True
            if fault is Fault.LOSE_REPLY:
                break
            if fault is Fault.CUT_REPLY:
                await self._tell_client(data[: len(data) // 2])
                break
            if fault in (Fault.DELAY_REPLY, Fault.HOLD_REPLY):
                await asyncio.sleep(self._proxy.delay())
            if fault is Fault.SLOW_REPLY:
                await self._trickle(data)
            else:
                await self._tell_client(data)
        raise ConnectionAbortedError

    async def _trickle(self, data: bytes) -> None:
        pause = self._proxy.delay() / _PIECES
        size = max(1, -(-len(data) // _PIECES))
        for start in range(0, len(data), size):
            await asyncio.sleep(pause)
            await self._tell_client(data[start : start + size])

    async def _tell_client(self, data: bytes) -> None:
        if not self._to_client.is_closing():
            self._to_client.write(data)
            await self._to_client.drain()
