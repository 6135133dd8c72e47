import gzip
import json
from typing import Any

import pytest

from covgate.errors import MeasurementError
from covgate.model.interpreter import Configuration, Interpreter
from covgate.model.lines import LineSet
from covgate.model.snapshot import LeftOut, MissedArc, PathMapping
from covgate.parse.probe_answer import answer_text
from covgate.parse.probe_description import interpreter_from
from covgate.parse.probe_snapshot import files_from, paths_from, snapshot_from

FILE: dict[str, Any] = {
    "path": "shop/cart.py",
    "statements": [[1, 3], [5, 5]],
    "executed": [[1, 2]],
    "excluded": [[8, 9]],
    "spans": [[2, 4]],
    "branches": [[2, 2, [[5, "`if a` never False"]]]],
    "regions": [["function", "total", 1, [[2, 5]]]],
    "sha256": "a" * 64,
}
EXPORT: dict[str, Any] = {
    "has_branches": True,
    "files": [FILE],
    "unmeasured": [],
    "left_out": [["docs/conf.py", "outside", False], ["src/odd.py", "does not parse", True]],
    "mapped": [["/ci/shop/cart.py", "shop/cart.py"]],
    "notes": ["a note"],
}
DESCRIPTION: dict[str, Any] = {
    "executable": "/usr/bin/python3",
    "version": [3, 14, 1],
    "implementation": "CPython",
    "optimize": 1,
    "coverage": "7.17.3",
    "c_tracer": True,
    "modules": ["pytest"],
    "scripts": "/usr/bin",
    "subprocess_hook": True,
    "head": {"effective": {"run_omit": ["a", "b"]}},
    "base": None,
}
PYTHON = Interpreter(
    "/usr/bin/python3",
    (3, 14, 1),
    "CPython",
    "7.17.3",
    head=Configuration(effective={"run_omit": ["a"], "branch": True}),
)


def answer(content: Any) -> bytes:
    return gzip.compress(json.dumps(content, separators=(",", ":")).encode())


def export(**changes: Any) -> bytes:
    return answer({**EXPORT, **changes})


def file(**changes: Any) -> bytes:
    return export(files=[{**FILE, **changes}])


def test_an_export_becomes_a_snapshot() -> None:
    snapshot = snapshot_from(export(), PYTHON, "sysmon")
    (cart,) = snapshot.files
    assert (cart.path, str(cart.missed), cart.spans) == ("shop/cart.py", "3, 5", ((2, 4),))
    assert cart.branches[0].missed == (MissedArc(2, 5, "`if a` never False"),)
    assert cart.regions[0].lines == LineSet(((2, 5),))
    assert snapshot.left_out == (
        LeftOut("docs/conf.py", "outside"),
        LeftOut("src/odd.py", "does not parse", unknown=True),
    )
    assert snapshot.mapped == (PathMapping("/ci/shop/cart.py", "shop/cart.py"),)
    assert snapshot.notes == ("a note",)
    assert (snapshot.origin.python, snapshot.origin.core) == ("CPython 3.14.1", "sysmon")
    assert snapshot.origin.exclusions == (("run_omit", ("a",)),)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../up.py", "a/../../b.py", "", "a//b.py", "./a.py", "a\\b.py", "a\0.py"]
)
def test_a_path_outside_the_repository_is_refused(path: str) -> None:
    with pytest.raises(MeasurementError, match="does not lie in the repository"):
        snapshot_from(file(path=path), PYTHON)


@pytest.mark.parametrize(
    "changes",
    [
        {"statements": [[0, 1]]},
        {"statements": [[1, 10**9]]},
        {"statements": [[3, 1]]},
        {"statements": "all"},
        {"executed": [[1, 9]]},
        {"branches": [[2, 1, [[5, "a"], [6, "b"]]]]},
        {"branches": [[2, 2, [[5]]]]},
        {"regions": [["module", "x", 1, []]]},
        {"sha256": "z"},
    ],
)
def test_a_file_that_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(MeasurementError):
        snapshot_from(file(**changes), PYTHON)


def test_a_file_that_is_named_twice_is_refused() -> None:
    with pytest.raises(MeasurementError, match="twice"):
        snapshot_from(export(files=[FILE, FILE]), PYTHON)


def test_a_few_bytes_that_stand_for_more_lines_than_there_are_in_the_world_are_refused() -> None:
    huge = [[1, 9_000_000]]
    files = [{**FILE, "path": f"{name}.py", "statements": huge, "branches": [], "regions": []} for name in "ab"]
    with pytest.raises(MeasurementError, match="more than 10,000,000 statements"):
        snapshot_from(export(files=files), PYTHON)


def test_files_come_sorted_by_path() -> None:
    files = files_from(answer({"files": [FILE, {**FILE, "path": "a.py", "sha256": None}]}))
    assert [one.path for one in files] == ["a.py", "shop/cart.py"]


def test_paths_are_given_as_the_data_name_them() -> None:
    assert paths_from(answer({"paths": ["/x/y.py", "C:\\z.py"]})) == ("/x/y.py", "C:\\z.py")


@pytest.mark.parametrize(
    "content", [b"", b"not gzip", gzip.compress(b"{}")[:-6], gzip.compress(b"not json")], ids=range(4)
)
def test_a_damaged_answer_is_refused(content: bytes) -> None:
    with pytest.raises(MeasurementError):
        paths_from(content)


def test_an_answer_that_swells_is_refused() -> None:
    with pytest.raises(MeasurementError, match="unreasonably large"):
        answer_text(gzip.compress(b" " * 10**6), largest=1000)


def test_data_that_are_older_than_a_changed_source_are_refused() -> None:
    with pytest.raises(MeasurementError, match=r"older than the source of src/a\.py: it says that line 3 ran") as told:
        snapshot_from(export(stale=[["src/a.py", 3, "blank"]]), PYTHON)
    assert "Measure again" in told.value.hint


def test_a_failure_is_told_in_its_own_words() -> None:
    with pytest.raises(MeasurementError, match="no data file"):
        paths_from(answer({"error": ["coverage", "x is no data file"]}))
    with pytest.raises(MeasurementError, match="could not tell"):
        paths_from(answer({"error": 7}))


def test_a_missing_coverage_comes_with_the_way_to_install_it() -> None:
    with pytest.raises(MeasurementError, match="not installed in /venv/bin/python") as caught:
        interpreter_from(answer({"error": ["no-coverage", "…"]}), "/venv/bin/python")
    assert caught.value.hint == "Install it there: /venv/bin/python -m pip install coverage"


def test_a_description_becomes_an_interpreter() -> None:
    python = interpreter_from(answer(DESCRIPTION))
    assert (python.words, python.coverage_version) == ("CPython 3.14.1 -O", (7, 17, 3))
    assert python.head.values("run_omit") == ("a", "b")
    assert python.head.values("nothing") == ()
    assert python.base is None


def test_the_base_s_configuration_may_be_unreadable() -> None:
    python = interpreter_from(answer({**DESCRIPTION, "base": {"error": "no plugin"}}))
    assert python.base is not None
    assert python.base.error == "no plugin"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"coverage": "6.5.0"}, "too old"),
        ({"coverage": "seven"}, "no usable description"),
        ({"version": [3]}, "no usable description"),
        ({"head": {"error": "ConfigError: bad"}}, "refuses its configuration"),
    ],
)
def test_a_python_that_cannot_be_used_is_an_error(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(MeasurementError, match=words):
        interpreter_from(answer({**DESCRIPTION, **changes}))
