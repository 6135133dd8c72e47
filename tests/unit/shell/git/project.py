"""A real repository to try things on."""

import os
import subprocess
from pathlib import Path
from typing import Self

from covgate.model.diff import Diff, FileChange
from covgate.model.place import Place
from covgate.shell.git import FetchCredentials, GitRepository

TERMINAL = Place()
RUNNER = Place(kind="github", event="push", default_branch="main")


class Project:
    """A repository in a directory of its own, with a configuration that owes nothing to the host's."""

    def __init__(self, root: Path, *, bare: bool = False) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        if not (root / ".git").exists():
            self.git("init", "--quiet", "--initial-branch=main", *(["--bare"] if bare else []))

    @classmethod
    def clone(cls, source: "Project", root: Path, *options: str) -> Self:
        """A clone through the file protocol, which honours depths as a server does."""
        root.mkdir(parents=True)
        clone = cls.__new__(cls)
        clone.root = root
        clone.git("clone", "--quiet", *options, f"file://{source.root}", ".")
        return clone

    @property
    def environment(self) -> dict[str, str]:
        names = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
        names |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}
        return {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **names}

    def git(self, *arguments: str | bytes) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, env=self.environment, check=True, capture_output=True)
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, path: str, content: str | bytes = "x = 1\n") -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def commit(self, message: str = "a change") -> str:
        """Commits everything there is and returns the sha."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def commit_file(self, path: str, content: str | bytes = "x = 1\n") -> str:
        self.write(path, content)
        return self.commit(path)

    def repository(self, place: Place = TERMINAL, credentials: FetchCredentials | None = None) -> GitRepository:
        return GitRepository(self.root, self.environment, place, credentials)

    def change(self, base: str = "", place: Place = TERMINAL) -> Diff:
        return self.repository(place).change(base)

    def changed(self, base: str) -> FileChange:
        """The only changed file since `base`."""
        (file,) = self.change(base).files
        return file
