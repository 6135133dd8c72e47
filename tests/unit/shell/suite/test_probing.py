import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import coverage
import pytest

from covgate.errors import MeasurementError
from covgate.shell.processes import Finished
from covgate.shell.suite.probing import Probe, answers_in, read_answer


class Asked:
    """Runs nothing, and remembers what was to be run."""

    def __init__(self, finished: Finished) -> None:
        self.finished = finished
        self.argv: list[str] = []

    def __call__(self, argv: Sequence[str]) -> Finished:
        self.argv = list(argv)
        return self.finished


def probe(tmp_path: Path, asked: Asked, **options: object) -> Probe:
    Path(answers_in(str(tmp_path))).mkdir()
    return Probe(sys.executable, str(tmp_path), str(tmp_path), asked, **options)  # type: ignore[arg-type]


def test_a_python_that_gives_no_answer_is_told_with_its_last_words(tmp_path: Path) -> None:
    asked = Asked(Finished(1, None, 0.1, "Traceback\nSyntaxError: invalid syntax\n"))
    with pytest.raises(MeasurementError, match="SyntaxError: invalid syntax"):
        probe(tmp_path, asked, flags=("-O",)).describe()
    assert asked.argv[:2] == [sys.executable, "-O"]


def test_a_question_that_takes_for_ever_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MeasurementError, match="longer than 900 seconds"):
        probe(tmp_path, Asked(Finished(None, 9, 900.0, "", timed_out=True))).paths(["x"])


def test_configuration_files_of_the_base_stay_where_they_are_put(tmp_path: Path) -> None:
    asked = Asked(Finished(0, None, 0.1, ""))
    with pytest.raises(MeasurementError, match="outside the repository"):
        probe(tmp_path, asked).describe({"../../evil.rc": b""})
    assert asked.argv == []


def test_an_answer_that_is_a_link_or_a_pipe_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        with pytest.raises(MeasurementError):
            read_answer(str(tmp_path / name))


def test_an_answer_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "flood").write_bytes(b"x" * 11)
    with pytest.raises(MeasurementError, match="larger than"):
        read_answer(str(tmp_path / "flood"), largest=10)


def test_the_description_comes_with_the_paths(tmp_path: Path) -> None:
    asked: list[str] = []

    def run(argv: Sequence[str]) -> Finished:
        asked.append(argv[2])
        done = subprocess.run(argv, check=False, cwd=tmp_path)
        return Finished(done.returncode, None, 0.1, "")

    Path(answers_in(str(tmp_path))).mkdir()
    data = coverage.CoverageData(basename=str(tmp_path / "data"))
    data.add_lines({"/build/cart.py": [1]})
    data.close()
    base = {".coveragerc": b"[run]\nsource = shop\n"}
    probe_ = Probe(sys.executable, str(tmp_path), str(tmp_path), run)
    assert probe_.paths([str(tmp_path / "data")], base) == ("/build/cart.py",)
    described = probe_.describe(base)
    assert asked == ["paths"]
    assert described.base is not None
    assert described.base.values("source") == ("shop",)
