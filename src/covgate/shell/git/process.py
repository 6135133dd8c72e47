"""The one place that runs git: hardened against what a repository, its host or its environment may hold."""

import base64
import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from covgate.errors import ComparisonError
from covgate.shell.authorities import authorities
from covgate.shell.secret_names import is_secret

LOCAL_SECONDS = 120
FETCH_SECONDS = 300

Pairs = tuple[tuple[str, str], ...]

# Nothing that a repository brings may run a program: monitors, hooks, repositories hidden in directories.
_HARDENED = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "safe.bareRepository=explicit")
# On a runner nothing that the checkout's configuration names may, either: an earlier step could have written it.
_WARY = ("-c", "credential.helper=", "-c", "core.alternateRefsCommand=")
_WARY_ENVIRONMENT = {"GIT_ALLOW_PROTOCOL": "file:http:https:ssh", "GIT_ASKPASS": "", "GIT_SSH_COMMAND": "ssh"}
_UPLOAD = ("--upload-pack=git-upload-pack",)
_THERE = {"fetch": _UPLOAD, "ls-remote": _UPLOAD, "push": ("--receive-pack=git-receive-pack",)}
_NO_FILTER = (("clean", ""), ("smudge", ""), ("process", ""), ("required", "false"))
# Git's own words, no questions, no locks, the repository's configuration only, no transport that runs a command.
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "LANGUAGE": "",
}


@dataclass(frozen=True, slots=True)
class FetchCredentials:
    """What a fetch authenticates with.

    Shape:  `server_url` as the runner gives it, "https://github.com".
    """

    server_url: str
    token: str

    @classmethod
    def given(cls, server_url: str, token: str) -> "FetchCredentials | None":
        """Those of a run, None where it has no token or no server to show it to."""
        return cls(server_url, token) if token and server_url else None

    def __repr__(self) -> str:
        return f"FetchCredentials({self.server_url!r}, …)"

    def settings(self) -> "Pairs":
        """A header, as settings of Git's.

        The empty value in front drops a header that the checkout left behind: servers refuse two of them.
        """
        key = f"http.{self.server_url.rstrip('/')}/.extraheader"
        basic = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        return (key, ""), (key, f"AUTHORIZATION: basic {basic}")


@dataclass(frozen=True, slots=True)
class Answer:
    """How a call of git ended."""

    exit_code: int
    out: bytes
    err: bytes

    @property
    def ok(self) -> bool:
        """Whether git was content."""
        return self.exit_code == 0

    @property
    def text(self) -> str:
        """The output as one line of text; bytes that are not UTF-8 survive as surrogates."""
        return self.out.decode("utf-8", "surrogateescape").strip()

    @property
    def complaint(self) -> str:
        """The line that git complained with, without passwords: the first that was fatal, else the last."""
        lines = self.err.decode("utf-8", "replace").strip().splitlines() or ["git gave no reason"]
        line = next((line for line in lines if line.startswith("fatal: ")), lines[-1])
        return re.sub(r"://[^/@\s]+@", "://", line.removeprefix("fatal: "))


