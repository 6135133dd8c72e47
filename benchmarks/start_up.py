"""What `covgate --version` costs before anything is done.

Ends with 1 where it takes more CPU than allowed, or imports a library that only later steps need.
"""

import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.side_by_side import quietly, side_by_side

ROUNDS = 15
ALLOWED_CPU_SECONDS = 0.150
NOT_YET_NEEDED = ("github", "requests", "pydantic", "rich", "coverage", "diff_cover", "yaml", "wcmatch", "defusedxml")
IMPORTED = """
import contextlib, sys
from covgate.cli import main
with contextlib.redirect_stdout(sys.stderr), contextlib.suppress(SystemExit):
    main(["--version"])
print(*sorted(sys.modules))
"""


def main() -> int:
    """Measures, prints the table."""
    version = [sys.executable, "-m", "covgate", "--version"]
    bare = [sys.executable, "-c", "pass"]
    with tempfile.TemporaryDirectory() as compiled:
        folders = {"cwd": Path.cwd(), "compiled": Path(compiled)}
        runs = {
            "covgate --version": partial(quietly, version, **folders),
            "python -c pass": partial(quietly, bare, **folders),
        }
        costs = side_by_side(runs, ROUNDS)
    modules = imported()
    early = [name for name in NOT_YET_NEEDED if name in modules]
    sys.stdout.write("| | CPU | modules |\n|---|---|---|\n")
    sys.stdout.write(
        f"| covgate --version | {1000 * costs['covgate --version'].cpu_seconds:.0f} ms | {len(modules)} |\n"
    )
    sys.stdout.write(f"| python -c pass | {1000 * costs['python -c pass'].cpu_seconds:.0f} ms | |\n")
    sys.stdout.write(
        f"\n{1000 * ALLOWED_CPU_SECONDS:.0f} ms allowed; imported too early: {', '.join(early) or 'nothing'}\n"
    )
    return 1 if early or costs["covgate --version"].cpu_seconds > ALLOWED_CPU_SECONDS else 0


def imported() -> list[str]:
    """All modules that `covgate --version` has imported when it ends."""
    done = subprocess.run([sys.executable, "-c", IMPORTED], check=True, capture_output=True, text=True)
    return done.stdout.split()


if __name__ == "__main__":
    sys.exit(main())
