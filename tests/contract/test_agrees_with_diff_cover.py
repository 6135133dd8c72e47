"""The `diff-cover` command, real coverage.py and real git beside covgate's own comparison.

On lines that both count they agree; what covgate counts beyond is statements of which only continuation lines changed,
and files that coverage never saw. Where diff-cover 11.0.1 was found to err, covgate is shown to be right.
"""

import json
import random
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import coverage
import pytest
from coverage.python import PythonFileReporter
from tests.unit.shell.git.project import Project

from covgate.compare import changed_python_files, diff_coverage
from covgate.model.comparison import ChangedFile, DiffCoverage
from covgate.model.lines import NO_LINES, LineSet
from covgate.model.snapshot import FileCoverage, Origin, Snapshot

DIFF_COVER = Path(sys.executable).parent / "diff-cover"


def run(project: Project, *command: str | Path) -> None:
    subprocess.run(command, cwd=project.root, env=project.environment, check=True, capture_output=True)


def measure(project: Project, program: str) -> None:
    """Runs a program of the project under coverage.py, leaving `.coverage` and `coverage.xml`."""
    project.write(".git/info/exclude", ".coverage\ncoverage.xml\nout.json\n__pycache__/\n")
    run(project, sys.executable, "-m", "coverage", "run", "--branch", "--source=.", "--omit=main.py", program)
    run(project, sys.executable, "-m", "coverage", "xml", "-q")


def snapshot(project: Project) -> Snapshot:
    """What coverage.py itself says, statement by statement."""
    data = coverage.Coverage(data_file=str(project.root / ".coverage"), config_file=False)
    data.load()
    files = (file_coverage(data, Path(path), project.root) for path in data.get_data().measured_files())
    return Snapshot(tuple(sorted(files, key=lambda file: file.path)), Origin("coverage.py"))


def file_coverage(data: coverage.Coverage, path: Path, root: Path) -> FileCoverage:
    _, statements, excluded, missing, _ = data.analysis2(str(path))
    spans = defaultdict(list)
    for line, first in PythonFileReporter(str(path), data).multiline_map().items():
        spans[first].append(line)
    return FileCoverage(
        path.relative_to(root).as_posix(),
        statements=LineSet.of(statements),
        executed=LineSet.of(statements) - LineSet.of(missing),
        excluded=LineSet.of(excluded),
        spans=tuple(sorted((first, max(lines)) for first, lines in spans.items())),
    )


def by_covgate(project: Project, base: str) -> DiffCoverage:
    return diff_coverage(snapshot(project), project.change(base))


def by_diff_cover(project: Project, base: str) -> dict[str, tuple[LineSet, LineSet]]:
    """Changed statements, and the missed of them, by path, as the command prints them."""
    run(project, DIFF_COVER, "coverage.xml", f"--compare-branch={base}", "--format", "json:out.json", "-q")
    report = json.loads((project.root / "out.json").read_text(encoding="utf-8"))
    found = {}
    for path, stats in report["src_stats"].items():
        missed = LineSet.of(stats["violation_lines"])
        found[path] = (missed | LineSet.of(stats["covered_lines"]), missed)
    return found


def on_first_lines(file: ChangedFile) -> tuple[LineSet, LineSet]:
    """What of a changed file a tool can see that looks at first lines only."""
    return file.statements - file.beyond, file.missed - file.beyond


BLOCKS = (
    "{i}x = {n}\n",
    "{i}x = [\n{i}    {n},\n{i}    {n},\n{i}]\n",
    "{i}if flag > {n}:\n{i}    x = {n}\n{i}else:\n{i}    x = {n}\n",
    "{i}x = max(\n{i}    {n},  # why\n{i}    {n}\n{i})\n",
    "{i}# a remark of {n}\n\n",
    "{i}for x in range(\n{i}    {n} % 3,\n{i}):\n{i}    x += {n}\n",
    '{i}x = f"""{n}\n{n}\n"""\n',
    "{i}try:\n{i}    x = {n} // flag\n{i}except (\n{i}    TypeError,\n{i}    ArithmeticError,\n{i}):\n{i}    x = 0\n",
)


def module(dice: random.Random, functions: int) -> str:
    """Functions of random blocks; every number stands alone, so that changing one changes its line only."""
    parts = []
    for number in range(functions):
        parts.append(f"def f{number}(flag={dice.randrange(3)}):\n")
        chosen = dice.choices(BLOCKS, k=4)
        parts += [block.format(i="    ", n=dice.randrange(10, 99)) for block in chosen]
        parts.append(f"    return {dice.randrange(10, 99)}\n\n\n")
    return "".join(parts)


def edited(dice: random.Random, source: str) -> str:
    """Some numbers changed, some comments and statements put in."""
    lines: list[str] = []
    for line in source.splitlines(keepends=True):
        if line.startswith("    return") and dice.random() < 0.3:
            lines.append("    extra = (\n        1\n    )\n")
        changes = dice.random() < 0.25
        lines.append(re.sub(r"\d\d", lambda number: str(109 - int(number[0])), line) if changes else line)
    return "".join(lines)