class Git:
    """Git in one directory.

    Shape:  `environment` is the process's own; no secret of it is passed on, nor any of its GIT_ variables. `safe`
            names the directory that git may trust whoever owns it: the checkout belongs to another user than the
            container's. `wary` says that no program is run that the checkout's configuration names: filters, helpers.
            `bare` says that the directory is a repository of covgate's own, without a tree.
    Units:  `seconds` is the time a local call may take; one that asks a remote has `FETCH_SECONDS` or what it is given.
    """

    def __init__(
        self,
        directory: Path,
        environment: Mapping[str, str],
        credentials: FetchCredentials | None = None,
        *,
        safe: str = "",
        seconds: int = LOCAL_SECONDS,
        wary: bool = False,
        bare: bool = False,
    ) -> None:
        self.directory = directory
        self.wary = wary
        self._seconds = seconds
        self._credentials = credentials
        named = ["--git-dir=."] if bare else []  # what a directory merely holds is never taken for a bare repository
        self._options = [*_HARDENED, *(_WARY if wary else ()), "-c", f"safe.directory={safe or directory}", *named]
        inherited = {name: value for name, value in environment.items() if not is_secret(name)}
        trusted = authorities(environment)
        own = _ENVIRONMENT | (_WARY_ENVIRONMENT if wary else {}) | ({"GIT_SSL_CAINFO": trusted} if trusted else {})
        self._environment = inherited | own

    def ask(self, *arguments: str, stdin: bytes = b"", index: Path | None = None) -> bytes:
        """Runs git and returns its output.

        Errors: ComparisonError where git fails.
        """
        answer = self.try_(*arguments, stdin=stdin, index=index)
        if not answer.ok:
            raise ComparisonError(f"`git {arguments[0]}` failed: {answer.complaint}", where=str(self.directory))
        return answer.out

    def try_(self, *arguments: str, stdin: bytes = b"", index: Path | None = None) -> Answer:
        """Runs git and tells how it ended.

        Shape:  `index` stands in for the repository's own index, which is never written.
        Errors: ComparisonError where git is not installed or does not end in time.
        """
        extra = {"GIT_INDEX_FILE": str(index)} if index else {}
        return self._run(arguments, extra | _configured(self._no_filters), stdin, self._seconds)

    def fetch(self, *arguments: str, seconds: float = FETCH_SECONDS) -> Answer:
        """Fetches, authenticated where there is a token, and leaves no trace but objects and the refs asked for."""
        quiet = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "--no-auto-gc")
        return self.ask_remote(*quiet, *arguments, seconds=seconds)

    def ask_remote(self, *arguments: str, seconds: float = FETCH_SECONDS) -> Answer:
        """Asks a remote, authenticated where there is a token."""
        command, *rest = arguments
        there = _THERE.get(command, ()) if self.wary else ()
        secret = self._credentials.settings() if self._credentials else ()
        return self._run((command, *there, *rest), _configured((*self._no_filters, *secret)), b"", seconds)

    @cached_property
    def drivers(self) -> frozenset[str]:
        """The names of the filters that the configuration knows, with what it includes."""
        asked = self._run(("config", "-z", "--name-only", "--get-regexp", r"^filter\."), {}, b"", self._seconds)
        keys = asked.out.decode("utf-8", "surrogateescape").split("\0")
        return frozenset(key.removeprefix("filter.").rpartition(".")[0] for key in keys if key.count(".") > 1)

    @property
    def _no_filters(self) -> Pairs:
        """Settings that leave every filter without a program; they win over the configuration's."""
        names = sorted(self.drivers) if self.wary else ()
        return tuple((f"filter.{name}.{key}", value) for name in names for key, value in _NO_FILTER)

    def _run(self, arguments: Sequence[str], extra: Mapping[str, str], stdin: bytes, seconds: float) -> Answer:
        command = ["git", "--no-pager", *self._options, *arguments]
        try:
            return _finished(command, self.directory, {**self._environment, **extra}, stdin, seconds)
        except subprocess.TimeoutExpired:
            raise ComparisonError(f"`git {arguments[0]}` did not end within {seconds:.0f} seconds.") from None
        except FileNotFoundError:
            where = self.directory if not self.directory.is_dir() else None
            if where:
                what, hint = "There is no such directory.", "Name the checkout with `--repo`."
            else:
                what, hint = "git is not installed.", "Install it, or put it on the PATH."
            raise ComparisonError(what, where=str(where or ""), hint=hint) from None


def _configured(settings: Pairs) -> dict[str, str]:
    """Settings given through the environment: any name fits there, and other users cannot read it."""
    numbered = {
        f"GIT_CONFIG_{part}_{n}": text
        for n, setting in enumerate(settings)
        for part, text in zip(("KEY", "VALUE"), setting, strict=True)
    }
    return numbered | {"GIT_CONFIG_COUNT": str(len(settings))} if settings else {}


def _finished(command: list[str], directory: Path, environment: dict[str, str], stdin: bytes, seconds: float) -> Answer:
    """Runs to the end, or kills the whole group: a transport that hangs is a child of git's."""
    process = subprocess.Popen(
        command,
        cwd=directory,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # no terminal to ask a password on
    )
    try:
        out, err = process.communicate(stdin, timeout=seconds)
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return Answer(process.returncode, out, err)
