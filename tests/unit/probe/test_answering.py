import gzip
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import coverage
import pytest

from covgate.probe import __main__ as entry
from covgate.probe.answering import answer
from covgate.probe.data import SCHEMA_VERSION

RC = "[run]\nbranch = True\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path.resolve() / "project"
    (place / "shop").mkdir(parents=True)
    (place / "shop/cart.py").write_text(
        "def total(prices):\n    amount = 0\n    for price in (\n        prices\n    ):\n        amount += price\n"
        "    if amount:\n        return amount\n    return None\n\n\ndef debug():  # pragma: no cover\n    print()\n",
        encoding="utf-8",
    )
    (place / "shop/other.py").write_text("A = 1\n", encoding="utf-8")
    return place


def ask(question: str, root: Path, **request: Any) -> Any:
    asked, answered = root.parent / "request.json", root.parent / "answer.json.gz"
    (root.parent / "report.rc").write_text(request.pop("rc", RC), encoding="utf-8")
    given = {"root": str(root), "rcfile": str(root.parent / "report.rc"), **request}
    asked.write_text(json.dumps(given), encoding="utf-8")
    answer(question, str(asked), str(answered))
    with gzip.open(answered) as file:
        return json.load(file)


def export(root: Path, *data_files: Path, **request: Any) -> Any:
    defaults: dict[str, Any] = {"changed": [], "bounds": {}, "source": [], "default_source": [], "remap": {}}
    return ask("export", root, data_files=[str(path) for path in data_files], **{**defaults, **request})


def data_file(root: Path, arcs: dict[str, list[tuple[int, int]]], name: str = "data") -> Path:
    path = root.parent / name
    data = coverage.CoverageData(basename=str(path))
    data.add_arcs(arcs)
    data.close()
    return path


def lines_file(root: Path, lines: dict[str, list[int]], name: str = "lines") -> Path:
    path = root.parent / name
    data = coverage.CoverageData(basename=str(path))
    data.add_lines(lines)
    data.close()
    return path


def run_total(root: Path) -> Path:
    """Data of a call with one price: all arcs but the one past `if amount`."""
    arcs = [(-1, 1), (1, 12), (12, -1), (-1, 2), (2, 3), (3, 6), (6, 3), (3, 7), (7, 8), (8, -1)]
    return data_file(root, {str(root / "shop/cart.py"): arcs})