@pytest.mark.parametrize("seed", range(6))
def test_on_lines_that_both_count_covgate_and_diff_cover_agree(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # the same programs every time
    project = Project(tmp_path / "project")
    sources = {f"pack age/m{number}.py": module(dice, 5) for number in range(4)}
    for path, source in sources.items():
        project.write(path, source)
    base = project.commit()
    project.git("mv", "pack age/m0.py", "pack age/renamed.py")
    sources["pack age/renamed.py"] = sources.pop("pack age/m0.py")
    for path, source in sources.items():
        project.write(path, edited(dice, source))
    calls = [f"m.f{number}({dice.randrange(3)})" for number in range(5) if dice.random() < 0.6]
    body = "\n".join(f"    {call}" for call in calls) or "    pass"
    names = [Path(path).stem for path in sources]
    project.write(
        "main.py", f"import sys\nsys.path.insert(0, 'pack age')\nfor m in map(__import__, {names}):\n{body}\n"
    )
    project.commit()
    measure(project, "main.py")
    ours = {file.path: file for file in by_covgate(project, base).files}
    theirs = by_diff_cover(project, base)
    assert theirs
    assert {path: on_first_lines(file) for path, file in ours.items() if on_first_lines(file)[0]} == theirs
    changes = {file.path: file.added for file in project.change(base).files}
    for path, file in ours.items():
        assert not file.beyond & changes[path]
        assert all(changes[path].touches(first, dict(file.now.spans)[first]) for first in file.beyond)
    assert any(file.beyond for file in ours.values())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


CALL = "def f(x):\n    return x\n\n\ndef g():\n    f(\n        1\n    )\n"


def test_a_changed_argument_of_an_uncovered_call_is_missed(project: Project) -> None:
    project.write("main.py", "import a\n")
    base = project.commit_file("a.py", CALL)
    project.commit_file("a.py", CALL.replace("        1\n", "        2\n"))
    measure(project, "main.py")
    assert by_diff_cover(project, base) == {}
    (file,) = by_covgate(project, base).files
    assert (file.missed, file.beyond) == (LineSet.of([6]), LineSet.of([6]))


def test_lines_behind_a_missing_newline_at_the_end_keep_their_numbers(project: Project) -> None:
    project.write("main.py", "import a\n")
    base = project.commit_file("a.py", "def f():\n    return 1")
    project.commit_file("a.py", "def f():\n    return 2\n\n\nx = f\n")
    measure(project, "main.py")
    (file,) = by_covgate(project, base).files
    assert (file.statements, file.missed) == (LineSet.of([2, 5]), LineSet.of([2]))


def test_an_attribute_that_turns_diffs_off_hides_no_statement(project: Project) -> None:
    project.write("main.py", "import a\n")
    base = project.commit_file("a.py", "x = 1\n")
    project.write(".gitattributes", "*.py -diff\n")
    project.commit_file("a.py", "x = 1\n\n\ndef f():\n    return x\n")
    measure(project, "main.py")
    (file,) = by_covgate(project, base).files
    assert (file.statements, file.missed) == (LineSet.of([4, 5]), LineSet.of([5]))


def test_a_directory_named_like_gits_prefix_is_read_right(project: Project) -> None:
    project.write("main.py", "import sys\nsys.path.insert(0, 'x b')\nimport a\n")
    base = project.commit_file("x b/a.py", "x = 1\n")
    project.commit_file("x b/a.py", "x = 1\nif x > 1:\n    x = 2\n")
    measure(project, "main.py")
    (file,) = by_covgate(project, base).files
    assert (file.path, file.statements, file.missed) == ("x b/a.py", LineSet.of([2, 3]), LineSet.of([3]))


def test_two_source_roots_with_one_file_name_are_not_mixed_up(project: Project) -> None:
    project.write("main.py", "import one.util, two.util\n")
    project.write("one/util.py", "x = 1\n")
    base = project.commit_file("two/util.py", "x = 1\n")
    project.write("one/util.py", "x = 1\ny = 2\n")
    project.write("two/util.py", "x = 1\n\nif x > 1:\n    y = 2\n")
    project.commit()
    measure(project, "main.py")
    files = by_covgate(project, base).files
    assert [(file.path, file.line.covered, file.statements) for file in files] == [
        ("one/util.py", 1, LineSet.of([2])),
        ("two/util.py", 1, LineSet.of([3, 4])),
    ]


def test_a_changed_file_absent_from_the_data_does_not_pass_in_silence(project: Project) -> None:
    base = project.commit_file("main.py", "x = 1\n")
    project.commit_file("never imported.py", "def f():\n    return 1\n")
    run(project, sys.executable, "-m", "coverage", "run", "--branch", "main.py")
    run(project, sys.executable, "-m", "coverage", "xml", "-q")
    assert by_diff_cover(project, base) == {}
    coverage_of_change = by_covgate(project, base)
    assert changed_python_files(project.change(base)) == ("never imported.py",)
    assert [left.path for left in coverage_of_change.left_out] == ["never imported.py"]
    assert coverage_of_change.reason.startswith("No changed Python file counts")


def test_a_changed_file_that_coverage_never_saw_is_missed(project: Project) -> None:
    base = project.commit_file("main.py", "x = 1\n")
    project.commit_file("new.py", "def f():\n    return 1\n")
    measure(project, "main.py")
    never = FileCoverage("new.py", LineSet.of([1, 2]), NO_LINES)
    head = Snapshot((), Origin("coverage.py"), unmeasured=(never,))
    (file,) = diff_coverage(head, project.change(base)).files
    assert (file.missed, file.unmeasured) == (LineSet.of([1, 2]), True)


def test_committed_and_uncommitted_edits_are_numbered_as_on_disk(project: Project) -> None:
    project.write("main.py", "import a\n")
    base = project.commit_file("a.py", "x = 1\n")
    project.commit_file("a.py", "x = 1\nif x > 1:\n    x = 2\n")
    project.write("a.py", "v = 0\nw = 0\nx = 1\nif x > 1:\n    x = 2\n")
    measure(project, "main.py")
    (file,) = by_covgate(project, base).files
    assert (file.statements, file.missed) == (LineSet.of([1, 2, 4, 5]), LineSet.of([5]))
