"""A project whose numbers are written down: eight large files that hardly anything tests, among many others."""

import json

from covgate.model.snapshot import FileCoverage, Origin, Snapshot
from covgate.parse.formats.coverage_json import FORMAT

STATEMENTS, COVERED = 57_828, 16_106
EIGHT = {  # statements, missed
    "core/workflow_engine.py": (1163, 1089),
    "api/atom_agent_endpoints.py": (757, 668),
    "core/llm/byok_handler.py": (549, 491),
    "core/lancedb_handler.py": (577, 467),
    "core/workflow_debugger.py": (527, 465),
    "core/workflow_analytics_engine.py": (593, 408),
    "core/episode_segmentation_service.py": (463, 400),
    "core/auto_document_ingestion.py": (479, 392),
}
OTHERS = 400


def report() -> bytes:
    """coverage.py's JSON report of the project: the eight, and 400 others that hold the rest in equal parts."""
    entries = {path: entry(statements, missed) for path, (statements, missed) in EIGHT.items()}
    statements = STATEMENTS - sum(one for one, _ in EIGHT.values())
    covered = COVERED - sum(one - missed for one, missed in EIGHT.values())
    for number in range(OTHERS):
        own, run = part(statements, number), part(covered, number)
        entries[f"rest/module_{number:03}.py"] = entry(own, own - run)
    document = {"meta": {"format": 3, "version": "7.17.3", "branch_coverage": False}, "files": entries}
    return json.dumps(document).encode()


def part(whole: int, number: int) -> int:
    """One of the parts that a whole is dealt out into."""
    return whole // OTHERS + (number < whole % OTHERS)


def entry(statements: int, missed: int) -> dict[str, object]:
    """A file's entry: the first lines ran, the rest did not."""
    covered = statements - missed
    summary = {"num_statements": statements, "covered_lines": covered, "missing_lines": missed, "excluded_lines": 0}
    return {
        "executed_lines": list(range(1, covered + 1)),
        "missing_lines": list(range(covered + 1, statements + 1)),
        "excluded_lines": [],
        "summary": summary,
    }


def snapshot() -> Snapshot:
    """The report as the parser reads it."""
    assert FORMAT.parse
    read = FORMAT.parse(report(), "coverage.json")
    files: tuple[FileCoverage, ...] = tuple(sorted(read.files, key=lambda file: file.path))
    return Snapshot(files, Origin(read.tool, read.version, has_branches=read.has_branches))
