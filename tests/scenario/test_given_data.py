"""`covgate report --data` on what the real coverage.py wrote, read with the real probe."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from covgate.errors import MeasurementError
from covgate.model.ratio import Ratio
from covgate.model.snapshot import FileCoverage, MissedArc
from covgate.ports import Measurement, SuiteOrder
from covgate.shell.given_data import read_given
from covgate.shell.processes import Finished, run
from covgate.shell.suite.probing import Probe

SHOP = Path(__file__).parents[1] / "samples" / "shop"
CART, REPORT = "src/shop/cart.py", "src/shop/report.py"
FORMATS = ("coverage.json", "coverage.xml", "lcov.info", "unit.data")
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("COV")}


def lay_out(root: Path) -> Path:
    (root / "src/shop").mkdir(parents=True)
    (root / "tests").mkdir()
    (root / "src/shop/__init__.py").write_text('"""A shop."""\n', encoding="utf-8")
    shutil.copy(SHOP / "cart.py.txt", root / CART)
    shutil.copy(SHOP / "report.py.txt", root / REPORT)
    shutil.copy(SHOP / "test_cart.py.txt", root / "tests/test_cart.py")
    (root / ".coveragerc").write_text("[run]\nbranch = true\nsource = src\n", encoding="utf-8")
    return root


def cover(root: Path, *arguments: str) -> None:
    env = {**ENVIRONMENT, "PYTHONPATH": "src", "COVERAGE_FILE": "out/unit.data"}
    subprocess.run([sys.executable, "-m", "coverage", *arguments], cwd=root, env=env, check=True, capture_output=True)


def measure(root: Path) -> Path:
    """Runs the suite and writes all that coverage.py can write, into `out`."""
    (root / "out").mkdir()
    cover(root, "run", "-m", "unittest", "discover", "-s", "tests")
    cover(root, "json", "-o", "out/coverage.json")
    cover(root, "xml", "-o", "out/coverage.xml")
    cover(root, "lcov", "-o", "out/lcov.info")
    return root


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return measure(lay_out(tmp_path_factory.mktemp("made") / "shop"))


def probe(root: Path, scratch: Path) -> Probe:
    def ask(argv: Sequence[str]) -> Finished:
        return run(argv, cwd=str(root), env=ENVIRONMENT, timeout_seconds=60)

    (scratch / "answers").mkdir(parents=True, exist_ok=True)
    return Probe(sys.executable, str(root), str(scratch), ask)


def read(root: Path, scratch: Path, data: Sequence[str], changed: Sequence[str] = ()) -> Measurement:
    tree = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.py"))
    order = SuiteOrder(changed=tuple(changed))
    return read_given(data, order, root=str(root), probe=probe(root, scratch), python_files=tree)


def numbers(file: FileCoverage) -> tuple[str, str, str, list[tuple[int, int]]]:
    missed = [(arc.line, max(arc.to, -1)) for branch in file.branches for arc in branch.missed]
    return file.path, str(file.statements), str(file.missed), missed


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("changed", [(), (CART, REPORT)], ids=["unchanged", "changed"])
def test_every_format_of_one_run_gives_coverage_s_own_numbers(
    shop: Path, tmp_path: Path, name: str, changed: tuple[str, ...]
) -> None:
    snapshot = read(shop, tmp_path, [f"out/{name}"], changed).snapshot
    truth = json.loads((shop / "out/coverage.json").read_bytes())
    for file in snapshot.files:
        told = truth["files"][file.path]
        assert list(file.missed) == told["missing_lines"]
        assert file.line == Ratio(told["summary"]["covered_lines"], told["summary"]["num_statements"])
        assert file.branch == Ratio(told["summary"]["covered_branches"], told["summary"]["num_branches"])
        missed = [[arc.line, arc.to] for branch in file.branches for arc in branch.missed]
        assert missed == told["missing_branches"]
    assert {file.path for file in snapshot.files} == set(truth["files"])
    assert snapshot.notes == ()


@pytest.mark.parametrize("name", FORMATS)
def test_a_changed_file_is_the_same_to_the_last_word_in_every_format(shop: Path, tmp_path: Path, name: str) -> None:
    by_data = {file.path: file for file in read(shop, tmp_path / "a", ["out/unit.data"], (CART, REPORT)).snapshot.files}
    for file in read(shop, tmp_path / "b", [f"out/{name}"], (CART, REPORT)).snapshot.files:
        if file.path in (CART, REPORT):
            assert file == by_data[file.path]


def test_all_formats_at_once_are_no_better_than_one(shop: Path, tmp_path: Path) -> None:
    one = read(shop, tmp_path / "a", ["out/unit.data"], (CART,)).snapshot
    together = read(shop, tmp_path / "b", ["out"], (CART,)).snapshot
    assert [numbers(file) for file in together.files] == [numbers(file) for file in one.files]
    assert together.branch == one.branch


@pytest.mark.parametrize("name", FORMATS)
def test_reports_of_another_machine_fit_this_one(shop: Path, tmp_path: Path, name: str) -> None:
    here = lay_out(tmp_path / "elsewhere")
    shutil.copytree(shop / "out", here / "out")
    moved = read(here, tmp_path / "b", [f"out/{name}"]).snapshot
    assert [numbers(file) for file in moved.files] == [
        numbers(file) for file in read(shop, tmp_path / "a", [f"out/{name}"]).snapshot.files
    ]


def test_data_of_another_machine_shows_what_it_was_mapped_to(shop: Path, tmp_path: Path) -> None:
    here = lay_out(tmp_path / "elsewhere")
    shutil.copytree(shop / "out", here / "out")
    mapped = {mapping.given: mapping.path for mapping in read(here, tmp_path / "b", ["out/unit.data"]).snapshot.mapped}
    assert mapped[str(shop / CART)] == CART


def test_a_new_file_that_nobody_imports_is_unmeasured(tmp_path: Path) -> None:
    root = measure(lay_out(tmp_path / "shop"))
    (root / "src/shop/new.py").write_text("def unused():\n    return 1\n", encoding="utf-8")
    (root / "tools.py").write_text("print()\n", encoding="utf-8")
    for name in ("coverage.xml", "unit.data"):
        snapshot = read(root, tmp_path / name, [f"out/{name}"], ("src/shop/new.py", "tools.py")).snapshot
        assert [(file.path, file.line) for file in snapshot.unmeasured] == [("src/shop/new.py", Ratio(0, 2))]
        assert [left.path for left in snapshot.left_out] == ["tools.py"]


@pytest.mark.parametrize("name", ["coverage.json", "coverage.xml", "lcov.info"])
def test_a_report_made_before_an_edit_is_refused(tmp_path: Path, name: str) -> None:
    root = measure(lay_out(tmp_path / "shop"))
    source = (root / CART).read_text(encoding="utf-8")
    (root / CART).write_text(source.replace("import sys\n", "import os\nimport sys\n"), encoding="utf-8")
    with pytest.raises(MeasurementError, match=r"older than the source of src/shop/cart\.py"):
        read(root, tmp_path / "a", [f"out/{name}"], (CART,))


def test_words_for_missed_ways_are_those_of_the_source(shop: Path, tmp_path: Path) -> None:
    files = {file.path: file for file in read(shop, tmp_path, ["out/coverage.xml"], (CART,)).snapshot.files}
    missed = [arc for branch in files[CART].branches for arc in branch.missed]
    assert MissedArc(22, 23, "`if coupon` never True") in missed


@pytest.mark.parametrize(
    ("sample", "line", "branch"),
    [
        ("coverage-7.2.json", Ratio(26, 40), Ratio(13, 20)),
        ("coverage-7.2.xml", Ratio(26, 40), Ratio(13, 20)),
        ("coverage-7.2.info", Ratio(26, 40), Ratio(0, 0)),
        ("coverage-5.5.json", Ratio(25, 39), Ratio(0, 0)),
        ("coverage-5.5.xml", Ratio(25, 39), Ratio(12, 18)),
    ],
)
def test_reports_of_old_versions_count_as_their_own_summaries_say(
    tmp_path: Path, sample: str, line: Ratio, branch: Ratio
) -> None:
    root = lay_out(tmp_path / "shop")
    shutil.copy(SHOP.parent / sample, root / sample)
    snapshot = read(root, tmp_path / "scratch", [sample]).snapshot
    assert (snapshot.line, snapshot.branch) == (line, branch)
