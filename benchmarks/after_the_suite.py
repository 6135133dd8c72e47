"""covgate's own part after the suite has ended, against the usual commands, on 200 files of 200 lines.

Ends with 1 where covgate takes longer than `coverage xml` and `diff-cover` together.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.side_by_side import quietly, side_by_side, table
from benchmarks.synthetic import Synthetic, make_repository

OURS, REFERENCE = "covgate report", "coverage xml && diff-cover"
ALLOWED_RATIO = 1.0


def main() -> int:
    """Makes the repository, measures, prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=200)
    options.add_argument("--lines", type=int, default=200)
    options.add_argument("--rounds", type=int, default=7)
    size = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        synthetic = make_repository(Path(folder), size.files, size.lines)
        costs = side_by_side(candidates(synthetic, Path(folder)), size.rounds)
    sys.stdout.write(f"{size.files} files × {size.lines} lines, median of {size.rounds} rounds\n\n")
    sys.stdout.write(table(costs, REFERENCE) + "\n")
    ratio = costs[OURS].seconds / costs[REFERENCE].seconds
    sys.stdout.write(f"\n{OURS}: {ratio:.2f} of {REFERENCE}, {ALLOWED_RATIO:.2f} allowed\n")
    return 1 if ratio > ALLOWED_RATIO else 0


def candidates(synthetic: Synthetic, folder: Path) -> dict[str, "Run"]:
    """What is compared, by name."""
    return {
        OURS: Run(synthetic, (covgate(synthetic, folder),)),
        REFERENCE: Run(synthetic, (coverage(synthetic, "xml", folder), diff_cover(synthetic, folder))),
        "coverage json": Run(synthetic, (coverage(synthetic, "json", folder),)),
    }


class Run:
    """A candidate: commands that run one after the other."""

    def __init__(self, synthetic: Synthetic, commands: tuple[list[str], ...]) -> None:
        self.synthetic = synthetic
        self.commands = commands

    def __call__(self) -> None:
        """Runs them in the repository."""
        quietly(*self.commands, cwd=self.synthetic.repository, compiled=self.synthetic.data.with_name("compiled"))


def covgate(synthetic: Synthetic, folder: Path) -> list[str]:
    """The whole report: diff, coverage, verdict, every file that covgate writes."""
    data = ["--data", str(synthetic.data), "--python", sys.executable]
    where = ["--base", synthetic.base_sha, "--out", str(folder / "out"), "--no-publish"]
    return [sys.executable, "-m", "covgate", "report", *data, *where]


def coverage(synthetic: Synthetic, form: str, folder: Path) -> list[str]:
    """One of coverage's own reports."""
    target = str(folder / f"coverage.{form}")
    return [sys.executable, "-m", "coverage", form, f"--data-file={synthetic.data}", "-q", "-o", target]


def diff_cover(synthetic: Synthetic, folder: Path) -> list[str]:
    """diff-cover on the XML."""
    tool = Path(sys.executable).with_name("diff-cover")
    return [str(tool), str(folder / "coverage.xml"), f"--compare-branch={synthetic.base_sha}"]


if __name__ == "__main__":
    sys.exit(main())