def test_a_file_is_told_with_all_that_a_report_needs(root: Path) -> None:
    (file,) = export(root, run_total(root))["files"]
    content = (root / "shop/cart.py").read_bytes()
    assert file == {
        "path": "shop/cart.py",
        "statements": [[1, 3], [6, 9]],
        "executed": [[1, 3], [6, 8]],
        "excluded": [[12, 13]],
        "spans": [[3, 5]],
        "branches": [[3, 2, []], [7, 2, [[9, "`if amount` never False"]]]],
        "regions": [["function", "total", 1, [[2, 9]]], ["function", "debug", 12, [[13, 13]]]],
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def test_several_data_files_add_up(root: Path) -> None:
    cart = str(root / "shop/cart.py")
    one = data_file(root, {cart: [(-1, 1), (1, 12), (12, -1), (-1, 2), (2, 3), (3, 7), (7, 9), (9, -1)]}, "one")
    told = export(root, one, run_total(root))
    assert told["files"][0]["executed"] == told["files"][0]["statements"]
    assert [branch[2] for branch in told["files"][0]["branches"]] == [[], []]


def test_a_path_of_another_machine_is_read_as_the_file_it_was_taken_for(root: Path) -> None:
    data = data_file(root, {"/build/shop/cart.py": [(-1, 2)], "/build/gone.py": [(-1, 1)]})
    told = export(root, data, remap={"/build/shop/cart.py": "shop/cart.py"})
    assert [file["path"] for file in told["files"]] == ["shop/cart.py"]
    assert told["mapped"] == [["/build/shop/cart.py", "shop/cart.py"]]
    assert "gone.py" in told["notes"][0]


def test_rules_of_paths_and_relative_names_find_their_files(root: Path) -> None:
    data = data_file(root, {"/ci/checkout/shop/cart.py": [(-1, 2)], "shop/other.py": [(-1, 1)]})
    told = export(root, data, rc=f"{RC}[paths]\nsource =\n    shop\n    /ci/*/shop\n")
    assert [file["path"] for file in told["files"]] == ["shop/cart.py", "shop/other.py"]


def test_measured_files_outside_the_repository_are_named_and_not_counted(root: Path) -> None:
    outside = root.parent / "outside.py"
    outside.write_text("A = 1\n", encoding="utf-8")
    told = export(root, data_file(root, {str(outside): [(-1, 1)], str(root / "shop/other.py"): [(-1, 1)]}))
    assert [file["path"] for file in told["files"]] == ["shop/other.py"]
    assert told["notes"] == [f"1 measured files lie outside the repository and count nowhere: {outside}"]


def test_data_without_branches_have_none(root: Path) -> None:
    told = export(root, lines_file(root, {str(root / "shop/cart.py"): [1, 2, 3]}), changed=["shop/other.py"])
    assert not told["has_branches"]
    assert told["files"][0]["branches"] == []


def test_without_data_changed_files_are_answered_for_all_the_same(root: Path) -> None:
    told = export(root, changed=["shop/cart.py"], default_source=["shop"])
    assert told["has_branches"]
    assert [branch[:2] for branch in told["unmeasured"][0]["branches"]] == [[3, 2], [7, 2]]


@pytest.mark.parametrize(
    ("bounds", "source", "default_source", "reason"),
    [
        ({}, [], [], "not under any directory that was measured"),
        ({}, [], ["jobs"], ""),
        ({}, ["shop"], ["jobs"], "outside `source` of the coverage configuration (shop)"),
        ({"source": ["shop"]}, ["jobs"], [], ""),
        ({"source_pkgs": ["jobs.nightly"]}, [], [], ""),
        ({"source": ["no.such.package"]}, [], [], "outside `source` of the coverage configuration (no.such.package)"),
        ({"run_include": ["jobs/*"]}, [], ["shop"], ""),
        ({"run_include": ["shop/*"]}, [], [], "outside `include` of the coverage configuration"),
        ({"run_omit": ["*/nightly.py"]}, [], ["jobs"], "omitted by `omit` of the coverage configuration"),
        ({"report_omit": ["jobs/*"]}, [], ["jobs"], "omitted by `omit` of coverage's report"),
        ({"report_include": ["shop/*"]}, [], ["jobs"], "outside `include` of coverage's report"),
    ],
)
def test_an_unmeasured_file_counts_where_the_configuration_says_so(
    root: Path, bounds: dict[str, list[str]], source: list[str], default_source: list[str], reason: str
) -> None:
    (root / "jobs").mkdir()
    (root / "jobs/nightly.py").write_text("A = 1\n", encoding="utf-8")
    changed = {"changed": ["jobs/nightly.py"], "bounds": bounds, "source": source, "default_source": default_source}
    told = export(root, run_total(root), **changed)
    assert told["left_out"] == ([["jobs/nightly.py", reason, False]] if reason else [])
    assert [file["path"] for file in told["unmeasured"]] == ([] if reason else ["jobs/nightly.py"])


def test_a_changed_file_that_is_too_deep_for_python_s_parser_is_left_out_and_nobody_can_tell_what_is_in_it(
    root: Path,
) -> None:
    (root / "shop/deep.py").write_text(f"x = {'-' * 200_000}1\n", encoding="utf-8")
    told = export(root, run_total(root), changed=["shop/deep.py"])
    (left,) = told["left_out"]
    assert (left[0], left[2]) == ("shop/deep.py", True)
    assert left[1].startswith(("does not parse: too deep", "does not parse: Parser stack overflowed"))


def test_where_nothing_says_what_is_measured_the_neighbours_of_measured_files_are(root: Path) -> None:
    told = export(root, run_total(root), changed=["shop/other.py"])
    assert [file["path"] for file in told["unmeasured"]] == ["shop/other.py"]


def test_analysis_finds_branches_without_any_data_and_leaves_out_what_does_not_parse(root: Path) -> None:
    (root / "bad.py").write_text("def (\n", encoding="utf-8")
    (file,) = ask("analyse", root, paths=["shop/cart.py", "bad.py"])["files"]
    assert (file["executed"], len(file["branches"])) == ([], 2)


def test_measured_files_are_listed_as_the_data_name_them(root: Path) -> None:
    one, two = data_file(root, {"/a/b.py": [(-1, 1)]}, "one"), data_file(root, {"c.py": [(-1, 1)]}, "two")
    assert ask("paths", root, data_files=[str(one), str(two)]) == {"paths": ["/a/b.py", "c.py"]}


def test_what_is_no_data_file_is_refused_and_left_as_it_is(root: Path) -> None:
    path = root.parent / "other"
    for content, words in ((b"", "is no data file"), (b"not sqlite at all" * 100, "is no data file")):
        path.write_bytes(content)
        assert words in export(root, path)["error"][1]
        assert path.read_bytes() == content
    assert "is no regular file" in export(root, root)["error"][1]


def test_a_data_file_with_a_view_is_refused(root: Path) -> None:
    path = run_total(root)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "create view v as with recursive n(x) as (select 1 union all select x from n) select x from n"
        )
    connection.close()
    assert "more than coverage.py puts into a data file" in export(root, path)["error"][1]


