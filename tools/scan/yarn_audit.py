"""`yarn npm audit` over a Yarn project."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

from scan.outcome import Check, CouldNotCheckError, Finding
from scan.tool import Ended, one_line, run
from yarn_lock import YarnEntry, packages, read_yarn_lock

if TYPE_CHECKING:
    from pathlib import Path

    from scan.node import Node
    from scan.tool import Workplace

# GHSA-jf85-cpcp-j695 and more; the registry of npm has known them since 2019.
_KNOWN_VULNERABLE = ("lodash", "4.17.4")
_ADVISORY = re.compile(r"GHSA(-[a-z0-9]{4}){3}")


def check_with_yarn(project: Path, subject: str, node: Node, work: Workplace) -> Check:
    """What the npm registry says about a project, whose lock is called `subject` in the report.

    In the same run it has to find a control: a package that is known to be vulnerable.
    Raises CouldNotCheckError.
    """
    entries = read_yarn_lock(project / "yarn.lock")
    pinned = packages(entries)
    copy = work.folder / "project"
    _copy_with_known_vulnerable(project, entries, copy)
    ended = run(
        [*node.yarn, *("npm", "audit", "--all", "--recursive", "--no-deprecations", "--json")],
        copy,
        node.environ,
        work.seconds,
    )
    findings = []
    proven = False
    for name, advisory in _advisories(ended):
        for version in advisory["Tree Versions"]:
            if (name, version) == _KNOWN_VULNERABLE:
                proven = True
                if (name, version) not in pinned:
                    continue
            ghsa = _ADVISORY.search(advisory.get("URL") or "")
            findings.append(
                Finding(
                    id=ghsa[0] if ghsa else str(advisory["ID"]),
                    package=name,
                    version=version,
                    message=one_line(f"{advisory['Severity']}: {advisory['Issue']}"),
                    path=subject,
                    line=pinned[name, version].line,
                    aliases=(str(advisory["ID"]),),
                )
            )
    return Check(
        source="yarn npm audit",
        subject=subject,
        looked_at=len(pinned),
        findings=tuple(findings),
        reason="" if proven else f"it knows nothing against {'@'.join(_KNOWN_VULNERABLE)}",
    )


def _advisories(ended: Ended) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for line in ended.stdout.splitlines():
        try:
            answer = json.loads(line)
        except ValueError:
            raise CouldNotCheckError(ended.failure) from None
        if "children" not in answer:
            raise CouldNotCheckError(one_line(f"status {ended.status}: {answer.get('data', line)}"))
        found.append((answer["value"], answer["children"]))
    if ended.status and not found:
        raise CouldNotCheckError(ended.failure)
    return found


def _copy_with_known_vulnerable(project: Path, entries: list[YarnEntry], copy: Path) -> None:
    """A copy of what the audit reads, with one more dependency."""
    name, version = _KNOWN_VULNERABLE
    copy.mkdir(parents=True)
    if (project / ".yarnrc.yml").is_file():
        shutil.copy(project / ".yarnrc.yml", copy)
    manifest = json.loads((project / "package.json").read_text())
    manifest.setdefault("dependencies", {})[name] = version
    (copy / "package.json").write_text(json.dumps(manifest))

    (workspace,) = (entry for entry in entries if entry.is_workspace)
    lines = (project / "yarn.lock").read_text().splitlines()
    start = workspace.line
    end = next((n for n in range(start, len(lines)) if not lines[n]), len(lines))
    wishes = {**workspace.dependencies, name: f"npm:{version}"}
    lines[start:end] = [
        *(f"  {key}: {json.dumps(workspace.fields[key])}" for key in ("version", "resolution")),
        "  dependencies:",
        *(f"    {json.dumps(wish)}: {json.dumps(wished)}" for wish, wished in wishes.items()),
        "  languageName: unknown",
        "  linkType: soft",
    ]
    descriptor = f"{name}@npm:{version}"
    if not any(descriptor in entry.descriptors for entry in entries):
        lines += [
            "",
            f'"{descriptor}":',
            f"  version: {version}",
            f'  resolution: "{descriptor}"',
            "  languageName: node",
            "  linkType: hard",
        ]
    (copy / "yarn.lock").write_text("\n".join(lines) + "\n")
