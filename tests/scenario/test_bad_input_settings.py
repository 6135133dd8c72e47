"""Settings, options and folders that cannot be used: what is wrong, where, and what to write instead."""

from pathlib import Path

import pytest
from tests.scenario.shop import Ended, Shop, covgate, shop


@pytest.fixture
def project(tmp_path: Path) -> Shop:
    return shop(tmp_path / "shop")


def told(ended: Ended) -> str:
    """The words of a run that was refused for its settings, in one line."""
    assert ended.code == 2
    assert ended.err.splitlines()[-1] == "  No gate was evaluated."
    assert "Running the suite" not in ended.err
    assert "Traceback" not in ended.err
    return " ".join(ended.err.split())


@pytest.mark.parametrize(
    ("text", "what", "where", "hint"),
    [
        ("a: {b: 1\nc: 2\n", "not valid YAML", "`.covgate.yml` line 2, column 2", "A bracket is never closed"),
        ("suite:\n\tcommand: x\n", "not valid YAML", "line 2, column 1", "YAML does not allow tabs"),
        ("threshholds: {}\n", "did you mean thresholds?", "`.covgate.yml` line 1", "covgate config schema"),
        ("thresholds: {diff: {line: 101}}\n", "101 is not within 0 and 100", "`.covgate.yml` line 1", ""),
        ("thresholds: {diff: {line: 80%}}\n", "thresholds.diff.line", "`.covgate.yml` line 1", ""),
        ("suite: {timeout: 30}\n", "30 has no unit: write 30s or 30m", "`.covgate.yml` line 1", ""),
        ("comment: nevr\n", "did you mean never?", "`.covgate.yml` line 1", ""),
        (b"a: \xff\n", "not UTF-8", "`.covgate.yml` line 1", "Save the file as UTF-8"),
    ],
)
def test_a_mistake_in_the_file(project: Shop, text: str | bytes, what: str, where: str, hint: str) -> None:
    project.write(".covgate.yml", text)
    words = told(project.run())
    assert (what in words, where in words, hint in words) == (True, True, True), words


def test_all_mistakes_are_told_at_once_each_with_its_line_and_no_line_is_too_long(project: Shop) -> None:
    project.write(".covgate.yml", "version: 2\nsuite:\n  comand: pytest\n  timeout: 30\ncomment: nevr\n")
    ended = project.run("--timeout", "soon")
    words = told(ended)
    assert "covgate: 4 mistakes in the settings:" in words
    for place in ("option `--timeout`", "line 1", "line 3", "line 5"):
        assert place in words
    assert max(map(len, ended.err.splitlines())) <= 80
    checked = project.covgate("config", "check")
    assert "4 mistakes" in told(checked)


@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        (("run", "--data", "x.xml"), "`covgate run` does not take `--data`", "covgate report --data"),
        (("run", "--bse", "main"), "`covgate run` does not take `--bse`", "Did you mean `--base`?"),
        (("run", "--no-pub"), "`covgate run` does not take `--no-pub`", "Did you mean `--no-publish`?"),
        (("run", "tests"), "`covgate run` does not take `tests`", "covgate run --help"),
        (("report",), "--data", "covgate report --help"),
        (("report", "--data", "x.xml", "--command", "y"), "`covgate report` does not take `--command`", ""),
        (("rnu",), "'rnu'", "covgate --help"),
        (("config", "chek"), "'chek'", "covgate config --help"),
        (("run", "--base"), "expected one argument", ""),
    ],
)
def test_a_mistake_on_the_command_line(arguments: tuple[str, ...], what: str, hint: str) -> None:
    words = told(covgate(*arguments, environment={}))
    assert (what in words, hint in words) == (True, True), words


def test_a_shard_that_nobody_named(project: Shop) -> None:
    project.write(".covgate.yml", "suite: {shards: [unit, integration]}\n")
    words = told(project.run("--shard", "untis"))
    assert "`untis` is none of the shards in `suite.shards`: did you mean `unit`?" in words


def test_a_project_directory_that_is_not_there(tmp_path: Path) -> None:
    words = told(shop(tmp_path / "shop", {".covgate.yml": "working_directory: gone\n"}).run())
    assert "there is no such directory in the repository" in words
    assert "where: working-directory: gone" in words


def test_a_settings_file_that_is_not_there(project: Shop) -> None:
    words = told(project.run("--config", "ci/covgate.yml"))
    assert "there is no such settings file" in words
    assert "where: ci/covgate.yml" in words


def test_a_settings_file_outside_of_the_repository(project: Shop, tmp_path: Path) -> None:
    (tmp_path / "other.yml").write_text("version: 1\n", encoding="utf-8")
    assert "outside the repository" in told(project.run("--config", str(tmp_path / "other.yml")))


def test_a_command_whose_quotes_do_not_match(project: Shop) -> None:
    ended = project.run("--command", "pytest -k 'x")
    assert (ended.code, "No closing quotation" in ended.err) == (2, True)


def test_an_output_folder_that_is_a_file_keeps_it(project: Shop) -> None:
    kept = project.write(".covgate", "mine\n")
    assert "this is a file, and no folder" in told(project.run())
    assert kept.read_text(encoding="utf-8") == "mine\n"


def test_an_output_folder_that_cannot_be_made_is_told_before_the_suite_runs(project: Shop) -> None:
    words = told(project.run("--out", "/proc/covgate"))
    assert "the output folder cannot be written" in words
    assert "where: /proc/covgate" in words
    assert "--out" in words


def test_settings_without_a_mistake_are_told_so_too(project: Shop) -> None:
    checked = project.covgate("config", "check")
    assert (checked.code, checked.out) == (0, ".covgate.yml: no mistakes.\n")
    project.git("rm", "--quiet", ".covgate.yml")
    assert "the defaults hold" in project.covgate("config", "check").out
    assert '"$schema"' in covgate("config", "schema", environment={}).out
    assert "thresholds.drop.points: 0" in project.covgate("config", "show").out
