"""What is quoted of what PostgreSQL's programs print."""

from local_postgres.errors import cause


def test_the_first_complaint_is_the_cause() -> None:
    output = (
        "running bootstrap script ... 2026-11-23 10:00:00.123 UTC [7] FATAL:  no space\n"
        "child process exited with exit code 1\n"
        "initdb: error: something that followed from it\n"
    )
    assert cause(output) == "no space"


def test_without_a_complaint_the_last_line_is_the_cause() -> None:
    assert cause("setting up\nsetpriv: setresuid failed\n\n") == "setpriv: setresuid failed"


def test_nothing_said_is_no_cause() -> None:
    assert cause("\n") == ""
