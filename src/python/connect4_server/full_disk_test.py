"""A database whose disk is full: 503, one line in the log, and recovery."""

from __future__ import annotations

from connect4_server.conftest import Api
from migrations.commands import upgrade
from server_process import ServerProcess, wait_until
from server_process.small_disk_postgres import SmallDiskPostgres

REQUESTS = 200
LOST = "the database is lost: 53100: could not extend file"
BACK = "the database is back"


def test_a_full_disk() -> None:
    with SmallDiskPostgres() as postgres:
        upgrade(postgres.url)
        with ServerProcess({"DATABASE_URL": postgres.url}) as server:
            api = Api(server.url)
            seat = api.create()
            postgres.fill()

            def creates() -> bool:
                answer = api.request("POST", "/create_game")
                assert answer.status_code in (201, 503)
                return answer.status_code == 201

            # Until the existing pages are full.
            wait_until(lambda: not creates())
            assert sum(creates() for _ in range(REQUESTS)) < REQUESTS
            assert api.get(seat) == seat
            [line] = server.output().splitlines()
            assert line.startswith(LOST)

            postgres.free()
            assert all(creates() for _ in range(REQUESTS))
            wait_until(lambda: BACK in server.output())
            assert server.output().splitlines() == [line, BACK]
