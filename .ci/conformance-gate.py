"""Demands full marks of one run of the OCI conformance program.

usage: conformance-gate.py NAME RESULTS_DIR CASES [--nothing-disabled] [--skips-of-shared-blobs]

CASES is the least number of cases that have to pass.

The program exits 0 on a bad configuration, and hides a skip behind any pass of the same row. So
its results have to be there, and every single case is counted.
"""

import collections
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree


def main(name, directory, cases_at_least, *flags):
    results = (pathlib.Path(directory) / "results.yaml").read_text()
    rows = re.findall(r"^  ([A-Z][^:\n]*): (\w+)$", results, re.MULTILINE)
    if len(rows) < 50:
        sys.exit(f"{name}: only {len(rows)} rows in results.yaml")

    cases = ElementTree.parse(pathlib.Path(directory) / "junit.xml").getroot().iter("testcase")
    counts = collections.Counter()
    wrong = []
    for case in cases:
        tags = {child.tag for child in case}
        status = next((tag for tag in ("failure", "error", "skipped") if tag in tags), "passed")
        if status == "passed" and case.get("status") != "passed":
            status = case.get("status") or "unknown"
        counts[status] += 1
        if status != "passed" and not excused(case, status, flags):
            wrong.append(f"{status}: {case.get('name')}")
    print(f"conformance {name}: " + ", ".join(f"{n} {s}" for s, n in counts.most_common()))

    for row, status in rows:
        if status == "Disabled" and "--nothing-disabled" not in flags:
            continue
        if status != "Pass" and not (status == "Skip" and "--skips-of-shared-blobs" in flags):
            wrong.append(f"row {row} is {status}")
    if counts["passed"] < int(cases_at_least):
        wrong.append(f"only {counts['passed']} cases passed, {cases_at_least} were expected")
    if wrong:
        sys.exit("\n".join([f"conformance {name} is not full marks:", *wrong]))


def excused(case, status, flags):
    """A blob that another image of the repository needs is protected: its deletion is refused."""
    return (
        "--skips-of-shared-blobs" in flags
        and status == "skipped"
        and re.search(r"(empty|emptyJSON|blob)", case.get("name"), re.IGNORECASE)
        and "delete" in case.get("name")
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
