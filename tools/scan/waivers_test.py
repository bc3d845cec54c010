from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from scan.outcome import Check, Finding, Outcome
from scan.waivers import WaiverError, apply_waivers, check_waivers, read_waivers, unused

if TYPE_CHECKING:
    from pathlib import Path

    from scan.conftest import RunScan

LAST_DAY = datetime.date(2030, 1, 31)
ONE = """
[[exception]]
id = "CVE-1"
package = "wid*"
reason = "it is never called"
until = 2030-01-31
"""
FINDING = Finding("PYSEC-1", "widget", "m", "lock", aliases=("CVE-1",))


def check(*findings: Finding) -> Check:
    return Check("source", "lock", looked_at=1, findings=findings)


def write(folder: Path, text: str) -> Path:
    file = folder / "exceptions.toml"
    file.write_text(text)
    return file


def test_an_exception_covers_what_has_its_id_or_alias_until_its_last_day(tmp_path: Path) -> None:
    waivers = read_waivers(write(tmp_path, ONE))
    (covered,) = apply_waivers([check(FINDING)], waivers, LAST_DAY)
    assert covered.findings[0].waived == "it is never called"
    assert covered.outcome == Outcome.CLEAN
    assert check_waivers("file", waivers, LAST_DAY).outcome == Outcome.CLEAN
    assert unused([covered], waivers) == []


def test_the_day_after_it_covers_nothing_and_is_found_itself(tmp_path: Path) -> None:
    waivers = read_waivers(write(tmp_path, ONE))
    next_day = LAST_DAY + datetime.timedelta(days=1)
    (found,) = apply_waivers([check(FINDING)], waivers, next_day)
    assert found.outcome == Outcome.VULNERABLE
    expired = check_waivers("file", waivers, next_day)
    assert expired.outcome == Outcome.VULNERABLE
    assert expired.findings[0].line == 2
    assert "it is never called" in expired.findings[0].message


def test_it_covers_no_other_package_and_no_other_id(tmp_path: Path) -> None:
    waivers = read_waivers(write(tmp_path, ONE))
    others = check(Finding("CVE-1", "gadget", "m", "lock"), Finding("CVE-2", "widget", "m", "lock"))
    assert apply_waivers([others], waivers, LAST_DAY) == [others]
    assert unused([others], waivers) == waivers


def test_it_does_not_make_up_for_what_could_not_be_checked(tmp_path: Path) -> None:
    waivers = read_waivers(write(tmp_path, ONE))
    partly = Check("source", "lock", 1, (FINDING,), reason="the rest was not there")
    (covered,) = apply_waivers([partly], waivers, LAST_DAY)
    assert covered.outcome == Outcome.COULD_NOT_CHECK


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('reason = "it is never called"', "", "no reason"),
        ("it is never called", "  ", "no reason"),
        ("until = 2030-01-31", "", "no date"),
        ("2030-01-31", '"2030-01-31"', "no date"),
        ('id = "CVE-1"', "", "no id"),
        ('package = "wid*"', "", "no package"),
        ("until", "untill", "no untill"),
        ("[[exception]]", "[[exceptions]]", "nothing else"),
        ("[[exception]]", "[exception]", "nothing else"),
        ("[[exception]]", "[[exception", "line 2"),
    ],
)
def test_an_exception_that_lacks_anything_is_wrong_usage(
    run_scan: RunScan, root: Path, old: str, new: str, complaint: str
) -> None:
    file = root / "3rdparty/scan-exceptions.toml"
    file.parent.mkdir()
    file.write_text(ONE.replace(old, new))
    with pytest.raises(WaiverError, match=complaint):
        read_waivers(file)
    if new == "":  # all of them end in the same way
        scanned = run_scan()
        assert scanned.status == 2
        assert complaint in scanned.stderr
        assert scanned.report == {}


def test_no_file_is_no_exception(tmp_path: Path) -> None:
    assert read_waivers(tmp_path / "none.toml") == []
