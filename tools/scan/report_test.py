from __future__ import annotations

import datetime
import json

from scan.outcome import Check, Finding
from scan.report import Report
from scan.sarif import as_sarif
from scan.waivers import Waiver

NOW = datetime.datetime(2030, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
FOUND = Finding("PYSEC-1", "widget", "all is wrong", "a.txt", 7, "1.0", ("CVE-1",))
WAIVED = Finding("PYSEC-2", "gadget", "much is wrong", "a.txt", 9, "2.0", waived="never called")
CLEAN = Check("safety", "b.txt", looked_at=3, note="today's")
VULNERABLE = Check("safety", "a.txt", 2, (FOUND, WAIVED))
UNCHECKED = Check("pip-audit", "a.txt", reason="it answers 404")
UNUSED = Waiver("CVE-9", "cog", "reason", NOW.date(), 1)


def report(*checks: Check) -> Report:
    return Report(NOW, checks, [UNUSED])


def test_the_status_tells_the_outcomes_apart() -> None:
    assert report(CLEAN).status == 0
    assert report(CLEAN, VULNERABLE).status == 1
    assert report(CLEAN, UNCHECKED).status == 3
    assert report(CLEAN, UNCHECKED, VULNERABLE).status == 1
    assert report().status == 3


def test_people_read_a_table_reasons_findings_and_a_last_line() -> None:
    assert report(CLEAN, VULNERABLE, UNCHECKED).as_text().splitlines() == [
        "source     what   outcome          looked at",
        "safety     b.txt  clean            3          today's",
        "safety     a.txt  vulnerable       2",
        "pip-audit  a.txt  could not check  0",
        "",
        "Could not check: it answers 404",
        "    pip-audit: a.txt",
        "",
        "Found by safety: a.txt:7: widget 1.0 PYSEC-1",
        "    all is wrong",
        "",
        "Found, and excepted: never called",
        "    safety: a.txt:9: gadget 2.0 PYSEC-2",
        "",
        "Exceptions for nothing that was found:",
        "    CVE-9 of cog, until 2030-01-02",
        "",
        "vulnerable: of 3 checks 1 clean, 1 vulnerable, 1 could not check",
    ]


def test_programs_read_all_of_it() -> None:
    read = json.loads(report(VULNERABLE, UNCHECKED).as_json())
    assert (read["outcome"], read["status"]) == ("vulnerable", 1)
    assert read["started"] == "2030-01-02T03:04:05+00:00"
    assert [check["outcome"] for check in read["checks"]] == ["vulnerable", "could not check"]
    assert read["checks"][0]["findings"][0]["aliases"] == ["CVE-1"]
    assert read["checks"][1]["reason"] == "it answers 404"
    assert read["unused_exceptions"] == [{"id": "CVE-9", "package": "cog", "line": 1}]


def test_sarif_has_what_its_schema_requires() -> None:
    log = json.loads(as_sarif([CLEAN, VULNERABLE, UNCHECKED]))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    assert [run["tool"]["driver"]["name"] for run in log["runs"]] == ["safety", "pip-audit"]
    for run in log["runs"]:
        assert all(isinstance(call["executionSuccessful"], bool) for call in run["invocations"])
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert len(set(rules)) == len(rules)
        for result in run["results"]:
            assert rules[result["ruleIndex"]] == result["ruleId"]
            assert result["level"] in {"none", "note", "warning", "error"}
            assert result["message"]["text"]
            for location in result["locations"]:
                physical = location["physicalLocation"]
                assert physical["artifactLocation"]["uri"] == "a.txt"
                assert physical["region"]["startLine"] >= 1
            for suppression in result["suppressions"]:
                assert suppression["kind"] in {"inSource", "external"}


def test_sarif_tells_what_is_excepted_and_what_could_not_be_checked() -> None:
    safety, pip_audit = json.loads(as_sarif([CLEAN, VULNERABLE, UNCHECKED]))["runs"]
    assert safety["invocations"][0]["executionSuccessful"] is True
    assert [len(result["suppressions"]) for result in safety["results"]] == [0, 1]
    assert safety["results"][1]["suppressions"][0]["justification"] == "never called"
    (call,) = pip_audit["invocations"]
    assert call["executionSuccessful"] is False
    (notification,) = call["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert notification["message"]["text"] == "could not check a.txt: it answers 404"
    assert pip_audit["results"] == []
