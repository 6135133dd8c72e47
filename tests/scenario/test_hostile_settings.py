"""Pull requests that would decide about themselves, through the settings file that they bring."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest
from tests.scenario.runner import Job, double, job
from tests.scenario.shop import SETTINGS, Ended, shop

UNTESTED = """
    def evil(a):
        if a:
            return 1
        return 2
"""
LIES = "TN:\nSF:shop/evil.py\nDA:1,1\nDA:2,1\nDA:3,1\nDA:4,1\nend_of_record\n"
ELSEWHERE = {"api/pkg/__init__.py": "", "api/tests/test_a.py": "def test_a():\n    import pkg\n"}


def said(words: str) -> str:
    """The base's settings file with more in it."""
    return dedent(SETTINGS).lstrip("\n") + words


def on_runner(folder: Path, files: Mapping[str, str | bytes]) -> Ended:
    """How a pull request of these files and of code without tests ends."""
    with double() as github:
        return job(folder, github, {"shop/evil.py": UNTESTED, **files}).run()


@pytest.mark.parametrize(
    ("words", "files", "told"),
    [
        ("base: HEAD\n", {}, "base"),
        ("mode: report\ndata: [lies.info]\n", {"lies.info": LIES}, "mode"),
        ("working_directory: api\n", ELSEWHERE, "directory"),
    ],
    ids=["base", "data", "place"],
)
def test_a_change_does_not_decide_what_is_compared_or_read(
    tmp_path: Path, words: str, files: dict[str, str], told: str
) -> None:
    ended = on_runner(tmp_path, {".covgate.yml": said(words), **files})
    assert (ended.code, ended.rules) == (1, {"diff.line": "failed"})
    assert told in ended.comment


def test_a_change_does_not_make_the_run_a_shard_which_would_give_no_verdict(tmp_path: Path) -> None:
    ended = on_runner(tmp_path, {".covgate.yml": said("shard: unit\n")})
    assert ended.code == 2
    assert "a job is a shard, not the repository" in ended.err


def test_a_settings_file_behind_a_new_link_is_judged_by_the_one_that_was_there(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    (project.root / ".covgate.yml").unlink()
    (project.root / ".covgate.yml").symlink_to("own.yml")
    project.add({"shop/evil.py": UNTESTED, "own.yml": "thresholds:\n  diff: {line: 0}\n"})
    ended = project.run()
    assert (ended.code, ended.rules) == (1, {"diff.line": "failed"})


def test_a_settings_file_that_always_was_a_link_is_read_at_the_base_too(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", {"ci/gate.yml": said("")})
    (project.root / ".covgate.yml").unlink()
    (project.root / ".covgate.yml").symlink_to("ci/gate.yml")
    project.commit("a link")
    project.git("branch", "--force", "main", "HEAD")
    project.add({"shop/evil.py": UNTESTED, "ci/gate.yml": "thresholds:\n  diff: {line: 0}\n"})
    ended = project.run()
    assert (ended.code, ended.rules) == (1, {"diff.line": "failed"})


def test_settings_that_the_base_has_are_followed(tmp_path: Path) -> None:
    with double() as github:
        project = shop(tmp_path / "shop", {".covgate.yml": said("mode: report\ndata: [lies.info]\n")})
        project.add({"shop/evil.py": UNTESTED})
        made = Job(project, github, tmp_path)
        made.check_out()
        project.write("lies.info", LIES)  # as a step of the workflow would
        assert made.run().code == 0


def test_the_first_settings_file_of_a_repository_names_no_base(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", {".covgate.yml": ""})
    (project.root / ".covgate.yml").unlink()
    project.commit("none")
    project.git("branch", "--force", "main", "HEAD")
    with double() as github:
        made = Job(project, github, tmp_path)
        project.add({"shop/evil.py": UNTESTED, ".covgate.yml": said("base: HEAD\n")})
        made.check_out()
        assert made.run().code == 1
