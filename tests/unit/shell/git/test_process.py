"""How git is run."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.unit.shell.git.project import TERMINAL, Project

from covgate.errors import ComparisonError
from covgate.shell.git import FetchCredentials
from covgate.shell.git.process import Git


def fake_git(directory: Path, script: str) -> dict[str, str]:
    """An environment in which `git` is this script."""
    program = directory / "git"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return {"PATH": f"{directory}:/usr/bin:/bin"}


def seen_by_git(tmp_path: Path, environment: dict[str, str]) -> list[str]:
    """The environment that git gets."""
    return Git(tmp_path, environment | fake_git(tmp_path, "env")).ask("status").decode().splitlines()


def test_no_git_variable_of_the_environment_reaches_git(tmp_path: Path) -> None:
    hostile = {
        "GIT_DIR": "/elsewhere",
        "GIT_EXTERNAL_DIFF": "/bin/false",
        "GIT_CONFIG_COUNT": "1",
        "GIT_INDEX_FILE": "x",
    }
    seen = seen_by_git(tmp_path, hostile | {"HOME": "/home/a"})
    names = {line.partition("=")[0] for line in seen}
    assert names.isdisjoint(hostile)
    assert "HOME=/home/a" in seen


def test_no_secret_of_the_environment_reaches_git(tmp_path: Path) -> None:
    secrets = {"INPUT_GITHUB-TOKEN": "s3cret", "GITHUB_TOKEN": "s3cret", "ACTIONS_RUNTIME_URL": "s3cret"}
    assert "s3cret" not in "\n".join(seen_by_git(tmp_path, secrets | {"HTTPS_PROXY": "http://proxy"}))


def test_git_asks_nothing_and_reads_no_configuration_of_the_host(tmp_path: Path) -> None:
    seen = seen_by_git(tmp_path, {"LC_ALL": "de_DE.UTF-8"})
    for line in ("GIT_TERMINAL_PROMPT=0", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "LC_ALL=C"):
        assert line in seen


def test_the_token_is_given_to_fetches_only_and_never_on_the_command_line(tmp_path: Path) -> None:
    credentials = FetchCredentials("https://github.com", "s3cret")
    git = Git(tmp_path, fake_git(tmp_path, 'echo "$@"; env'), credentials)
    secret = base64.b64encode(b"x-access-token:s3cret").decode()
    command, *environment = git.fetch("origin", "main").out.decode().splitlines()
    assert secret not in command
    assert f"GIT_CONFIG_VALUE_1=AUTHORIZATION: basic {secret}" in environment
    assert secret not in git.ask("status").decode()
    assert "s3cret" not in repr(credentials)


@contextmanager
def server(asked: list[list[str]], status: int = 404) -> Iterator[str]:
    """An HTTP server that notes which authorizations it is shown, and has nothing."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers.get_all("Authorization") or [])
            self.send_response(status)
            self.send_header("WWW-Authenticate", "Basic")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


def test_a_fetch_shows_the_token_once_even_where_the_checkout_left_another(project: Project) -> None:
    asked: list[list[str]] = []
    with server(asked) as url:
        project.git("remote", "add", "origin", f"{url}/o/r")
        project.git("config", f"http.{url}/.extraheader", "AUTHORIZATION: basic b2xk")
        project.commit_file("a.py")
        with pytest.raises(ComparisonError):
            project.repository(TERMINAL, FetchCredentials(url, "new")).change("gone")
    secret = base64.b64encode(b"x-access-token:new").decode()
    assert asked == [[f"basic {secret}"]]


def test_transports_that_run_commands_are_refused(project: Project, tmp_path: Path) -> None:
    project.commit_file("a.py")
    project.git("remote", "add", "origin", f"ext::touch {tmp_path}/ran")
    project.git("config", "protocol.ext.allow", "always")
    with pytest.raises(ComparisonError):
        project.change("e" * 40)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("key", "url"),
    [
        ("remote.origin.uploadpack", "{root}"),
        ("core.sshCommand", "ssh://localhost:1/r"),
        ("core.gitProxy", "git://localhost:1/r"),
        ("credential.helper", "{server}/o/r"),
        ("core.askPass", "{server}/o/r"),
        ("core.alternateRefsCommand", "{root}"),
    ],
)
def test_no_program_that_a_checkout_names_is_run_for_a_fetch_on_a_runner(
    project: Project, tmp_path: Path, key: str, url: str
) -> None:
    other = Project(tmp_path / "other")
    other.commit_file("a.py")
    project.commit_file("b.py")
    script = tmp_path / "program"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n", encoding="utf-8")
    script.chmod(0o755)
    project.git("config", key, str(script))
    project.write(".git/objects/info/alternates", f"{other.root}/.git/objects\n")
    with server([], status=401) as address:
        project.git("config", "remote.origin.url", url.format(root=other.root, server=address))
        assert asks_a_remote(project, wary=False, ran=tmp_path / "ran")
        assert not asks_a_remote(project, wary=True, ran=tmp_path / "ran")


def asks_a_remote(project: Project, *, wary: bool, ran: Path) -> bool:
    """Whether the program ran when a branch was fetched."""
    ran.unlink(missing_ok=True)
    Git(project.root, project.environment, wary=wary).fetch("origin", "main")
    return ran.exists()


def test_a_git_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    environment = fake_git(tmp_path, "sleep 600 & wait")
    with pytest.raises(ComparisonError, match="did not end within 1 seconds"):
        Git(tmp_path, environment, seconds=1).ask("status")


def test_a_missing_git_is_told(tmp_path: Path) -> None:
    with pytest.raises(ComparisonError, match="git is not installed"):
        Git(tmp_path, {"PATH": str(tmp_path)}).ask("status")


def test_passwords_in_git_s_complaints_are_not_passed_on(tmp_path: Path) -> None:
    environment = fake_git(tmp_path, "echo \"fatal: cannot read 'https://me:pw@example.org/r'\" >&2; exit 128")
    answer = Git(tmp_path, environment).fetch("origin")
    assert answer.complaint == "cannot read 'https://example.org/r'"


def test_a_checkout_of_another_user_is_trusted_by_name(tmp_path: Path) -> None:
    seen = Git(tmp_path, fake_git(tmp_path, 'echo "$@"')).ask("status").decode()
    assert f"-c safe.directory={tmp_path}" in seen
    assert "-c core.fsmonitor=false -c core.hooksPath=/dev/null -c safe.bareRepository=explicit" in seen
