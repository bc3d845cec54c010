"""Adds up JUnit reports and closes with one line: `N passed, N failed`, and skipped if any.

    python3 scripts/junit_summary.py DIRECTORY

Exits with 1 if a test failed or none was run.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path
from xml.etree import ElementTree


def main(directory: Path) -> int:
    """Prints a row per file (tests, failures, seconds) and the sum; returns the exit status."""
    tests: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    seconds: defaultdict[str, float] = defaultdict(float)
    skipped = 0
    for report in directory.rglob("*.xml"):
        for case in ElementTree.parse(report).getroot().iter("testcase"):  # noqa: S314 - ours
            # A file that cannot be imported is itself what failed.
            file = case.get("classname") or case.get("name") or report.stem
            tests[file] += 1
            failed[file] += case.find("failure") is not None or case.find("error") is not None
            seconds[file] += float(case.get("time", 0))
            skipped += case.find("skipped") is not None
    for file in sorted(tests):
        sys.stdout.write(
            f"{tests[file]:5} tests, {failed[file]} failed, {seconds[file]:6.1f} s  {file}\n"
        )
    passed = tests.total() - failed.total() - skipped
    line = f"{passed} passed, {failed.total()} failed"
    sys.stdout.write(f"{line}, {skipped} skipped\n" if skipped else f"{line}\n")
    return 1 if failed.total() or not tests else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
