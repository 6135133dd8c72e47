"""Where a run's results go."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.golden.faces import failed

from covgate.errors import SettingsError
from covgate.ports import Output
from covgate.shell.output import LARGEST_SUMMARY_BYTES, OutputFolder, RunOutput, StepFiles, append, run_output
from covgate.shell.screen import Screen


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with nothing in it."""
    root = tmp_path / "repository"
    root.mkdir()
    return root


def output(root: Path, out: str = "", **environment: str) -> tuple[RunOutput, io.StringIO, io.StringIO]:
    """An output with its two streams."""
    stdout, stderr = io.StringIO(), io.StringIO()
    screen = Screen(environment, stdout, stderr)
    return run_output(environment, OutputFolder.given(root, out), screen), stdout, stderr


def step(tmp_path: Path) -> dict[str, str]:
    """A runner's variables with its two files, empty as it makes them."""
    names = {"GITHUB_STEP_SUMMARY": tmp_path / "summary", "GITHUB_OUTPUT": tmp_path / "output"}
    for path in names.values():
        path.touch()
    return {"GITHUB_ACTIONS": "true", **{name: str(path) for name, path in names.items()}}


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def parsed(text: str) -> dict[str, str]:
    """Outputs as the runner reads them."""
    found = {}
    lines = iter(text.split("\n"))
    for line in lines:
        if line:
            name, end = line.split("<<")
            found[name] = "\n".join(iter(lambda: next(lines), end))  # used at once
    return found


def test_it_is_the_port(root: Path) -> None:
    port: Output = output(root)[0]
    assert port.write("report.json", "{}") == ".covgate/report.json"


def test_nothing_is_made_before_something_is_written(root: Path) -> None:
    output(root)
    assert list(root.iterdir()) == []


def test_the_folder_ignores_itself(root: Path) -> None:
    output(root)[0].write("report.json", "{}\n")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    status = subprocess.run(
        ["git", "-C", str(root), "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True
    )
    assert status.stdout == ""
    assert names(root / ".covgate") == [".gitignore", "report.json"]


def test_a_folder_that_was_there_is_not_told_to_ignore_itself(root: Path) -> None:
    (root / "reports").mkdir()
    output(root, "reports")[0].write("report.json", "{}")
    assert names(root / "reports") == ["report.json"]


def test_files_are_replaced_whole_and_readable_by_others(root: Path) -> None:
    out = output(root)[0]
    for text in ("a long first text", "kürzer"):
        out.write("comment.md", text)
    path = root / ".covgate/comment.md"
    assert path.read_text(encoding="utf-8") == "kürzer"
    assert path.stat().st_mode & 0o444 == 0o444 & ~umask()


def umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def test_a_name_that_is_no_utf8_does_not_end_a_run(root: Path) -> None:
    output(root)[0].write("comment.md", "caf\udce9.py")
    assert (root / ".covgate/comment.md").read_text(encoding="utf-8") == "caf\\udce9.py"


@pytest.mark.parametrize("link", [".covgate", "deep", "deep/er"])
def test_a_link_in_the_repository_leads_nowhere(root: Path, tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / link).parent.mkdir(exist_ok=True)
    (root / link).symlink_to(elsewhere)
    with pytest.raises(SettingsError, match="symbolic link") as refused:
        OutputFolder.given(root, link if link == ".covgate" else "deep/er/reports")
    assert refused.value.where == str(root / link)
    assert list(elsewhere.iterdir()) == []


def test_a_link_that_appears_while_the_suite_runs_is_not_followed(root: Path, tmp_path: Path) -> None:
    out, _, stderr = output(root)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / ".covgate").symlink_to(elsewhere)
    assert [out.write(name, "text") for name in ("a.md", "b.md")] == ["", ""]
    assert list(elsewhere.iterdir()) == []
    assert stderr.getvalue().count("symbolic link") == 1
    assert "The verdict stands." in stderr.getvalue()


