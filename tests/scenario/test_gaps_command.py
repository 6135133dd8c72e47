"""`covgate gaps` from outside: what to test next in a whole project, without a change and without a base."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from tests.scenario.shop import Ended, Shop
from tests.unit.shell.git.project import Project

EXAMPLE = Path(__file__).parents[2] / "examples" / "shop" / "base"
STOCK = {
    "shop/__init__.py": "",
    "shop/cart.py": """
        from shop import stock


        def total(prices, coupon=None):
            if coupon:
                return 0
            return sum(prices)


        def refund(price, gift=False):
            if gift:
                return 0
            fee = price // 10
            return price - fee
    """,
    "shop/stock.py": """
        def left(counts, name):
            return counts.get(name, 0)


        def restock(counts, name, number):
            if number < 0:
                raise ValueError(number)
            counts[name] = left(counts, name) + number
            return counts
    """,
    "tests/conftest.py": "import pytest\n\n\n@pytest.fixture\ndef cart():\n    return [1, 2]\n",
    "tests/test_cart.py": """
        from shop.cart import total


        def test_a_total_is_the_sum(cart):
            assert total(cart) == 3
    """,
    "pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["tests"]\npythonpath = ["."]\n',
    ".gitignore": ".covgate/\n__pycache__/\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Shop:
    made = Shop(tmp_path / "shop")
    made.add(STOCK, "A shop")
    return made


def gaps(project: Shop, *options: str) -> Ended:
    return project.covgate("gaps", *options, "--python", sys.executable)


def as_json(ended: Ended) -> dict[str, Any]:
    assert ended.code == 0, ended.err
    return dict(json.loads(ended.out))


def test_a_first_commit_without_a_base_has_gaps_and_a_plan(project: Shop) -> None:
    ended = gaps(project, "--target", "100")
    assert ended.code == 0
    assert "the project's lines are tested" in ended.out
    assert "shop/cart.py" in ended.out
    assert "pytest tests/test_cart.py tests/test_stock.py" in ended.out
    assert {"gaps.json", "plan.md"} <= set(ended.files)
    assert "plan.md is the brief" in ended.err


def test_a_repository_without_any_commit_has_gaps_as_well(tmp_path: Path) -> None:
    project = Shop(tmp_path / "shop")
    project.write_all(STOCK)
    found = as_json(gaps(project, "--format", "json"))
    assert (found["sha"], len(found["files"])) == (None, 2)


def test_the_table_fits_into_80_columns(project: Shop) -> None:
    ended = gaps(project, "--target", "100")
    table = ended.out[ended.out.index("the project's lines") :]
    assert max(cell_len(line) for line in table.splitlines()) <= 80


def test_json_on_standard_output_is_nothing_but_json_and_the_same_as_in_the_folder(project: Shop) -> None:
    ended = gaps(project, "--format", "json", "--target", "70")
    found = as_json(ended)
    assert found == json.loads((ended.folder / "gaps.json").read_text(encoding="utf-8"))
    assert (found["strategy"], found["target"], found["measured"]) == ("impact", "70", "this run of the suite")
    assert "1 passed" in ended.err


def test_markdown_on_standard_output_is_the_brief_of_the_folder(project: Shop) -> None:
    ended = gaps(project, "--format", "markdown", "--target", "100")
    assert ended.out == (ended.folder / "plan.md").read_text(encoding="utf-8")
    assert "**`refund`**, line 10: none of its 4 statements runs (lines 11–14)" in ended.out
    assert "Extend `tests/test_cart.py`" in ended.out
    assert "Fixtures at hand: `cart`" in ended.out
    assert "Write them into `tests/test_stock.py`" in ended.out
    assert "! 11 |     if gift:" in ended.out


def test_the_projected_gain_is_what_the_suggested_test_gains(project: Shop) -> None:
    before = as_json(gaps(project, "--format", "json", "--target", "100", "--only", "shop/stock.py"))
    planned = before["files"][0]
    project.write_all({
        planned["tests"]["path"]: """
            import pytest

            from shop.stock import restock


            def test_what_comes_in_is_added_to_what_is_left():
                assert restock({"pen": 1}, "pen", 2) == {"pen": 3}


            def test_less_than_nothing_cannot_come_in():
                with pytest.raises(ValueError, match="-1"):
                    restock({}, "pen", -1)
        """
    })  # fmt: skip
    after = as_json(gaps(project, "--format", "json", "--target", "100"))
    assert after["total"] == before["after"]
    assert after["total"]["covered"] - before["total"]["covered"] == planned["gain_lines"]
    assert [file["path"] for file in after["files"]] == ["shop/cart.py"]


def test_a_plan_can_be_limited_to_a_folder_or_a_glob(project: Shop) -> None:
    found = as_json(gaps(project, "--format", "json", "--target", "100", "--only", "shop/st*.py"))
    assert [file["path"] for file in found["files"]] == ["shop/stock.py"]
    assert found["gain_lines"] == found["files"][0]["gain_lines"]


def test_limiting_to_what_was_never_measured_is_a_mistake(project: Shop) -> None:
    ended = gaps(project, "--only", "shop/typo.py")
    assert (ended.code, "nothing that was measured lies there" in ended.err) == (2, True)


def test_data_that_were_made_earlier_are_read_and_no_suite_is_run(project: Shop) -> None:
    assert gaps(project).code == 0
    data = str(project.root / ".covgate" / "coverage.data")
    ended = gaps(project, "--format", "json", "--data", data)
    found = as_json(ended)
    assert (found["measured"], len(found["files"])) == (f"the data given ({data})", 2)
    assert "test session starts" not in ended.err


def test_a_suite_that_fails_has_its_gaps_told_as_those_of_a_failing_run(project: Shop) -> None:
    project.add({"tests/test_broken.py": "def test_broken():\n    assert False\n"})
    ended = gaps(project)
    assert ended.code == 3
    assert "these numbers are not the project's" in " ".join(ended.out.split())
    assert json.loads((ended.folder / "gaps.json").read_text(encoding="utf-8"))["failing"] is True


def test_a_suite_that_cannot_be_measured_is_an_error_of_measuring(project: Shop) -> None:
    assert gaps(project, "--command", "python -m no_such_module_anywhere").code == 4


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [("--target", "101", "not within 0 and 100"), ("--strategy", "best", "impact"), ("--top", "-1", "below 0")],
)
def test_what_cannot_be_asked_for_is_a_mistake_in_the_settings(
    project: Shop, option: str, value: str, words: str
) -> None:
    ended = gaps(project, option, value)
    assert (ended.code, words in ended.err) == (2, True), ended.err


@pytest.mark.parametrize(("strategy", "first"), [("impact", "shop/cart.py"), ("triage", "shop/stock.py")])
def test_a_strategy_says_what_comes_first(project: Shop, strategy: str, first: str) -> None:
    found = as_json(gaps(project, "--format", "json", "--strategy", strategy))
    assert found["files"][0]["path"] == first


def test_a_group_has_a_target_of_its_own(project: Shop) -> None:
    project.add({".covgate.yml": """
        version: 1
        gaps: {target: 40}
        thresholds:
          groups:
            - {name: money, paths: [shop/cart.py], line: 10, target: 90}
    """})  # fmt: skip
    found = as_json(gaps(project, "--format", "json"))
    assert {file["path"]: file["target"] for file in found["files"]}["shop/cart.py"] == "90"


def test_the_bundled_example_is_at_its_target_and_says_so(tmp_path: Path) -> None:
    project = Shop(tmp_path / "example")
    files = {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in EXAMPLE.rglob("*") if is_source(path)}
    project.add(files, "The example")
    ended = gaps(project)
    assert (ended.code, "Every file on the list is at its target of 50 %." in ended.out) == (0, True)
    assert "97.50 % of the project's lines are tested: 39 of 40" in ended.out


def is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def test_a_folder_that_is_no_repository_is_told_as_such(tmp_path: Path) -> None:
    project = Project(tmp_path / "shop")
    outside = tmp_path / "outside"
    outside.mkdir()
    ended = Shop(project.root).covgate("gaps", "--repo", str(outside))
    assert (ended.code, "not a Git repository" in ended.err) == (5, True)
