"""Scans the repository in the working directory for what is known against it.

The exit status is 0 when all is clean, 1 when something was found, 3 when nothing was found but
something could not be checked, and 2 after wrong usage. docs/scanning.md says more.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import tempfile
from pathlib import Path

from scan.pip_audit import AuditService
from scan.report import Report
from scan.sarif import as_sarif
from scan.sources import SOURCES, Scan, run_checks
from scan.waivers import WaiverError, apply_waivers, check_waivers, read_waivers, unused

_WAIVERS = "3rdparty/scan-exceptions.toml"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scan", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=SOURCES, help="this source; may be repeated"
    )
    parser.add_argument(
        "--output", type=Path, default=Path("dist/scan"), help="the folder for the reports"
    )
    parser.add_argument(
        "--safety-database",
        metavar="PATH|URL",
        default="",
        help="the folder with safety's insecure_full.json, instead of its online database",
    )
    parser.add_argument(
        "--oldest-database",
        metavar="DAYS",
        type=int,
        default=30,
        help="how old safety's database may be (%(default)s)",
    )
    parser.add_argument(
        "--service",
        choices=("pypi", "osv"),
        default="pypi",
        help="which service pip-audit asks (%(default)s)",
    )
    parser.add_argument("--osv-url", metavar="URL", default="", help="the address of OSV")
    parser.add_argument(
        "--npm-registry",
        metavar="URL",
        default="",
        help="which registry Yarn asks about packages, instead of the one in npm's settings",
    )
    parser.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=float,
        default=300.0,
        help="for each tool and download (%(default)s)",
    )
    return parser


def main(arguments: list[str]) -> int:
    """Scans, prints the report, writes it into the output folder, and returns the status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.osv_url and options.service != "osv":
        parser.error("--osv-url goes with --service osv")
    root = Path.cwd()
    started = datetime.datetime.now(datetime.UTC)
    try:
        waivers = read_waivers(root / _WAIVERS)
    except WaiverError as error:
        parser.error(str(error))

    with tempfile.TemporaryDirectory(prefix="scan-") as work:
        scan = Scan(
            root=root,
            work=Path(work),
            safety_database=options.safety_database,
            safety_api_key=os.environ.get("SAFETY_API_KEY", ""),
            oldest_database=datetime.timedelta(days=options.oldest_database),
            service=AuditService(options.service, options.osv_url),
            registry=options.npm_registry,
            seconds=options.timeout,
        )
        checks = run_checks(scan, options.only or SOURCES)

    checks = apply_waivers(checks, waivers, started.date())
    # With some sources left out, an exception that is needed would look unused.
    unused_waivers = [] if options.only else unused(checks, waivers)
    if waivers:
        checks.append(check_waivers(_WAIVERS, waivers, started.date()))
    report = Report(started, checks, unused_waivers)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "report.json").write_text(report.as_json())
    (options.output / "report.sarif").write_text(as_sarif(checks))
    sys.stdout.write(report.as_text())
    return report.status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