def test_a_link_under_a_reports_name_is_replaced(root: Path, tmp_path: Path) -> None:
    treasure = tmp_path / "treasure"
    treasure.write_text("kept")
    (root / ".covgate").mkdir()
    (root / ".covgate/report.json").symlink_to(treasure)
    output(root)[0].write("report.json", "{}")
    assert (treasure.read_text(), (root / ".covgate/report.json").read_text()) == ("kept", "{}")


def test_the_users_own_folder_may_be_anywhere_and_the_actions_may_not(root: Path, tmp_path: Path) -> None:
    assert output(root, str(tmp_path / "reports"))[0].write("a.md", "text") == str(tmp_path / "reports/a.md")
    for out in (str(tmp_path / "reports"), "../reports"):
        with pytest.raises(SettingsError, match="not within the repository"):
            OutputFolder.given(root, out, inside=True)
    assert OutputFolder.given(root, "deep/../reports", inside=True).path == root / "reports"


@pytest.mark.parametrize("out", [".git", ".git/hooks", "deep/../.git"])
def test_git_s_own_folder_is_no_place_for_reports(root: Path, out: str) -> None:
    with pytest.raises(SettingsError, match="Git's own"):
        OutputFolder.given(root, out)


def test_a_file_in_the_folders_place_is_told(root: Path) -> None:
    (root / ".covgate").write_text("a file")
    with pytest.raises(SettingsError, match="this is a file, and no folder"):
        OutputFolder.given(root, "")


def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(root: Path) -> None:
    out, _, stderr = output(root)
    assert out.write("x" * 300, "text") == ""
    assert "File name too long" in stderr.getvalue()
    assert names(root / ".covgate") == [".gitignore"]


def test_a_folder_under_a_reports_name_is_told_and_no_part_is_left(root: Path) -> None:
    out, _, stderr = output(root)
    (root / ".covgate/report.json").mkdir(parents=True)
    assert (out.write("report.json", "{}"), names(root / ".covgate")) == ("", ["report.json"])
    assert "Is a directory" in stderr.getvalue()


def test_paths_are_those_that_a_later_step_can_use(root: Path, tmp_path: Path) -> None:
    out = output(root, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(tmp_path))[0]
    assert out.write("report.json", "{}") == "repository/.covgate/report.json"


def test_the_summary_is_added_to_what_stands_there(root: Path, tmp_path: Path) -> None:
    environment = step(tmp_path)
    (tmp_path / "summary").write_text("before\n")
    output(root, **environment)[0].summarise("## covgate")
    assert (tmp_path / "summary").read_text() == "before\n## covgate\n"


