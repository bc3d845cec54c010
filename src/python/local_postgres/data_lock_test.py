"""One holder at a time, and a note for the next."""

from pathlib import Path

import pytest

from local_postgres.data_lock import DataLock
from local_postgres.errors import LocalPostgresError


def test_there_is_one_holder_at_a_time(tmp_path: Path) -> None:
    first = DataLock(tmp_path / "lock")
    with pytest.raises(LocalPostgresError, match=f"already running on this data: {tmp_path}"):
        DataLock(tmp_path / "lock")
    first.close()
    DataLock(tmp_path / "lock").close()


def test_the_next_holder_reads_the_last_note(tmp_path: Path) -> None:
    first = DataLock(tmp_path / "lock")
    assert first.read_note() == ""
    first.write_note("/somewhere/far")
    first.write_note("/närby")
    first.close()
    second = DataLock(tmp_path / "lock")
    assert second.read_note() == "/närby"
    second.close()
