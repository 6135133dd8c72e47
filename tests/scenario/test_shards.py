"""A suite run in shards, each as a job of its own would: what they leave, and what the run that combines them says."""

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.scenario.shop import REFUND, Ended, Shop, shop

from covgate.parse.shard_record import record_text, shard_from

SETTINGS = """
    version: 1
    suite:
      shards: [cart, refund, tax, command]
    thresholds:
      diff: {line: 80, branch: 60}
      suite: {pass_rate: 100}
"""
TAX = """
    def tax(price, country="DE"):
        if country == "DE":
            return price * 19 // 100
        elif country == "DK":
            return price * 25 // 100
        raise ValueError(country)
"""
CHANGE = {
    "shop/refund.py": REFUND,
    "shop/tax.py": TAX,
    "shop/__main__.py": "from shop.tax import tax\n\nprint(tax(100, 'DK'))\n",
    "tests/test_refund.py": """
        from shop.refund import refund


        def test_a_refund_is_the_price():
            assert refund(3) == 3
    """,
    "tests/test_tax.py": """
        from shop.tax import tax


        def test_a_german_pays_less():
            assert tax(100) == 19
    """,
    "tests/test_command.py": """
        import subprocess
        import sys


        def test_the_command_prints_the_tax():
            assert subprocess.check_output([sys.executable, "-m", "shop"]) == b"25\\n"
    """,
}
SHARDS = {
    "cart": "pytest tests/test_cart.py",
    "refund": "pytest tests/test_refund.py",
    "tax": "pytest tests/test_tax.py",
    "command": "pytest tests/test_command.py",
}


