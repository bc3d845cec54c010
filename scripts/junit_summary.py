"""Adds up JUnit reports and closes with one line: `N passed, N failed`, and skipped if any.

    python3 scripts/junit_summary.py DIRECTORY

Exits with 1 if a test failed or none was run.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree


def main(directory: Path) -> int:
    """Prints a row per report (tests, failures, seconds) and the sum; returns the exit status."""
    tests = failed = skipped = 0
    for report in sorted(directory.rglob("*.xml")):
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 - ours
            suite_failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            suite_tests = int(suite.get("tests", 0))
            tests += suite_tests
            failed += suite_failed
            skipped += int(suite.get("skipped", 0))
            sys.stdout.write(
                f"{suite_tests:5} tests, {suite_failed} failed, "
                f"{float(suite.get('time', 0)):6.1f} s  {report.stem}\n"
            )
    line = f"{tests - failed - skipped} passed, {failed} failed"
    sys.stdout.write(f"{line}, {skipped} skipped\n" if skipped else f"{line}\n")
    return 1 if failed or not tests else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