def test_a_data_file_of_an_unknown_format_is_refused(root: Path) -> None:
    path = run_total(root)
    with sqlite3.connect(path) as connection:
        connection.execute("update coverage_schema set version = ?", (SCHEMA_VERSION + 1,))
    connection.close()
    assert "in a format known here" in export(root, path)["error"][1]


def test_damaged_data_are_refused(root: Path) -> None:
    path = run_total(root)
    with sqlite3.connect(path) as connection:
        connection.execute("drop table arc")
    connection.close()
    assert export(root, path)["error"][0] == "data"


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00 and then the process was killed"])
def test_what_a_killed_process_left_is_passed_over_and_told(root: Path, content: bytes) -> None:
    whole, half = run_total(root), root.parent / "half"
    half.write_bytes(content)
    told = export(root, whole, half, forgiving=True)
    assert told["files"] == export(root, whole)["files"]
    assert told["notes"][-1] == "what 1 process of the suite covered is lost: ended before the data were saved"
    assert "no data file" in export(root, half, forgiving=True)["error"][1]
    assert "no data file" in export(root, whole, half)["error"][1]


def test_lines_and_branches_do_not_combine(root: Path) -> None:
    cart = str(root / "shop/cart.py")
    told = export(root, run_total(root), lines_file(root, {cart: [1]}))
    assert "combine" in told["error"][1]


def test_the_description_names_versions_runners_and_both_configurations(root: Path) -> None:
    (root / ".coveragerc").write_text("[run]\nomit = a\n    b\n[report]\nexclude_also = never\n", encoding="utf-8")
    base = root.parent / "base"
    base.mkdir()
    told = ask("describe", root, base_root=str(base), config_file="")
    assert told["version"] == list(sys.version_info[:3])
    assert told["coverage"] == coverage.__version__
    assert "pytest" in told["modules"]
    assert told["head"]["effective"]["run_omit"] == ["a", "b"]
    assert told["head"]["effective"]["exclude_list"][-1] == "never"
    assert told["base"]["effective"]["run_omit"] == []
    assert Path.cwd() == root


def test_a_named_configuration_file_is_the_one_that_is_read(root: Path) -> None:
    (root / "ci.rc").write_text("[run]\nomit = x\n", encoding="utf-8")
    told = ask("describe", root, base_root="", config_file="ci.rc")
    assert told["head"]["read"]["run_omit"] == ["x"]
    assert told["base"] is None


