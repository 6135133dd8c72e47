"""Runs covgate on a little shop with a pull request: `make demo`.

Makes a repository in a scratch folder out of `shop/base` (the default branch) and `shop/change` (a branch on top), runs
`covgate run` there as a developer would, and leaves the reports in `.covgate/`. Needs no network service and no token.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / ".covgate"
GIT = ["git", "-c", "user.name=Demo", "-c", "user.email=demo@example.invalid", "-c", "commit.gpgsign=false"]


def main() -> int:
    """Builds the repository, runs covgate on it, tells where the files are."""
    with tempfile.TemporaryDirectory(prefix="covgate-demo-") as scratch:
        repository = Path(scratch) / "shop"
        build(repository)
        print(
            "A shop with coupons, refunds and a monthly report on a branch. Its base asks for 90 % of changed lines.\n"
        )
        print(f"$ covgate run --repo {repository} --base main\n", flush=True)
        code = covgate_run(repository)
    print(
        f"\ncovgate ended with {code}: {'the gate failed, as this demo means it to' if code == 1 else 'unexpectedly'}."
    )
    print("The same report as files:")
    for path in sorted(OUT.iterdir()):
        if not path.name.startswith("."):
            print(f"  {path.relative_to(HERE.parent)}")
    return 0 if code == 1 else 1


def build(repository: Path) -> None:
    """Two branches: `main` holds the base, `coupons` the change on top of it."""
    shutil.copytree(HERE / "shop" / "base", repository)
    git(repository, "init", "--quiet", "--initial-branch=main")
    commit(repository, "A shop with a cart, a stock and payments")
    git(repository, "checkout", "--quiet", "-b", "coupons")
    shutil.copytree(HERE / "shop" / "change", repository, dirs_exist_ok=True)
    commit(repository, "Coupons, refunds and a monthly report")


def commit(repository: Path, message: str) -> None:
    """All that is there, as one commit."""
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", message)


def git(repository: Path, *arguments: str) -> None:
    """One git command without the user's own settings."""
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run([*GIT, *arguments], cwd=repository, check=True, env=os.environ | quiet)


def covgate_run(repository: Path) -> int:
    """The command that the reader sees."""
    command = [sys.executable, "-m", "covgate", "run", "--repo", str(repository), "--base", "main", "--out", str(OUT)]
    return subprocess.run([*command, "--python", sys.executable], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
