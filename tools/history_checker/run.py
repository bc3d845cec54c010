"""Plays moves while servers and PostgreSQL are killed, and checks the history."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from history_checker.check import check
from history_checker.fault_proxy import Fault
from history_checker.habits import Habits
from history_checker.history import History, Kind, Outcome
from history_checker.system import System
from history_checker.verdict import Quiet
from history_checker.watcher import Audience
from history_checker.workload import Workload
from server_process import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from history_checker.history import Operation
    from history_checker.verdict import FinalGame, Violation

FAULTS = {
    Fault.DROP_REQUEST: 0.003,
    Fault.LOSE_REPLY: 0.005,
    Fault.DELAY_REQUEST: 0.01,
    Fault.DELAY_REPLY: 0.01,
    Fault.SLOW_REPLY: 0.003,
    Fault.CUT_REPLY: 0.005,
    Fault.HOLD_REPLY: 0.01,
    Fault.REFUSE: 0.02,
}

SERVER = "server"
POSTGRES = "PostgreSQL"
# In turn. Without PostgreSQL all servers stop, so it is killed less often; but in two kills once.
VICTIMS = (SERVER, POSTGRES, SERVER)

# How often a server reads what is watched, and how much longer that takes on a busy machine.
_PROMISED_SECONDS = 15.0
_SLACK_SECONDS = 10.0

_PROGRESS_SECONDS = 10.0
_STALL_SECONDS = 120.0
_SWITCH_SECONDS = 0.0005


@dataclass(frozen=True)
class Plan:
    """What to run: at least how many acknowledged moves, and how many kills meanwhile.

    `patience_seconds` is how late a watcher may be shown what others have been told.
    """

    moves: int = 100_000
    kills: int = 20
    victims: tuple[str, ...] = VICTIMS
    servers: int = 3
    clients: int = 16
    workers: int = 1
    seed: int = 0
    module: str = "connect4_server"
    durable: bool = True
    chances: dict[Fault, float] = field(default_factory=lambda: dict(FAULTS))
    delay_seconds: tuple[float, float] = (0.0, 0.3)
    habits: Habits = field(default_factory=Habits)
    patience_seconds: float = _PROMISED_SECONDS + _SLACK_SECONDS


@dataclass(frozen=True)
class Result:
    """What has happened, and what was wrong with it."""

    history: History
    finals: list[FinalGame]
    violations: list[Violation]
    kills: Counter[str]
    faults: Counter[Fault]
    seconds: float

    def count(self, kind: Kind, outcome: Outcome) -> int:
        """How many operations of a kind came out like that."""
        return self.count_if(lambda each: each.kind is kind and each.outcome is outcome)

    def count_if(self, condition: Callable[[Operation], bool]) -> int:
        """How many operations are like that."""
        return sum(map(condition, self.history.operations))


class StalledError(Exception):
    """No move has been acknowledged for a long time."""


def run(plan: Plan, report: Callable[[str], None] = lambda _line: None) -> Result:
    """Runs PLAN; REPORT gets a line now and then. Raises StalledError, and what System raises."""
    history = History()
    kills: Counter[str] = Counter()
    # Many threads of this process wait for each other all the time.
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        with System(
            plan.servers,
            module=plan.module,
            workers=plan.workers,
            durable=plan.durable,
            chances=plan.chances,
            delay_seconds=plan.delay_seconds,
            seed=plan.seed,
        ) as system:
            with Audience(history, system.ports, plan.habits) as audience:
                began = time.monotonic()
                with Workload(
                    plan.clients, history, system.ports, plan.habits, plan.seed, audience
                ) as workload:
                    _break_things(plan, system, workload, history, kills, report)
                workload.raise_failure()
                seconds = time.monotonic() - began
                quiet = _let_them_watch(system, audience, history, plan.patience_seconds)
            audience.raise_failure()
            system.settle()
            finals = system.final_games()
            faults = sum((proxy.counts for proxy in system.proxies), Counter[Fault]())
    finally:
        sys.setswitchinterval(interval)
    report(f"quiet for {(quiet.ended - quiet.began) / 1e9:.1f} s")
    report(f"checking {len(history.operations):,} operations in {len(finals):,} games")
    violations = check(history.operations, finals, quiet)
    return Result(history, finals, violations, kills, faults, seconds)


def _break_things(  # noqa: PLR0913, PLR0917
    plan: Plan,
    system: System,
    workload: Workload,
    history: History,
    kills: Counter[str],
    report: Callable[[str], None],
) -> None:
    """Returns when all moves are played and all kills are done, evenly between the moves."""
    chance = random.Random(plan.seed)  # noqa: S311
    progress = _Progress(history, report)
    for kill in range(plan.kills + 1):
        goal = plan.moves * (kill + 1) // (plan.kills + 1)

        def reached(goal: int = goal) -> bool:
            workload.raise_failure()
            progress.look()
            return history.acknowledged_moves >= goal

        wait_until(reached, float("inf"))
        if kill == plan.kills:
            return
        victim = plan.victims[kill % len(plan.victims)]
        kills[victim] += 1
        if victim == SERVER:
            index = chance.randrange(plan.servers)
            report(f"{history.acknowledged_moves:,} moves: kill -9 of server {index + 1}")
            system.kill_server(index)
        else:
            report(f"{history.acknowledged_moves:,} moves: kill -9 of PostgreSQL")
            system.kill_postgres()


def _let_them_watch(
    system: System, audience: Audience, history: History, patience_seconds: float
) -> Quiet:
    """Without faults, until all watchers have the last version, or their time is over."""
    system.calm()
    began = history.now()

    def no_stream_is_behind() -> bool:
        watching = audience.watching()
        games = {final.game: final for final in system.games({each.game for each in watching})}
        # A game that a broken database has lost is not waited for.
        return all(
            games[each.game].active and games[each.game].version <= (each.version or 0)
            for each in watching
            if each.game in games
        )

    # The check reports who is still behind after that.
    with suppress(TimeoutError):
        wait_until(no_stream_is_behind, patience_seconds)
    watching = frozenset((each.name, each.game) for each in audience.watching())
    return Quiet(began, history.now(), int(patience_seconds * 1e9), watching)


class _Progress:
    """Reports the progress, and notices when there is none."""

    def __init__(self, history: History, report: Callable[[str], None]) -> None:
        self._history = history
        self._report = report
        self._began = self._reported = self._moved = time.monotonic()
        self._moves = 0

    def look(self) -> None:
        """Raises StalledError."""
        now = time.monotonic()
        moves = self._history.acknowledged_moves
        if moves > self._moves:
            self._moves, self._moved = moves, now
        elif now - self._moved > _STALL_SECONDS:
            raise StalledError(f"no move was acknowledged for {_STALL_SECONDS:.0f} s")
        if now - self._reported >= _PROGRESS_SECONDS:
            self._reported = now
            self._report(
                f"{moves:,} moves acknowledged, {moves / (now - self._began):.0f} a second"
            )
