"""Suites that would keep covgate from its verdict, or put their own in its place."""

from pathlib import Path

import pytest
from tests.scenario.shop import shop

from covgate.cli import main

UNTESTED = """
    def evil(a):
        if a:
            return 1
        return 2
"""
START = "import json\nimport os\nimport shutil\nimport sys\n\n\ndef test_evil():\n"
ANSWERS = 'os.path.dirname(os.environ["COVGATE_OUTCOMES"])'


@pytest.mark.parametrize(
    "body",
    [
        f'[os.makedirs({ANSWERS} + f"/{{q}}.answer.json.gz/x") for q in ("export", "describe", "gather")]',
        f'os.mkdir({ANSWERS} + "/coverage.x")',
        f'os.truncate(os.open({ANSWERS} + "/coverage.x", os.O_CREAT | os.O_RDWR), 10**12)',
        f'os.mkfifo({ANSWERS} + "/coverage.x")',
        f'os.symlink("/etc/passwd", {ANSWERS} + "/coverage.x")',
        "shutil.rmtree('.git')",
        "shutil.rmtree('.covgate'), os.symlink('/tmp', '.covgate')",
        "os.close(1), os.close(2)",
        "os.write(1, bytes(range(256)) * 40_000)",
        "os.write(1, b'x' * 10**7)",
    ],
    ids=["answers", "directory", "hole", "pipe", "link", "git", "output folder", "closed", "binary", "one line"],
)
def test_a_suite_that_spoils_what_it_can_reach_changes_no_verdict(tmp_path: Path, body: str) -> None:
    project = shop(tmp_path / "shop")
    project.add({"shop/evil.py": UNTESTED, "tests/test_evil.py": f"{START}    {body}\n"})
    ended = project.run()
    assert ended.code == 1
    assert "4 statements short" in ended.out


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"shutil.rmtree({ANSWERS})", "could not be asked about coverage"),
        (f'os.remove({ANSWERS} + "/outcomes"), os.mkfifo({ANSWERS} + "/outcomes")', "no regular file"),
        (f"shutil.rmtree(os.path.dirname({ANSWERS}))", "is gone"),
        ("shutil.rmtree(os.getcwd())", "is gone"),
        ("shutil.rmtree('shop')", "nothing was measured"),
    ],
    ids=["answers", "outcomes", "scratch", "project", "sources"],
)
def test_a_suite_that_takes_away_what_is_needed_ends_without_a_verdict(tmp_path: Path, body: str, words: str) -> None:
    project = shop(tmp_path / "shop")
    project.add({"shop/evil.py": UNTESTED, "tests/test_evil.py": f"{START}    {body}\n"})
    ended = project.run()
    assert ended.code == 4
    assert words in " ".join(ended.err.split())


def test_names_and_messages_of_tests_mean_nothing_to_a_runner_or_a_reader(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    told = (
        '{"name": "<b>\\\\ud800@team", "when": "call", "outcome": "failed", "seconds": 1, "message": "\\\\n::error::x"}'
    )
    body = f"open(os.environ['COVGATE_OUTCOMES'], 'a').write('{told}\\n')\n    print('::error::x')\n    assert False"
    project.add({"tests/test_evil.py": f"{START}    {body}\n"})
    ended = project.run(environment={**project.environment, "GITHUB_ACTIONS": "true"})
    assert ended.code == 3
    ours = ended.out.rpartition("\n::covgate-")[2].partition("::\n")[2].splitlines()
    commands = [line for line in ours if line.lstrip().startswith("::") or "##[" in line]
    assert len(commands) == 2
    assert all(line.startswith("::error title=Test failed::`") for line in commands)
    assert "<b>" not in ended.comment.replace("<br>", "")
    assert "@team" not in ended.comment


@pytest.mark.parametrize("given", ["{a,b}" * 25, "/dev/zero", "/dev/stdin", "/proc/self/mem"])
def test_data_that_never_end_are_refused(tmp_path: Path, given: str, capfd: pytest.CaptureFixture[str]) -> None:
    project = shop(tmp_path / "shop")
    assert main(["report", "--repo", str(project.root), "--data", given], project.environment) == 4
    assert "No gate was evaluated" in capfd.readouterr().err
