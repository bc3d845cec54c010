from scan.outcome import Check, Finding, Outcome

FOUND = Finding("id", "widget", "message", "lock")
WAIVED = Finding("id", "widget", "message", "lock", waived="a reason")


def test_a_check_is_clean_only_if_it_looked_at_something_and_left_nothing_out() -> None:
    assert Check("s", "f", looked_at=1).outcome == Outcome.CLEAN
    assert Check("s", "f", looked_at=1, findings=(WAIVED,)).outcome == Outcome.CLEAN
    assert Check("s", "f", looked_at=0).outcome == Outcome.COULD_NOT_CHECK
    assert Check("s", "f", looked_at=1, reason="why").outcome == Outcome.COULD_NOT_CHECK


def test_what_was_found_counts_even_if_something_was_left_out() -> None:
    assert Check("s", "f", 1, (WAIVED, FOUND), reason="why").outcome == Outcome.VULNERABLE
    assert Check("s", "f", 1, (WAIVED,), reason="why").outcome == Outcome.COULD_NOT_CHECK
