"""Whether the streams of a game are what a right server sends. Pure functions.

Whether their events show states of the game is checked in check.py, as for any answer.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from history_checker.history import Kind, Operation, Outcome
from history_checker.verdict import FinalGame, Quiet, Violation
from history_checker.versions import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from history_checker.versions import Versions

END = "end"
_NAMES = ("", END, "reconnect", "presence")


class StreamCheck:
    """The streams of one game."""

    def __init__(self, final: FinalGame, operations: Sequence[Operation]) -> None:
        """Takes all OPERATIONS of the game, in the order in which they began."""
        self._final = final
        self._streams = {op.index: op for op in operations if op.kind is Kind.WATCH}
        self._events: dict[int, list[Operation]] = defaultdict(list)
        for operation in operations:
            if operation.stream is not None:
                self._events[operation.stream].append(operation)

    def told(self) -> list[Told]:
        """What events tell of the game's version.

        The first event of a stream is as new as any answer. Either the row was read after the
        request; or the client had the newest event already, and this is the one after it.
        """
        told = []
        for stream, events in self._events.items():
            first = True
            for event in events:
                if event.seen is None or event.ended is None:
                    continue
                version = event.seen.version
                asked, found = (self._streams[stream].began, version) if first else (None, None)
                told.append(Told(event, event.ended, version, asked, found))
                first = False
        return told

    def violations(self, versions: Versions, quiet: Quiet | None) -> list[Violation]:
        """What is wrong; with VERSIONS and QUIET also what was not shown in time."""
        found = [
            violation
            for index, stream in self._streams.items()
            for violation in self._stream(stream, self._events[index])
        ]
        if quiet is None:
            return found
        late = [
            violation
            for index, stream in self._streams.items()
            for violation in self._is_late(stream, self._events[index], versions, quiet.patience)
        ]
        return [*found, *late, *self._still_behind(quiet)]

    def _violation(self, account: str, operations: Iterable[Operation]) -> Violation:
        return Violation(self._final.game, account, tuple(operations))

    def _stream(self, stream: Operation, events: Sequence[Operation]) -> list[Violation]:
        violations = []
        newest, source = stream.last_id or 0, stream
        ended = False
        for event in events:
            if event.message not in _NAMES:
                violations.append(self._violation("an event of an unknown name", [event]))
            if ended:
                violations.append(self._violation("something came after the end", [event]))
            if event.message == END:
                ended = True
                if self._final.active or newest != self._final.version:
                    account = "a stream ended that had not shown the end of its game"
                    violations.append(self._violation(account, [source, event]))
            if event.seen is None:
                continue
            version = event.seen.version
            if event.version != version:
                account = f"an event's id is {event.version}, its game's version {version}"
                violations.append(self._violation(account, [event]))
            if version <= newest:
                what = "its client had" if source is stream else "had come in the stream"
                account = f"an event was no newer than what {what} already"
                violations.append(self._violation(account, [source, event]))
            newest, source = max(newest, version), event
        return violations

    def _is_late(
        self, stream: Operation, events: Sequence[Operation], versions: Versions, patience: int
    ) -> list[Violation]:
        """Streams that were too long behind what others had been told: one violation each."""
        if stream.outcome is not Outcome.OK or stream.ended is None:
            return []
        newest = stream.last_id or 0
        until = [(event, event.began) for event in events]
        if stream.closed is not None:
            until.append((stream, stream.closed))
        for what, time in until:
            known = versions.at_least(time - patience)
            if time - patience > stream.ended and known > newest:
                account = (
                    f"a watcher was not shown for {patience / 1e9:.0f} s what others had been told"
                )
                return [self._violation(account, [stream, what])]
            if what.seen is not None:
                newest = what.seen.version
        return []

    def _still_behind(self, quiet: Quiet) -> list[Violation]:
        """The watchers that did not get the last version, or not the end, in that time."""
        if quiet.ended - quiet.began < quiet.patience:
            return []
        last: dict[str, Operation] = {}
        streams: dict[str, Operation] = {}
        for index, stream in self._streams.items():
            streams[stream.client] = stream
            for event in self._events[index]:
                if event.seen is not None:
                    last[event.client] = event
        violations = []
        for client, stream in streams.items():
            if (client, self._final.game) not in quiet.watching:
                continue
            seen = last[client].seen if client in last else None
            version = 0 if seen is None else seen.version
            if version >= self._final.version and self._final.active:
                continue
            what = "last version" if version < self._final.version else "end"
            account = f"a watcher was not shown the {what} of the game when nothing failed any more"
            shown = [last[client]] if client in last else []
            violations.append(self._violation(account, [*shown, stream]))
        return violations
