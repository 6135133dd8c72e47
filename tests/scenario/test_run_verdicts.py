"""`covgate run` from outside: real git, real coverage.py, and the verdict that a developer gets."""

from pathlib import Path
from textwrap import dedent

import pytest
from tests.scenario.shop import REFUND, SETTINGS, TEST_REFUND, Shop, shop

CHANGE = {"shop/refund.py": REFUND, "tests/test_refund.py": TEST_REFUND}


def settings(text: str) -> dict[str, str]:
    return {".covgate.yml": dedent(text).lstrip("\n")}


@pytest.fixture
def project(tmp_path: Path) -> Shop:
    """The shop, whose base wants 80 % of the changed lines."""
    return shop(tmp_path / "shop")


def test_a_change_whose_lines_are_tested_passes(project: Shop) -> None:
    more = "\n\ndef test_a_gift_is_free():\n    assert refund(3, gift=True) == 0\n"
    project.add({**CHANGE, "tests/test_refund.py": dedent(TEST_REFUND).lstrip() + more})
    ended = project.run()
    assert (ended.code, ended.report["verdict"], ended.rules) == (0, "passed", {"diff.line": "passed"})
    assert "✓ All 4 changed statements are tested" in ended.out
    assert ended.report["base"] == {"sha": project.git("rev-parse", "main"), "how": "merge base"}
    assert {"comment.md", "report.json", "summary.md"} < set(ended.files)
    assert project.git("status", "--porcelain") == ""


def test_a_change_that_is_short_fails_and_says_by_how_much_and_where(project: Shop) -> None:
    project.add(CHANGE)
    ended = project.run()
    assert (ended.code, ended.report["verdict"]) == (1, "failed")
    assert "✗ 1 statement short: 75.00 % of the changed lines are tested, 80 % is required" in ended.out
    assert "shop/refund.py:3" in ended.out
    assert '"if gift" never True' in " ".join(ended.out.split())
    assert "Testing this passes the gate" in ended.out
    assert ended.report["diff"]["files"]["shop/refund.py"]["missed_lines"] == [3]


def test_lines_that_are_not_committed_yet_are_part_of_the_change(project: Shop) -> None:
    project.write_all(CHANGE)
    ended = project.run()
    assert ended.code == 1
    assert ended.report["head"]["dirty"] is True
    assert set(ended.report["diff"]["files"]) == {"shop/refund.py"}


def test_documents_are_nothing_to_measure_and_pass(project: Shop) -> None:
    project.add({"README.md": "A shop.\n"})
    ended = project.run()
    assert (ended.code, ended.rules) == (0, {"diff.line": "not_applicable"})
    assert ended.report["diff"]["line"]["percent"] is None
    assert "Nothing to measure in this change" in ended.out
    assert "No Python file changed." in ended.out


def test_a_change_that_is_all_excluded_is_neither_0_nor_100(project: Shop) -> None:
    project.add({"shop/debug.py": "def dump(cart):  # pragma: no cover\n    print(cart)\n"})
    ended = project.run()
    assert (ended.code, ended.rules) == (0, {"diff.line": "not_applicable"})
    assert "excluded from coverage" in ended.out
    assert [left["path"] for left in ended.report["diff"]["left_out"]] == ["shop/debug.py"]


def test_the_base_itself_is_nothing_to_measure(project: Shop) -> None:
    ended = project.run("--base", "main")
    assert ended.code == 0
    assert "Base and head are the same commit." in ended.out


def test_a_changed_file_that_no_test_imports_is_all_missed(project: Shop) -> None:
    project.add({"shop/refund.py": REFUND})
    ended = project.run()
    (file,) = ended.report["diff"]["files"].values()
    assert (ended.code, file["line"]) == (1, {"covered": 0, "total": 4, "percent": "0.00"})
    assert "no test imports" in ended.out


def test_a_changed_continuation_line_counts_for_its_statement(project: Shop) -> None:
    call = "\n\ndef export(cart):\n    return sorted(\n        cart,\n        reverse={},\n    )\n"
    project.git("checkout", "--quiet", "main")
    cart = (project.root / "shop/cart.py").read_text(encoding="utf-8")
    project.add({"shop/cart.py": cart + call.format("False")})
    project.git("checkout", "--quiet", "-B", "change")
    project.add({"shop/cart.py": cart + call.format("True")})
    ended = project.run()
    (file,) = ended.report["diff"]["files"].values()
    assert (ended.code, file["line"]["covered"], file["line"]["total"]) == (1, 0, 1)
    assert file["continuation_lines"] == file["missed_lines"] == [8]


