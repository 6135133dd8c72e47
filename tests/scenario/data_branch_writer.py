"""Runs that store a snapshot each and may be killed at any command of Git's: `python -m`, a job per line of its input.

One process for all of them, which forks: to start Python anew for each takes longer than what it does.
"""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.unit.shell.data_branch.stores import BRANCH, Waits, pages, pushed, stored

from covgate.shell.data_branch import Bare, DataBranch, Remote
from covgate.shell.git import GitRepository

WRITTEN, REFUSED = 0, 9


@dataclass(frozen=True)
class Job:
    """One run: it stores the snapshot `sha` at `url` with scratch in `folder`, and finds Git on `path`."""

    url: str
    sha: str
    minute: int
    folder: str
    path: str

    def run(self) -> int:
        """The run's exit code."""
        environment = {"PATH": self.path, "HOME": self.folder}
        place = pushed(self.sha)
        bare = Bare(Path(self.folder), Remote(self.url), environment)
        repository = GitRepository(Path(self.folder), environment, place)
        port = DataBranch(place, BRANCH, bare, repository, Waits().patience())
        kept = port.keep(stored(self.sha, 2, minute=self.minute), pages)
        return WRITTEN if kept.state in ("written", "unchanged") else REFUSED


def main() -> None:
    """Answers each job with its exit code, negative for the signal that ended it."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(Job(**json.loads(line)).run())
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
