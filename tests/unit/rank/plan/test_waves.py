"""Waves and batches: what is tested together, in which sittings, and by which command."""

from collections.abc import Mapping

from tests.unit.rank.plan.values import function, gap_of, measured, snapshot, sources

from covgate.model.lines import LineSet
from covgate.model.plan import Plan
from covgate.model.snapshot import Branch, FileCoverage, MissedArc
from covgate.rank.plan import PlanOptions, plan


def command(paths: tuple[str, ...]) -> str:
    return f"pytest {' '.join(paths)}"


def made(texts: Mapping[str, str], tests: Mapping[str, str] | None = None, missed: int = 10) -> Plan:
    """The plan of these sources, none of which is tested, in the order given."""
    files = [measured(path, 10, missed) for path in texts]
    packages = {f"{path.rpartition('/')[0]}/__init__.py": "" for path in texts if "/" in path}
    known = sources({**packages, **texts, **(tests or {})})
    return plan([gap_of(file) for file in files], snapshot(*files), PlanOptions(command=command), known)


def waves(plan: Plan) -> list[tuple[str, list[str]]]:
    return [(wave.why, [path for batch in wave.batches for path in batch.files]) for wave in plan.waves]


def test_files_of_a_package_are_one_wave() -> None:
    texts = {"shop/a.py": "", "web/b.py": "", "shop/c.py": "", "web/d.py": ""}
    assert waves(made(texts)) == [
        ("package `shop`", ["shop/a.py", "shop/c.py"]),
        ("package `web`", ["web/b.py", "web/d.py"]),
    ]


def test_a_lone_file_goes_with_those_that_it_imports() -> None:
    texts = {"shop/a.py": "", "web/view.py": "from shop import a", "shop/c.py": ""}
    assert waves(made(texts)) == [
        ("package `shop`, with `view.py` by their imports", ["shop/a.py", "web/view.py", "shop/c.py"])
    ]


def test_two_lone_files_of_which_one_imports_the_other_are_one_wave() -> None:
    texts = {"shop/a.py": "", "web/view.py": "import shop.a\n"}
    assert waves(made(texts)) == [
        ("`shop/a.py` and `web/view.py`: one imports the other", ["shop/a.py", "web/view.py"])
    ]


def test_files_that_have_nothing_in_common_are_waves_of_their_own() -> None:
    assert waves(made({"a/x.py": "", "b/y.py": ""})) == [("`a/x.py`", ["a/x.py"]), ("`b/y.py`", ["b/y.py"])]


def test_what_a_file_imports_follows_it_within_its_wave() -> None:
    texts = {"shop/a.py": "from . import c", "shop/b.py": "", "shop/c.py": ""}
    assert waves(made(texts)) == [
        ("package `shop`, whose files import each other", ["shop/a.py", "shop/c.py", "shop/b.py"])
    ]


def branching(path: str, branches: int) -> FileCoverage:
    """A file of one function that forks so often."""
    file = measured(path, 100, 100)
    arcs = [Branch(n, 2, (MissedArc(n, n + 1, ""), MissedArc(n, n + 2, ""))) for n in range(1, branches + 1)]
    return FileCoverage(path, file.statements, file.executed, branches=tuple(arcs))


def batches(*files: FileCoverage, has_branches: bool = True) -> list[list[tuple[str, int]]]:
    made = plan([gap_of(file) for file in files], snapshot(*files, has_branches=has_branches))
    return [[(piece.path, piece.tests) for piece in batch.pieces] for wave in made.waves for batch in wave.batches]


def test_a_function_takes_one_test_and_one_more_for_each_two_ways_that_nobody_took() -> None:
    assert batches(branching("a.py", 0)) == [[("a.py", 1)]]
    assert batches(branching("a.py", 7)) == [[("a.py", 8)]]


def test_where_branches_are_not_measured_a_test_stands_for_ten_statements() -> None:
    assert batches(measured("a.py", 100, 95), has_branches=False) == [[("a.py", 10)]]


def test_a_batch_has_at_most_twenty_tests_and_splits_no_file_that_fits_into_one() -> None:
    files = [branching(path, 11) for path in ("a.py", "b.py", "c.py")]
    assert batches(*files) == [[("a.py", 12)], [("b.py", 12)], [("c.py", 12)]]
    assert batches(branching("a.py", 11), branching("b.py", 7)) == [[("a.py", 12), ("b.py", 8)]]


def test_a_function_that_takes_more_than_a_batch_is_tested_in_parts() -> None:
    assert batches(branching("a.py", 44)) == [[("a.py", 20)], [("a.py", 20)], [("a.py", 5)]]


def test_the_largest_functions_are_taken_first_until_the_target_is_reached() -> None:
    file = measured("a.py", 20, 20)
    small, large, middle = (function(name, LineSet((lines,))) for name, lines in
                            (("small", (1, 2)), ("large", (3, 13)), ("middle", (14, 20))))  # fmt: skip
    planned = plan([gap_of(file, (small, large, middle))], snapshot(file)).files[0]
    assert ([one.name for one in planned.functions], planned.gain_lines) == (["large"], 10)


def test_a_batch_says_what_runs_just_its_tests() -> None:
    tests = {"tests/test_a.py": "import shop.a", "tests/test_c.py": "import shop.c"}
    (wave,) = made({"shop/a.py": "", "shop/c.py": ""}, tests).waves
    assert [batch.command for batch in wave.batches] == ["pytest tests/test_a.py tests/test_c.py"]


def test_the_parts_of_the_plan_are_all_of_it() -> None:
    files = [branching("a.py", 33), branching("b.py", 3), measured("c.py", 10, 9)]
    whole = plan([gap_of(file) for file in files], snapshot(*files))
    assert whole.tests == sum(batch.tests for wave in whole.waves for batch in wave.batches)
