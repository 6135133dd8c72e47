"""Whose certificates are trusted."""

from pathlib import Path

import pytest
from tests.doubles.github import GitHub
from tests.doubles.github_state import State
from tests.unit.shell.git.project import Project

from covgate.shell.authorities import VARIABLES, authorities
from covgate.shell.git.process import Git

TLS = Path(__file__).parents[2] / "samples/tls"


@pytest.mark.parametrize("variable", VARIABLES)
def test_each_of_the_usual_variables_is_taken(variable: str) -> None:
    assert authorities({variable: str(TLS / "authority.pem")}) == str(TLS / "authority.pem")


def test_a_file_that_is_not_there_is_passed_over() -> None:
    assert authorities({"REQUESTS_CA_BUNDLE": "/gone.pem", "SSL_CERT_FILE": str(TLS / "authority.pem")}).endswith(
        ".pem"
    )
    assert authorities({"REQUESTS_CA_BUNDLE": "/gone.pem", "SSL_CERT_FILE": ""}) == ""


def test_git_trusts_them_too(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    with GitHub(State(), certificate=TLS / "server.pem") as server:
        url = f"{server.url}/shop/cart.git"
        wary = Git(project.root, project.environment).ask_remote("ls-remote", url)
        trusting = Git(project.root, {**project.environment, "SSL_CERT_FILE": str(TLS / "authority.pem")})
        answer = trusting.ask_remote("ls-remote", url)
    assert "certificate" in wary.complaint
    assert "not found" in answer.complaint or "401" in answer.complaint or "Username" in answer.complaint