def test_a_configuration_whose_plugin_cannot_be_loaded_is_told(root: Path) -> None:
    (root / ".coveragerc").write_text("[run]\nplugins = no_such_plugin\n", encoding="utf-8")
    assert "no_such_plugin" in ask("describe", root)["head"]["error"]


def test_debugging_output_that_the_repository_asks_for_is_written_nowhere(root: Path) -> None:
    (root / ".coveragerc").write_text("[run]\ndebug = config,sys\ndebug_file = debug.txt\n", encoding="utf-8")
    ask("describe", root)
    assert not (root / "debug.txt").exists()


def test_the_probe_finds_its_modules_whatever_the_repository_calls_its_own(root: Path) -> None:
    probe = Path(answer.__code__.co_filename).parent / "__main__.py"
    for name in ("answering", "describe", "words", "data"):
        (root / f"{name}.py").write_text("raise SystemExit('the wrong one')\n", encoding="utf-8")
    (root.parent / "request.json").write_text(json.dumps({"root": str(root)}), encoding="utf-8")
    answered = root.parent / "answer.json.gz"
    words = [sys.executable, str(probe), "describe", str(root.parent / "request.json"), str(answered)]
    assert subprocess.run(words, check=False, cwd=root).returncode == 0
    with gzip.open(answered) as file:
        assert json.load(file)["coverage"] == coverage.__version__


def test_the_entry_loads_its_package_under_a_name_of_its_own() -> None:
    answering = entry.load()
    assert answering.__name__ == "_covgate_probe.answering"
    for name in [name for name in sys.modules if name.startswith("_covgate_probe")]:
        del sys.modules[name]


def test_a_python_that_lacks_coverage_says_so(root: Path) -> None:
    probe = Path(answer.__code__.co_filename).parent / "__main__.py"
    (root.parent / "request.json").write_text(json.dumps({"root": str(root)}), encoding="utf-8")
    answered = root.parent / "answer.json.gz"
    words = [sys.executable, "-I", "-S", str(probe), "describe", str(root.parent / "request.json"), str(answered)]
    subprocess.run(words, check=False, env={**os.environ, "PYTHONPATH": ""})
    with gzip.open(answered) as file:
        assert json.load(file)["error"][0] == "no-coverage"


def test_many_files_give_one_answer_however_many_processes_read_them(root: Path) -> None:
    arcs: dict[str, list[tuple[int, int]]] = {str(root / "gone.py"): [(-1, 1)], str(root.parent / "outside.py"): []}
    (root.parent / "outside.py").write_text("A = 1\n", encoding="utf-8")
    for number in range(120):
        place = root / f"shop/part{number}.py"
        place.write_text(f"def part(given):\n    if given:\n        return {number}\n    return 0\n", encoding="utf-8")
        arcs[str(place)] = [(-1, 1), (1, -1), (-1, 2), (2, 3), (3, -1)]
    (root / "shop/part7.py").write_text("not Python at all\n", encoding="utf-8")
    data = data_file(root, arcs)
    one, several = (by_processors(root, data, count) for count in (1, 3))
    assert len(one["files"]) == 119
    assert len(one["notes"]) >= 2
    assert several == one


def by_processors(root: Path, data: Path, count: int) -> Any:
    """The export in a process of its own, which takes itself to have so many processors."""
    asked, answered = root.parent / "request.json", root.parent / "answer.json.gz"
    (root.parent / "report.rc").write_text(RC, encoding="utf-8")
    request = {"root": str(root), "rcfile": str(root.parent / "report.rc"), "data_files": [str(data)]}
    bounds: dict[str, Any] = {"changed": [], "bounds": {}, "source": [], "default_source": [], "remap": {}}
    asked.write_text(json.dumps({**request, **bounds}), encoding="utf-8")
    code = (
        "import sys; from covgate.probe import answering, parts; parts.processors = lambda: int(sys.argv[1]); "
        "sys.exit(answering.answer('export', *sys.argv[2:]))"
    )
    subprocess.run([sys.executable, "-c", code, str(count), str(asked), str(answered)], check=True)
    with gzip.open(answered) as file:
        return json.load(file)
