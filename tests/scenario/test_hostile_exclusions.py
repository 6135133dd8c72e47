"""Pull requests that would keep their own code from being counted, through what decides what counts."""

from pathlib import Path

import pytest
from tests.scenario.shop import SETTINGS, Ended, shop

UNTESTED = """
    def evil(a):
        if a:
            return 1
        return 2
"""
OTHER = {
    "other/__init__.py": "X = 1\n",
    "tests/test_other.py": "def test_other():\n    import other\n\n    assert other.X\n",
}
PYTEST = '[tool.pytest.ini_options]\ntestpaths = ["tests"]\npythonpath = ["."]\n'


def fails(ended: Ended) -> bool:
    """Whether the four statements of UNTESTED are missed."""
    missed = ended.report["diff"]["files"]["shop/evil.py"]["line"]
    return (ended.code, missed["covered"], missed["total"]) == (1, 0, 4)


@pytest.mark.parametrize(
    ("files", "key"),
    [
        ({".coveragerc": "[report]\nexclude_also =\n    .*\n"}, "exclude_also"),
        ({".coveragerc": "[report]\nexclude_lines =\n    def evil\n"}, "exclude_lines"),
        ({".coveragerc": "[run]\nomit = shop/evil.py\n"}, "omit"),
        ({".coveragerc": "[report]\nomit = shop/evil.py\n"}, "report.omit"),
        ({".coveragerc": "[run]\nsource = other\n", **OTHER}, "source"),
        ({"pyproject.toml": f'{PYTEST}addopts = "--cov=other"\n', **OTHER}, "--cov"),
    ],
    ids=["exclude_also", "exclude_lines", "omit", "report.omit", "source", "--cov"],
)
def test_a_change_to_what_counts_is_shown_and_judged_as_at_the_base(
    tmp_path: Path, files: dict[str, str], key: str
) -> None:
    project = shop(tmp_path / "shop")
    project.add({"shop/evil.py": UNTESTED, **files})
    ended = project.run("--command", "pytest -p pytest_cov")
    assert fails(ended)
    assert key in [change["key"] for change in ended.report["exclusions"]["config"]]


def test_the_settings_file_s_own_source_is_judged_as_at_the_base(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    project.add({"shop/evil.py": UNTESTED, ".covgate.yml": f"{SETTINGS}    suite: {{source: [other]}}\n", **OTHER})
    ended = project.run()
    assert fails(ended)
    assert "source" in ended.comment


@pytest.mark.parametrize(
    "layout",
    [
        {"src/more/__init__.py": "X = 1\n"},
        {"more/__init__.py": "X = 1\n"},
    ],
    ids=["src", "package"],
)
def test_a_new_layout_does_not_make_the_old_one_vanish(tmp_path: Path, layout: dict[str, str]) -> None:
    project = shop(tmp_path / "shop", {"shop/__init__.py": "# a directory that was measured\n"})
    project.add({"shop/evil.py": UNTESTED, **layout})
    ended = project.run()
    assert fails(ended)
    assert "shop/cart.py" in ended.report["files"]


def test_files_without_packages_stay_measured_beside_a_new_package(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    (project.root / "shop/__init__.py").unlink()
    project.commit("no package")
    project.git("branch", "--force", "main", "HEAD")
    project.add({"shop/evil.py": UNTESTED, "more/__init__.py": "X = 1\n"})
    assert fails(project.run())


def test_a_configuration_that_pytest_is_told_of_is_the_base_s_own_too(tmp_path: Path) -> None:
    configured = {
        "pyproject.toml": f'{PYTEST}addopts = "--cov-config=ci/cov.rc"\n',
        "ci/cov.rc": "[run]\nsource = shop\nomit = shop/generated.py\n",
    }
    project = shop(tmp_path / "shop", configured)
    project.add({"shop/generated.py": UNTESTED})
    same = project.run("--command", "pytest -p pytest_cov")
    assert (same.code, same.report["exclusions"]["config"]) == (0, [])

    project.add({"shop/evil.py": UNTESTED, "ci/cov.rc": "[run]\nsource = shop\nomit = shop/evil.py\n"})
    assert fails(project.run("--command", "pytest -p pytest_cov"))


def test_coverage_of_one_directory_is_not_lent_to_another(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    cart = (project.root / "shop/cart.py").read_text()
    project.add(
        {
            "evil/cart.py": cart,
            ".coveragerc": "[run]\nsource =\n    shop\n    evil\n[paths]\nx =\n    evil/\n    shop/\n",
        }
    )
    ended = project.run()
    assert (ended.code, ended.report["diff"]["files"]["evil/cart.py"]["line"]["covered"]) == (1, 0)


def test_exclusions_that_the_base_has_hold(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", {".coveragerc": "[report]\nexclude_also =\n    def evil\n"})
    project.add({"shop/evil.py": UNTESTED})
    ended = project.run()
    assert (ended.code, ended.rules) == (0, {"diff.line": "not_applicable"})
    project.add({".coveragerc": ""})
    assert project.run().code == 0


def test_statements_that_a_comment_excludes_are_counted_and_listed(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    tested = "tests/test_evil.py"
    project.add(
        {
            "shop/evil.py": "X = 1\n\n\ndef evil(a):  # pragma: no cover\n    return a\n",
            tested: "def test_evil():\n    import shop.evil\n\n    assert shop.evil.X\n",
        }
    )
    ended = project.run()
    assert ended.code == 0
    assert ended.report["diff"]["files"]["shop/evil.py"]["excluded_lines"] == [4, 5]
    assert "2 changed lines are excluded from coverage" in ended.comment
    assert "2 changed lines are excluded from coverage" in ended.out
