"""What the strategies' first ten suggestions buy on real packages, beside "most missed lines first".

Downloads each package's source release, runs its suite under coverage.py with branches, and ranks what it reports;
shows, for each order, the points that testing the suggested functions would gain for each test that this takes by the
plan's own estimate. A release has no history, so nothing is weighed by churn here.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from covgate.model.plan import FileGap
from covgate.model.snapshot import Origin, Snapshot
from covgate.parse.formats.coverage_json import FORMAT
from covgate.rank import Evidence, RankOptions, rank_project
from covgate.rank.plan.effort import tests_of
from covgate.rank.project import all_strategies

SUGGESTIONS = 10
PLAIN = "most missed"


@dataclass(frozen=True, slots=True)
class Package:
    """A release with its tests in it; `needs` is what its suite imports beside pytest."""

    name: str
    version: str
    source: str
    tests: str = "tests"
    needs: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The folder that the release unpacks to."""
        return f"{self.name}-{self.version}"


PACKAGES = (
    Package("babel", "2.18.0", "babel", needs=("freezegun", "pytz", "tzdata")),
    Package("boltons", "26.2.0", "boltons"),
    Package("bottle", "0.13.4", "bottle", "test"),
    Package("jinja2", "3.1.6", "src/jinja2", needs=("markupsafe", "trio")),
    Package("mako", "1.4.3", "mako", "test", ("markupsafe", "babel", "docutils")),
    Package("oauthlib", "4.0.1", "oauthlib", needs=("blinker", "cryptography", "pyjwt")),
    Package("parso", "0.8.7", "parso", "test"),
    Package("prompt_toolkit", "3.0.53", "src/prompt_toolkit", needs=("wcwidth",)),
    Package("sqlparse", "0.6.1", "sqlparse"),
    Package(
        "werkzeug", "3.1.9", "src/werkzeug", needs=("markupsafe", "ephemeral-port-reserve", "cffi", "cryptography")
    ),
)


@dataclass(frozen=True, slots=True)
class Gain:
    """What an order's first suggestions buy.

    Units:  points of the project's line coverage, and tests by the plan's estimate.
    """

    points: float
    tests: int

    @property
    def per_test(self) -> float:
        """Points for each test."""
        return self.points / self.tests if self.tests else 0.0


def main() -> int:
    """Measures the packages, prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=Path, help="a folder of <package>.json made earlier, in place of running")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder: Path = given.reports or Path(scratch)
        if not given.reports:
            measure_all(folder)
        rows = [(package, gains(read(folder / f"{package.name}.json"))) for package in PACKAGES]
    sys.stdout.write(table(rows))
    return 0


def gains(snapshot: Snapshot) -> dict[str, Gain]:
    """What each order buys: one suggestion is a file's largest gap within a function."""
    ranked = {name: rank_project(snapshot, Evidence(), RankOptions(name)) for name in all_strategies()}
    plain = sorted(ranked["impact"], key=lambda gap: (-len(gap.missed), gap.path))
    return {name: gain(order, snapshot) for name, order in {PLAIN: plain, **ranked}.items()}


def gain(gaps: Iterable[FileGap], snapshot: Snapshot) -> Gain:
    """Of the first suggestions together."""
    files = {file.path: file for file in snapshot.files}
    first = [(gap.path, gap.functions[0]) for gap in gaps if gap.functions[0].missed][:SUGGESTIONS]
    tests = sum(tests_of(function, files[path], branches_known=True) for path, function in first)
    return Gain(100 * sum(len(function.missed) for _, function in first) / snapshot.line.total, tests)


def table(rows: list[tuple[Package, dict[str, Gain]]]) -> str:
    """Markdown: points per test of each order, and the mean over the packages relative to the plain one."""
    names = list(rows[0][1])
    lines = [f"| package | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for package, found in rows:
        cells = (f"{found[name].per_test:.3f} ({found[name].points:.2f} by {found[name].tests})" for name in names)
        lines.append(f"| {package.name} {package.version} | {' | '.join(cells)} |")
    ratios = (sum(found[name].per_test / found[PLAIN].per_test for _, found in rows) / len(rows) for name in names)
    lines.append(f"| mean, of {PLAIN} | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} |")
    return "\n".join(lines) + "\n"


def read(report: Path) -> Snapshot:
    """coverage.py's JSON report of a package."""
    assert FORMAT.parse
    found = FORMAT.parse(report.read_bytes(), report.name)
    return Snapshot(found.files, Origin(found.tool, found.version, has_branches=found.has_branches))


def measure_all(folder: Path) -> None:
    """Downloads the releases, and leaves coverage.py's JSON report of each in the folder."""
    python = folder / "environment" / "bin" / "python"
    run(sys.executable, "-m", "venv", str(folder / "environment"))
    needs = sorted({need for package in PACKAGES for need in package.needs} - {package.name for package in PACKAGES})
    run(str(python), "-m", "pip", "install", "--quiet", "pytest", "coverage", *needs)
    for package in PACKAGES:
        sys.stderr.write(f"{package.name} {package.version}\n")
        release = f"{package.name}=={package.version}"
        run(
            str(python),
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            f"--no-binary={package.name}",
            release,
            cwd=folder,
        )
        (archive,) = folder.glob(f"{package.name}-{package.version}.tar.gz")
        run("tar", "-xf", str(archive), cwd=folder)
        measure(package, folder, python)


def measure(package: Package, folder: Path, python: Path) -> None:
    """The package's suite under coverage.py; tests that fail on this machine leave gaps like any other."""
    where, data = folder / package.folder, f"--data-file={folder / package.name}.data"
    command = [
        str(python),
        "-m",
        "coverage",
        "run",
        "--branch",
        f"--source={package.source}",
        data,
        "-m",
        "pytest",
        "-q",
    ]
    search = str(where / Path(package.source).parent)
    subprocess.run(
        [*command, "-p", "no:cacheprovider", package.tests],
        cwd=where,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": search},
        capture_output=True,
        check=False,
    )
    run(str(python), "-m", "coverage", "json", data, "-q", "-o", str(folder / f"{package.name}.json"), cwd=where)


def run(*command: str, cwd: Path | None = None) -> None:
    """Runs a command that has to succeed."""
    subprocess.run(command, cwd=cwd, check=True)


if __name__ == "__main__":
    sys.exit(main())
