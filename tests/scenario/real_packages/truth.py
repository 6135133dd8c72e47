"""What coverage.py and diff-cover themselves say, and which statements a change touches by the tokenizer's word."""

import io
import json
import re
import shlex
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.scenario.real_packages.packages import Package
from tests.scenario.real_packages.releases import Project, run, succeed

HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
WITHOUT_SETTINGS = "[run]\npatch = subprocess\n"
BETWEEN_STATEMENTS = {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


@dataclass(frozen=True, slots=True)
class Truth:
    """One more run of the suite, without covgate.

    Shape:  `report` is `coverage json`'s document; `diff_cover` what `diff-cover` says of each file, by path.
    """

    report: dict[str, Any]
    diff_cover: dict[str, dict[str, Any]]


def measure(project: Project, folder: Path) -> Truth:
    """`coverage run`, `combine`, `json`, `xml`, and `diff-cover` on the XML."""
    settings = settings_file(project.package, project.repository, folder)
    coverage = Coverage(project, settings, folder / "truth.data")
    source = [f"--source={','.join(project.package.source)}"] if project.package.source else []
    command = shlex.split(project.package.command)[1:]
    coverage("run", "--branch", *source, *command)
    coverage("combine", "--quiet")
    coverage("json", "--quiet", "--fail-under=0", "-o", str(folder / "truth.json"))
    coverage("xml", "--quiet", "--fail-under=0", "-o", str(folder / "truth.xml"))
    return Truth(json.loads((folder / "truth.json").read_text()), diff_cover(project, folder))


def settings_file(package: Package, repository: Path, folder: Path) -> Path:
    """The project's own settings with the edits of the table, outside the repository."""
    text = (repository / package.config).read_text() if package.config else WITHOUT_SETTINGS
    for old, new in package.edits:
        assert text.count(old) == 1, f"{package.config} of {package.name} does not hold {old!r} once"
        text = text.replace(old, new)
    path = folder / f"truth{Path(package.config).suffix or '.ini'}"
    path.write_text(text)
    return path


@dataclass(frozen=True, slots=True)
class Coverage:
    """The suite's own coverage.py, on its command line."""

    project: Project
    settings: Path
    data: Path

    def __call__(self, action: str, *arguments: str) -> None:
        """Runs one of coverage.py's commands, which has to succeed."""
        command = [str(self.project.python), "-m", "coverage", action, f"--rcfile={self.settings}", *arguments]
        variables = {**self.project.environment, "COVERAGE_FILE": str(self.data)}
        done = subprocess.run(
            command, cwd=self.project.repository, env=variables, capture_output=True, text=True, check=False
        )
        succeed(done)


def diff_cover(project: Project, folder: Path) -> dict[str, dict[str, Any]]:
    """What the `diff-cover` command says of each changed file, by path."""
    target = folder / "diff-cover.json"
    tool = Path(sys.executable).with_name("diff-cover")
    against = (f"--compare-branch={project.base_sha}", "--format", f"json:{target}")
    run(tool, folder / "truth.xml", *against, cwd=project.repository)
    stats: dict[str, dict[str, Any]] = json.loads(target.read_text())["src_stats"]
    return stats


def changed_lines(project: Project) -> dict[str, set[int]]:
    """Lines that the change added or rewrote, per Python file of the head; renamed files against their old selves."""
    names = run("git", "diff", "--name-status", "-z", "-M", project.base_sha, "HEAD", cwd=project.repository)
    python_files = [(old, new) for kind, old, new in changes(names.split("\0")) if new.endswith(".py") and kind != "D"]
    return {new: added_lines(project, old, new) for old, new in python_files}


def changes(fields: list[str]) -> Iterator[tuple[str, str, str]]:
    """(kind, old path, new path) of the fields of `git diff --name-status -z`; the old path is "" for a new file."""
    rest = iter(field for field in fields if field)
    for status in rest:
        path = next(rest)
        if status[0] in "RC":
            yield status[0], path, next(rest)
        else:
            yield status[0], "" if status[0] == "A" else path, path


def added_lines(project: Project, old: str, new: str) -> set[int]:
    """Lines of the head's file that its base does not have, from the headers of hunks between the two blobs."""
    text = (project.repository / new).read_text(encoding="utf-8")
    if not old:
        return set(range(1, text.count("\n") + 2))
    hunks = run("git", "diff", "-U0", f"{project.base_sha}:{old}", f"HEAD:{new}", cwd=project.repository)
    starts = [(int(start), int(count or 1)) for start, count in HUNK.findall(hunks)]
    return {line for start, count in starts for line in range(start, start + count)}


def logical_lines(source: Path) -> dict[int, int]:
    """The last physical line of each logical line, by its first one: where statements begin and end."""
    ends: dict[int, int] = {}
    first = 0
    for token in tokenize.generate_tokens(io.StringIO(source.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.NEWLINE:
            ends[first], first = token.end[0], 0
        elif token.type not in BETWEEN_STATEMENTS and not first:
            first = token.start[0]
    return ends
