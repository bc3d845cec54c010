"""A short run is clean on the server that there is, and not on one that is broken on purpose."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from history_checker.__main__ import table, write
from history_checker.fault_proxy import Fault
from history_checker.habits import Habits
from history_checker.history import History, Kind, Outcome
from history_checker.run import FAULTS, POSTGRES, SERVER, Plan, run
from history_checker.watcher import Audience
from history_checker.workload import Workload

if TYPE_CHECKING:
    from pathlib import Path

SHORT = Plan(
    moves=200,
    kills=3,
    servers=2,
    clients=6,
    chances={**FAULTS, Fault.DROP_REQUEST: 0.02, Fault.LOSE_REPLY: 0.03},
    habits=Habits(rush=0.3),
    # Twice as long as usual and more: a machine that is very busy is no violation.
    patience_seconds=75,
)

# Nothing fails and nobody dies: the race alone shows it.
BROKEN = Plan(
    moves=60,
    kills=0,
    clients=4,
    module="history_checker.unlocked_server",
    chances={},
    habits=Habits(rush=0.5),
    patience_seconds=1,
)

# What is lost on its way is sent again, and streams are come back to.
FORGETFUL_SERVER = replace(
    BROKEN,
    moves=100,
    module="history_checker.forgetful_server",
    servers=1,
    chances={Fault.LOSE_REPLY: 0.1},
    habits=Habits(repeatable=1, hang_ups=0.2, forgetfulness=0),
)

REWINDING = replace(
    BROKEN, module="history_checker.rewinding_server", servers=1, habits=Habits(forgetfulness=1)
)

# Many watch, each at one of the servers: of a game that moves at the other one they hear nothing.
DEAF = replace(
    BROKEN,
    module="history_checker.deaf_server",
    servers=2,
    clients=12,
    habits=Habits(rush=0.5, spectators=1, hang_ups=0),
)

# Whether a kill comes between an answer and the disk is a matter of luck, so there are some.
FORGETFUL = Plan(
    moves=300,
    kills=6,
    victims=(POSTGRES,),
    servers=1,
    clients=8,
    durable=False,
    chances={},
    patience_seconds=1,
)


def test_a_short_run_with_kills_and_faults_is_clean() -> None:
    lines: list[str] = []
    result = run(SHORT, lines.append)
    assert [str(violation) for violation in result.violations] == []
    assert result.history.acknowledged_moves >= SHORT.moves
    assert result.kills == {SERVER: 2, POSTGRES: 1}
    assert result.faults[Fault.LOSE_REPLY] > 0
    assert result.faults[Fault.DROP_REQUEST] > 0
    assert result.count(Kind.MOVE, Outcome.UNKNOWN) > 0
    assert result.count(Kind.READ, Outcome.OK) > 0
    assert result.count(Kind.EVENT, Outcome.OK) > 0
    operations = result.history.operations
    assert any(each.again and each.outcome is Outcome.OK for each in operations)
    assert any(each.chosen and each.outcome is Outcome.OK for each in operations)
    assert any(each.kind is Kind.WATCH and each.number is None for each in operations)
    assert any(each.last_id is not None for each in operations)
    assert sum("kill -9" in line for line in lines) == SHORT.kills
    assert dict(table(result))["violations"] == "0"


@pytest.mark.parametrize(("servers", "workers"), [(2, 1), (1, 2)])
def test_a_server_that_checks_and_then_writes_is_caught(
    tmp_path: Path, servers: int, workers: int
) -> None:
    result = run(replace(BROKEN, servers=servers, workers=workers))
    accounts = [violation.account for violation in result.violations]
    assert any("two moves were acknowledged for ply" in account for account in accounts)
    assert any("somebody saw what the game never was" in account for account in accounts)
    assert any(account.startswith("the acknowledged move at ply ") for account in accounts)

    write(result, tmp_path / "found")
    history = (tmp_path / "found" / "history.jsonl").read_text().splitlines()
    assert [json.loads(line)["index"] for line in history] == list(range(len(history)))
    games = (tmp_path / "found" / "games.jsonl").read_text().splitlines()
    assert {json.loads(line)["game"] for line in games} == {final.game for final in result.finals}
    told = (tmp_path / "found" / "violations.txt").read_text()
    assert all(violation.game in told for violation in result.violations)


def test_a_database_that_answers_before_it_writes_is_caught() -> None:
    result = run(FORGETFUL)
    accounts = [violation.account for violation in result.violations]
    # Lost, or lost and played anew in the same column.
    lost = ("the acknowledged move at ply ", "two moves were acknowledged for ply ")
    assert any(account.startswith(lost) for account in accounts)


def test_a_server_that_forgets_what_its_clients_know_is_caught() -> None:
    result = run(FORGETFUL_SERVER)
    accounts = [violation.account for violation in result.violations]
    twice = ("nobody sent the ", "the answer tells another move")
    assert any(account.startswith(twice) for account in accounts)
    assert "somebody saw it from the seat of somebody else" in accounts
    assert "an event was no newer than what its client had already" in accounts


def test_a_server_whose_streams_go_back_in_time_is_caught() -> None:
    result = run(REWINDING)
    accounts = [violation.account for violation in result.violations]
    assert "an event was no newer than what had come in the stream already" in accounts


def test_a_server_that_does_not_hear_of_moves_elsewhere_is_caught() -> None:
    accounts = [violation.account for violation in run(DEAF).violations]
    assert accounts
    assert all(account.startswith("a watcher was not shown ") for account in accounts)


def test_two_clients_sit_at_a_table() -> None:
    with pytest.raises(ValueError, match="so 3 clients do not fit"):
        Workload(3, History(), [], Habits(), 0, Audience(History(), [], Habits()))