def test_a_renamed_file_counts_for_its_edited_lines_only(project: Shop) -> None:
    project.git("mv", "shop/cart.py", "shop/basket.py")
    for path in ("shop/basket.py", "tests/test_cart.py"):
        text = (project.root / path).read_text(encoding="utf-8")
        project.write(path, text.replace("shop.cart", "shop.basket").replace("return 0", "return 0.0"))
    project.commit()
    ended = project.run()
    file = ended.report["diff"]["files"]["shop/basket.py"]
    assert (ended.code, file["kind"], file["line"]) == (
        0,
        "renamed",
        {"covered": 1, "total": 1, "percent": "100.00"},
    )


def test_the_base_s_thresholds_judge_and_the_change_to_them_is_shown(project: Shop) -> None:
    project.add({**CHANGE, **settings("thresholds: {diff: {line: 10}}\n")})
    ended = project.run()
    assert ended.code == 1
    assert "80 % is required" in ended.out
    assert "thresholds.diff.line: 80 → 10" in ended.out
    assert ended.report["policy"]["changes"] == [{"key": "thresholds.diff.line", "before": "80", "after": "10"}]


def test_new_settings_of_a_repository_that_had_none_hold_at_once(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", {".covgate.yml": "suite: {timeout: 5m}\n"})
    project.git("rm", "--quiet", "--cached", ".covgate.yml")
    project.git("commit", "--quiet", "--amend", "--message", "without settings")
    project.git("branch", "--force", "main")
    project.add({**CHANGE, ".covgate.yml": SETTINGS})
    ended = project.run()
    assert ended.code == 1
    assert "`.covgate.yml` of this change: the base has none" in ended.report["policy"]["source"]


def test_without_any_settings_the_change_needs_80_percent(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", {".covgate.yml": "version: 1\n"})
    project.add(CHANGE)
    ended = project.run()
    assert ended.code == 1
    assert ended.rules["diff.line"] == "failed"


def test_numbers_equal_to_the_threshold_pass_and_are_never_rounded(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", settings("thresholds: {diff: {line: 75}, total: {line: 87.5}}\n"))
    project.add(CHANGE)
    assert project.run().rules == {"diff.line": "passed", "total.line": "passed"}
    stricter = shop(tmp_path / "stricter", settings("thresholds: {diff: {line: 75.01}, total: {line: 87.51}}\n"))
    stricter.add(CHANGE)
    assert stricter.run().rules == {"diff.line": "failed", "total.line": "failed"}


def test_a_project_below_the_root_is_told_in_the_repository_s_paths(tmp_path: Path) -> None:
    project = Shop(tmp_path / "mono")
    lone = shop(tmp_path / "lone").root
    for path in ("pyproject.toml", "shop/__init__.py", "shop/cart.py", "tests/test_cart.py"):
        project.write(f"services/api/{path}", (lone / path).read_text(encoding="utf-8"))
    project.write("services/api/.coveragerc", "[run]\nsource = shop\n[report]\nexclude_also = return 0\n")
    project.write("pyproject.toml", "[tool.coverage.report]\nexclude_also = ['never']\n")
    project.add(settings("working_directory: services/api\nthresholds: {diff: {line: 80}}\n"))
    project.git("checkout", "--quiet", "-b", "change")
    project.add({"services/api/shop/refund.py": REFUND, "tools/deploy.py": "print('off we go')\n"})
    ended = project.run()
    assert ended.code == 1
    assert set(ended.report["diff"]["files"]) == {"services/api/shop/refund.py"}
    assert ended.report["diff"]["left_out"] == [
        {"path": "tools/deploy.py", "reason": "outside the working directory `services/api`"}
    ]
    assert ended.report["exclusions"]["config"] == []


def test_a_unittest_project_needs_no_pytest(tmp_path: Path) -> None:
    cases = """
        import unittest

        from shop.refund import refund


        class RefundTest(unittest.TestCase):
            def test_price(self):
                self.assertEqual(refund(3), 3)
    """
    project = shop(tmp_path / "shop")
    project.add({"shop/refund.py": REFUND, "tests/__init__.py": "", "tests/test_refund.py": cases})
    ended = project.run("--command", "python -m unittest tests.test_refund")
    assert (ended.code, ended.report["suite"]["passed"]) == (1, 1)
    assert ended.report["diff"]["line"] == {"covered": 3, "total": 4, "percent": "75.00"}


def test_what_the_change_leaves_out_of_coverage_counts_by_the_base_and_is_shown(project: Shop) -> None:
    project.add({"shop/refund.py": REFUND, ".coveragerc": "[run]\nomit = shop/refund.py\n"})
    ended = project.run()
    assert [change["key"] for change in ended.report["exclusions"]["config"]] == ["omit"]
    assert ended.code == 1


def test_the_example_of_the_settings_is_told_on_request(project: Shop) -> None:
    ended = project.run("-v")
    assert "thresholds.diff.line: 80" in ended.out
    assert "# `.covgate.yml` line 3" in ended.out