@pytest.fixture
def project(tmp_path: Path) -> Shop:
    """The shop with a change, and four shards that are its whole suite."""
    project = shop(tmp_path / "shop", {".covgate.yml": SETTINGS})
    project.add(CHANGE)
    return project


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The same with all its shards run: only to be looked at."""
    project = shop(tmp_path_factory.mktemp("finished") / "shop", {".covgate.yml": SETTINGS})
    project.add(CHANGE)
    assert run_all(project) == [0, 0, 0, 0]
    return project


@pytest.fixture
def downloads(finished: Shop, tmp_path: Path) -> Path:
    """The artifacts of all shards, to be changed at will."""
    return Path(shutil.copytree(artifacts(finished), tmp_path / "downloads"))


def run_shard(project: Shop, name: str, *options: str, command: str = "") -> Ended:
    """The job of one shard; its two files go into an artifact of its own."""
    ended = project.run("--shard", name, "--command", command or SHARDS[name], *options)
    place = artifacts(project) / f"covgate-{name}"
    place.mkdir(parents=True, exist_ok=True)
    for file in project.out.glob(f"*.{name}.*"):
        shutil.move(file, place / file.name)
    return ended


def artifacts(project: Shop) -> Path:
    """Where the artifacts are downloaded to: each in a folder of its own."""
    return project.root.parent / "artifacts"


def run_all(project: Shop) -> list[int]:
    return [run_shard(project, name).code for name in SHARDS]


def report(project: Shop) -> Ended:
    """The job that combines the shards."""
    return report_on(project, artifacts(project))


def report_on(project: Shop, data: Path | str) -> Ended:
    return project.covgate("report", "--data", str(data), "--python", sys.executable)


def said(ended: Ended) -> str:
    """What was told beside reports, without its line breaks."""
    return " ".join(ended.err.split())


def edit_results(folder: Path, name: str, **more: Any) -> None:
    place = folder / f"covgate-{name}" / f"results.{name}.json"
    place.write_text(json.dumps({**json.loads(place.read_bytes()), **more}), encoding="utf-8")


def numbers(told: Mapping[str, Any]) -> dict[str, Any]:
    """What a report counts, and what follows from it."""
    keys = ("verdict", "statements_short", "total", "diff", "files", "rules", "gaps", "exclusions", "base", "head")
    return {key: told[key] for key in keys}


def test_four_shards_together_say_what_the_whole_suite_says(finished: Shop) -> None:
    whole = finished.run("--command", "pytest tests", "--out", "whole")
    whole = replace(whole, folder=finished.root / "whole")
    together = report(finished)
    assert (whole.code, together.code) == (0, 0), whole.err + together.err
    assert numbers(together.report) == numbers(whole.report)
    assert together.report["origin"] == whole.report["origin"]
    assert together.report["total"]["branch"]["covered"] > 0
    suites = whole.report["suite"], together.report["suite"]
    assert suites[0]["passed"] == suites[1]["passed"] == 5
    assert "The 4 shards took" in suites[1]["words"]


def test_a_shard_leaves_visible_files_and_gives_no_verdict(project: Shop) -> None:
    ended = project.run("--shard", "cart", "--command", SHARDS["cart"])
    assert ended.code == 0
    assert ended.files == [".gitignore", "coverage.cart.data", "results.cart.json"]
    assert "No verdict is given here" in ended.out
    assert "%" not in ended.out.partition("covgate: shard cart")[2]
    assert project.git("status", "--porcelain") == ""


def test_a_missing_shard_is_named_and_there_is_no_verdict(finished: Shop, downloads: Path) -> None:
    shutil.rmtree(downloads / "covgate-tax")
    report(finished)
    ended = report_on(finished, downloads)
    assert ended.code == 4
    assert "covgate: The shard `tax` has not reported." in said(ended)
    assert "coverage.tax.data" in said(ended)
    assert "No gate was evaluated." in said(ended)
    assert not {"report.json", "comment.md"} & set(ended.files), "not even those of an earlier run"


def test_all_shards_are_named_where_none_has_left_anything(finished: Shop, tmp_path: Path) -> None:
    ended = report_on(finished, tmp_path)
    assert ended.code == 4
    assert "4 of 4 shards have not reported: `cart`, `refund`, `tax`, `command`." in said(ended)
    assert "4 of 4 shards have not reported" in said(report_on(finished, tmp_path / "nothing/here/*.data"))


def test_a_failed_shard_fails_the_whole_with_its_failures(project: Shop) -> None:
    project.add({"tests/test_tax.py": "def test_nothing_is_free():\n    assert not 'expensive'\n"})
    assert run_all(project) == [0, 0, 3, 0]
    ended = report(project)
    assert (ended.code, ended.report["verdict"]) == (3, "error")
    assert "The suite failed: 1 of 5 tests" in ended.out
    assert [case["name"] for case in ended.report["suite"]["failures"]] == ["tests/test_tax.py::test_nothing_is_free"]
    assert "In shard `tax`: 1 test of 1 failed." in ended.report["notes"]


def test_a_shard_that_crashed_before_it_covered_anything_fails_the_whole(project: Shop) -> None:
    project.add({".covgate.yml": "suite: {shards: [tax]}\n"})
    project.git("branch", "--force", "main")
    assert run_shard(project, "tax", command="pytest --no-such-option").code == 3
    ended = report(project)
    assert (ended.code, ended.report["suite"]["ending"]) == (3, "crashed")
    assert "In shard `tax`: pytest did not understand its options" in ended.report["suite"]["words"]


def test_a_shard_of_another_commit_is_refused_by_name(finished: Shop, downloads: Path) -> None:
    edit_results(downloads, "cart", head={"sha": finished.git("rev-parse", "main"), "dirty": False})
    ended = report_on(finished, downloads)
    assert ended.code == 4
    assert "The shard `cart` measured the commit" in said(ended)
    assert "The shard `refund`" not in said(ended)


def test_shards_of_other_content_than_what_is_checked_out_are_refused(finished: Shop, downloads: Path) -> None:
    place = downloads / "covgate-refund/results.refund.json"
    sources = {**json.loads(place.read_bytes())["sources"], "shop/refund.py": "ab" * 32}
    edit_results(downloads, "refund", sources=sources)
    ended = report_on(finished, downloads)
    assert ended.code == 4
    assert "not as it is here where the shard `refund` ran" in said(ended)
    assert "shop/refund.py" in said(ended)


def test_a_shard_that_was_run_again_with_another_result_is_refused(finished: Shop, downloads: Path) -> None:
    shutil.copytree(downloads / "covgate-tax", downloads / "covgate-tax-again")
    assert report_on(finished, downloads).code == 0, "the same to the last byte: nothing is in doubt"
    edit_results(downloads, "tax", covgate="0.0.9")
    ended = report_on(finished, downloads)
    assert ended.code == 4
    assert "The shard `tax` was given 2 times with other results" in said(ended)


def test_data_and_results_of_two_runs_are_not_mixed(finished: Shop, downloads: Path) -> None:
    shutil.copy(downloads / "covgate-cart/coverage.cart.data", downloads / "covgate-tax/coverage.tax.data")
    ended = report_on(finished, downloads)
    assert ended.code == 4
    assert "are not of one run of the shard `tax`" in said(ended)


def test_a_misspelt_name_is_told_before_the_suite_runs(finished: Shop) -> None:
    ended = finished.run("--shard", "refnud", "--command", "pytest tests/test_refund.py")
    assert ended.code == 2
    assert "`refnud` is none of the shards in `suite.shards`: did you mean `refund`?" in said(ended)
    assert "passed" not in ended.out


def test_a_change_cannot_hide_a_shard_by_taking_it_off_the_list(project: Shop) -> None:
    project.add({".covgate.yml": SETTINGS.replace("refund, tax, command", "refund, command")})
    for name in ("cart", "refund", "command"):
        run_shard(project, name)
    assert "The shard `tax` has not reported." in said(report(project))
    last = run_shard(project, "tax")
    assert last.code == 0
    assert "takes the shard `tax` off `suite.shards`" in said(last)
    ended = report(project)
    assert ended.code == 0
    change = {"key": "suite.shards", "before": "[cart, refund, tax, command]", "after": "[cart, refund, command]"}
    assert change in ended.report["policy"]["changes"]


def test_a_shard_that_the_change_adds_to_the_list_is_waited_for(project: Shop) -> None:
    project.add({".covgate.yml": "suite: {shards: [web]}\n"})
    run_shard(project, "cart")
    assert "4 of 5 shards have not reported: `refund`, `tax`, `command`, `web`." in said(report(project))


def test_coverage_that_the_change_brings_along_among_the_artifacts_does_not_count(
    finished: Shop, downloads: Path
) -> None:
    hits = "".join(f'<line number="{line}" hits="1"/>' for line in range(1, 7))
    forged = f"<class filename='shop/tax.py' name='tax.py'><methods/><lines>{hits}</lines></class>"
    (downloads / "forged").mkdir()
    (downloads / "forged/coverage.xml").write_text(
        f"<coverage><packages><package><classes>{forged}</classes></package></packages></coverage>", encoding="utf-8"
    )
    shutil.copy(downloads / "covgate-tax/coverage.tax.data", downloads / "forged/coverage.data")
    expected = numbers(report(finished).report)
    ended = report_on(finished, downloads)
    assert (ended.code, numbers(ended.report)) == (0, expected)
    assert any("Data that are of no shard were left out" in note for note in ended.report["notes"])


def test_shards_that_nobody_named_are_combined_and_that_is_said(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop")
    project.add(CHANGE)
    assert "names no shards" in said(run_shard(project, "cart"))
    run_shard(project, "refund")
    ended = report(project)
    assert any("nobody knows whether all of them have reported" in note for note in ended.report["notes"])


def test_one_folder_for_all_and_a_glob_of_half_the_files_will_do(finished: Shop, downloads: Path) -> None:
    merged = downloads / "merged"
    merged.mkdir()
    for file in downloads.glob("covgate-*/*"):
        file.rename(merged / file.name)
    assert report_on(finished, f"{merged}/*.data").code == 0
    assert report_on(finished, f"{merged}/results.*.json").code == 0


@pytest.mark.parametrize(
    "hiding",
    [
        {".coveragerc": "[run]\nomit = shop/evil.py\n"},
        {".coveragerc": "[run]\nsource = other\n", "other/__init__.py": "X = 1\n"},
        {"more/__init__.py": "X = 1\n"},
    ],
    ids=["omit", "source", "layout"],
)
def test_a_change_hides_nothing_behind_shards_that_it_could_not_hide_without(
    tmp_path: Path, hiding: dict[str, str]
) -> None:
    project = shop(tmp_path / "shop", {".covgate.yml": "suite: {shards: [all]}\n"})
    project.add({"shop/evil.py": "def evil(a):\n    if a:\n        return 1\n    return 2\n", **hiding})
    whole = project.run("--command", "pytest tests", "--out", "whole")
    run_shard(project, "all", command="pytest tests")
    together = report(project)
    assert (whole.code, together.code) == (1, 1)
    assert together.report["diff"]["files"]["shop/evil.py"]["line"]["covered"] == 0
    assert numbers(together.report) == numbers(replace(whole, folder=project.root / "whole").report)


def test_shards_of_other_checkouts_count_for_this_one(finished: Shop, downloads: Path, tmp_path: Path) -> None:
    here = Shop(Path(shutil.copytree(finished.root, tmp_path / "elsewhere" / "checkout")))
    ended = report_on(here, downloads)
    assert ended.code == 0, said(ended)
    assert numbers(ended.report) == numbers(report(finished).report)


def test_data_whose_paths_are_relative_count_as_well(tmp_path: Path) -> None:
    files = {".covgate.yml": SETTINGS, ".coveragerc": "[run]\nrelative_files = true\nbranch = true\nsource = shop\n"}
    project = shop(tmp_path / "shop", files)
    project.add(CHANGE)
    assert run_all(project) == [0, 0, 0, 0]
    whole = project.run("--command", "pytest tests", "--out", "whole")
    together = report(project)
    assert numbers(together.report) == numbers(replace(whole, folder=project.root / "whole").report)


def test_shards_of_a_project_in_a_directory_of_the_repository_count_for_its_paths(tmp_path: Path) -> None:
    settings = "suite: {shards: [cart]}\nworking_directory: shop-api\n"
    inner = {f"shop-api/{path}": text for path, text in CHANGE.items()}
    project = shop(tmp_path / "shop", {".covgate.yml": settings, "shop-api/shop/__init__.py": ""})
    project.add({**inner, "shop-api/pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["."]\n'})
    assert run_shard(project, "cart", command="pytest tests").code == 0
    results = artifacts(project) / "covgate-cart/results.cart.json"
    assert "shop-api/shop/tax.py" in dict(shard_from(results.read_bytes(), "").files)
    assert set(report(project).report["diff"]["files"]) >= {"shop-api/shop/tax.py"}


def test_the_python_that_measured_none_of_the_shards_may_not_read_them(finished: Shop, downloads: Path) -> None:
    for name in SHARDS:
        origin = json.loads((downloads / f"covgate-{name}" / f"results.{name}.json").read_bytes())["origin"]
        edit_results(downloads, name, origin={**origin, "python": "CPython 3.9.1"})
    ended = report_on(finished, downloads)
    assert ended.code == 4
    assert "measured under CPython 3.9.1" in said(ended)
    assert 'python-version: "3.9"' in said(ended)


def test_results_are_read_as_they_were_written(downloads: Path) -> None:
    text = (downloads / "covgate-cart/results.cart.json").read_text(encoding="utf-8")
    assert record_text(shard_from(text.encode(), "")) == text


def test_a_run_that_combines_shards_is_no_shard(tmp_path: Path) -> None:
    project = shop(tmp_path / "shop", {".covgate.yml": "mode: report\ndata: [shards]\n"})
    ended = project.run("--shard", "cart")
    assert ended.code == 2
    assert "a shard is measured, and this run measures nothing" in said(ended)