def test_a_summary_as_large_as_github_takes_is_written(root: Path, tmp_path: Path) -> None:
    out, stdout, _ = output(root, **step(tmp_path))
    out.summarise("é" * (LARGEST_SUMMARY_BYTES // 2 - 1) + "\n\n")
    assert ((tmp_path / "summary").stat().st_size, stdout.getvalue()) == (LARGEST_SUMMARY_BYTES, "")


@pytest.mark.parametrize(("before", "told_there"), [(0, True), (LARGEST_SUMMARY_BYTES - 10, False)])
def test_a_summary_that_is_too_large_is_left_out_and_told(
    root: Path, tmp_path: Path, before: int, told_there: bool
) -> None:
    out, stdout, _ = output(root, **step(tmp_path))
    (tmp_path / "summary").write_bytes(b"x" * before)
    out.summarise("é" * (LARGEST_SUMMARY_BYTES // 2) + "\n")
    content = (tmp_path / "summary").read_bytes()
    assert (b"too large" in content, len(content) <= LARGEST_SUMMARY_BYTES) == (told_there, True)
    assert "see summary.md" in stdout.getvalue()


def test_outputs_are_what_the_runner_reads_whatever_they_hold(root: Path, tmp_path: Path) -> None:
    values = {"verdict": "passed", "comment-url": "", "report": "a\nverdict=failed\nb<<c"}
    out = output(root, **step(tmp_path))[0]
    out.set_outputs(values)
    out.set_outputs({"comment-id": "7"})
    out.set_outputs({})
    text = (tmp_path / "output").read_text()
    assert parsed(text) == values | {"comment-id": "7"}
    assert len(set(re.findall("covgate_[0-9a-f]{32}", text))) == 4


def test_off_github_there_is_no_step(root: Path, tmp_path: Path) -> None:
    environment = step(tmp_path) | {"GITHUB_ACTIONS": ""}
    out, stdout, stderr = output(root, **environment)
    out.summarise("## covgate")
    out.set_outputs({"verdict": "passed"})
    out.annotate("::error::x")
    assert [(tmp_path / name).read_text() for name in ("summary", "output")] == ["", ""]
    assert (stdout.getvalue(), stderr.getvalue()) == ("", "")


def test_a_runner_without_such_files_is_served_all_the_same(root: Path) -> None:
    out, stdout, _ = output(root, GITHUB_ACTIONS="true", GITHUB_OUTPUT="")
    out.summarise("## covgate")
    out.set_outputs({"verdict": "passed"})
    assert stdout.getvalue() == ""


def test_the_runners_files_are_those_named_at_the_beginning(root: Path, tmp_path: Path) -> None:
    environment = step(tmp_path)
    out = run_output(environment, OutputFolder.given(root, ""), Screen(environment, io.StringIO()))
    environment["GITHUB_OUTPUT"] = str(tmp_path / "forged")
    out.set_outputs({"verdict": "failed"})
    assert not (tmp_path / "forged").exists()
    assert parsed((tmp_path / "output").read_text()) == {"verdict": "failed"}


@pytest.mark.parametrize("kind", ["directory", "pipe", "gone"])
def test_step_files_that_cannot_be_written_are_told_and_nothing_hangs(root: Path, tmp_path: Path, kind: str) -> None:
    environment = step(tmp_path)
    for name in ("summary", "output"):
        (tmp_path / name).unlink()
        if kind == "directory":
            (tmp_path / name).mkdir()
        elif kind == "pipe":
            os.mkfifo(tmp_path / name)
    if kind == "gone":
        environment |= {"GITHUB_OUTPUT": str(tmp_path / "no/output"), "GITHUB_STEP_SUMMARY": str(tmp_path / "no/x")}
    out, stdout, _ = output(root, **environment)
    out.summarise("## covgate")
    out.set_outputs({"verdict": "passed"})
    told = stdout.getvalue().splitlines()
    assert [line.partition(":")[2].partition(":")[0] for line in told] == [
        " could not write the step's summary",
        " could not write the step's outputs",
    ]


def test_a_full_disk_leaves_no_half_output(tmp_path: Path) -> None:
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from covgate.shell.output import append\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "try:\n"
        "    append(Path(sys.argv[1]), b'x' * 200)\n"
        "except OSError as error:\n"
        "    print(error.strerror)\n"
    )
    path = tmp_path / "output"
    path.write_text("before\n")
    done = subprocess.run([sys.executable, "-B", "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert (done.stdout, path.read_text()) == ("File too large\n", "before\n")


def test_appending_makes_a_file_that_the_runner_forgot(tmp_path: Path) -> None:
    append(tmp_path / "new", b"text")
    assert (tmp_path / "new").read_bytes() == b"text"


def test_without_a_summary_file_everything_fits() -> None:
    assert StepFiles().add_summary("x" * (LARGEST_SUMMARY_BYTES + 1))


def test_a_report_is_as_wide_and_colourful_as_the_terminal(root: Path) -> None:
    plain, stdout, _ = output(root, COLUMNS="60")
    plain.show(failed())
    coloured, ansi, _ = output(root, COLUMNS="60", FORCE_COLOR="1")
    coloured.show(failed())
    assert max(len(line) for line in stdout.getvalue().splitlines()) <= 60
    assert ("\x1b[" in stdout.getvalue(), "\x1b[" in ansi.getvalue()) == (False, True)


def test_text_is_shown_and_commands_are_printed_on_github(root: Path) -> None:
    out, stdout, _ = output(root, GITHUB_ACTIONS="true")
    with out:
        out.annotate("::notice::covgate")
        out.progress("comment created")
        out.show("✓ passed")
        with out.foreign_output() as line:
            line("from the suite")
    assert stdout.getvalue().startswith("::notice::covgate\ncomment created\n✓ passed\n::stop-commands::")
