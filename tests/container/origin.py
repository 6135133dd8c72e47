"""A forge's Git server: one bare repository over HTTP, for those who have the token."""

import base64
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

WRITER = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.com",
}


def git(directory: Path, *arguments: str) -> str:
    """Runs git without anybody's own settings."""
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **WRITER}
    command = ["git", "-c", "safe.directory=*", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(
        command, cwd=directory, env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


class Origin:
    """A repository with a main branch and one pull request, served while it is entered."""

    def __init__(self, directory: Path, name: str, token: str) -> None:
        self.work = directory / "work"
        self.bare = directory / "bare" / f"{name}.git"
        self.name = name
        self.authorization = "basic " + base64.b64encode(f"x-access-token:{token}".encode()).decode()
        for folder in (self.work, self.bare):
            folder.mkdir(parents=True)
        git(self.bare, "init", "--bare", "--quiet")
        git(self.work, "init", "--quiet")
        git(self.work, "remote", "add", "origin", str(self.bare))
        origin = self

        class Bound(Handler):
            served = origin

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def commit(self, branch: str, files: dict[str, str]) -> str:
        """Commits files to a branch, made where main stands if it is new; answers the commit."""
        branches = git(self.work, "branch", "--format=%(refname:short)").split()
        if branches:
            new = () if branch in branches else ("-B",)
            git(self.work, "checkout", "--quiet", *new, branch, *(("main",) if new else ()))
        for path, text in files.items():
            (self.work / path).parent.mkdir(parents=True, exist_ok=True)
            (self.work / path).write_text(text, encoding="utf-8")
        git(self.work, "add", "--all")
        git(self.work, "commit", "--quiet", "--message", f"Change {branch}")
        git(self.work, "push", "--quiet", "origin", branch)
        return git(self.work, "rev-parse", "HEAD")

    def merge(self, branch: str, number: int) -> str:
        """Makes the pull request's merge commit, as a forge does; answers it."""
        git(self.work, "checkout", "--quiet", "--detach", "main")
        git(self.work, "merge", "--quiet", "--no-ff", "--message", "Merge", branch)
        git(self.work, "push", "--quiet", "--force", "origin", f"HEAD:refs/pull/{number}/merge")
        return git(self.work, "rev-parse", "HEAD")

    def check_out(self, workspace: Path, sha: str, number: int) -> None:
        """Checks the merge commit out at depth 1 as actions/checkout does, without keeping the token."""
        ref = f"refs/remotes/pull/{number}/merge"
        url = f"{self.url}/{self.name}"
        git(workspace, "init", "--quiet")
        git(workspace, "remote", "add", "origin", url)
        header = f"http.{self.url}/.extraheader=AUTHORIZATION: {self.authorization}"
        git(workspace, "-c", header, "fetch", "--quiet", "--no-tags", "--depth=1", "origin", f"+{sha}:{ref}")
        git(workspace, "checkout", "--quiet", "--force", ref)


class Handler(BaseHTTPRequestHandler):
    """Git's own CGI program behind a check of the token."""

    served: Origin

    def do_GET(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is http.server's
        """Nobody reads this log."""

    def answer(self, body: bytes) -> None:
        if self.headers.get("Authorization", "").lower() != self.served.authorization.lower():
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="origin"')
            self.end_headers()
            return
        head, _, content = self.run_git(body).partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def run_git(self, body: bytes) -> bytes:
        path, _, query = self.path.partition("?")
        owner, name, rest = path.lstrip("/").split("/", 2)
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.served.bare.parents[1]),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "PATH_INFO": f"/{owner}/{name.removesuffix('.git')}.git/{rest}",
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "REMOTE_USER": "reader",
            "REMOTE_ADDR": "127.0.0.1",
        }
        command = ["git", "-c", "safe.directory=*", "http-backend"]
        return subprocess.run(command, env=environment, input=body, check=True, capture_output=True).stdout
