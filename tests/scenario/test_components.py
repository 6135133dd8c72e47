"""A monorepo: two components with suites of their own, one comment."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.doubles.github import GitHub
from tests.scenario.baseline_scene import Scene
from tests.scenario.runner import Job, double
from tests.scenario.shop import Ended, Shop

CART = """
    def total(prices, coupon=None):
        if coupon:
            return 0
        return sum(prices)
"""
TEST_CART = """
    from api.cart import total


    def test_total():
        assert total([1]) == 1


    def test_coupon():
        assert total([1], "SPRING") == 0
"""
JOBS = """
    def job(number):
        return number * 2
"""
TEST_JOBS = """
    import unittest

    from worker.jobs import job


    class TestJob(unittest.TestCase):
        def test_job(self):
            self.assertEqual(job(2), 4)
"""
RETRY = """
    def retry(job, times=0):
        if times:
            return job() or retry(job, times - 1)
        return job()
"""
TEST_RETRY = """
    import unittest

    from worker.retry import retry


    class TestRetry(unittest.TestCase):
        def test_once(self):
            self.assertEqual(retry(lambda: 3), 3)
"""
SETTINGS = """
    baseline: {rerun: never}
    thresholds:
      diff: {line: 50}
    components:
      - name: api
        root: services/api
        thresholds: {diff: {line: 90}, total: {line: 80}}
        suite: {command: pytest}
      - name: worker
        root: services/worker
        thresholds: {diff: {line: 80}}
        suite: {command: python -m unittest discover -s test -t ., source: [worker]}
"""
BASE = {
    ".gitignore": ".covgate/\n__pycache__/\n",
    ".covgate.yml": SETTINGS,
    "README.md": "Two services.\n",
    "services/api/pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["tests"]\npythonpath = ["."]\n',
    "services/api/api/__init__.py": "",
    "services/api/api/cart.py": CART,
    "services/api/tests/test_cart.py": TEST_CART,
    "services/worker/worker/__init__.py": "",
    "services/worker/worker/jobs.py": JOBS,
    "services/worker/test/__init__.py": "",
    "services/worker/test/test_jobs.py": TEST_JOBS,
}
PACKAGES = (["api"], ["worker"])
SHORT = {"services/worker/worker/retry.py": RETRY, "services/worker/test/test_retry.py": TEST_RETRY}


@pytest.fixture
def github() -> Iterator[GitHub]:
    with double() as opened:
        yield opened


def monorepo(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Shop:
    """Two services on a branch of its own, with nothing changed yet; `files` come over those of its base."""
    project = Shop(folder)
    project.add({**BASE, **(files or {})}, "Two services")
    project.git("checkout", "--quiet", "-b", "change")
    return project


def job(folder: Path, github: GitHub, files: Mapping[str, str | bytes]) -> Job:
    """A job for a pull request that adds these files."""
    made = Job(monorepo(folder / "shop"), github, folder)
    made.project.add(files)
    made.check_out()
    return made


def verdicts(ended: Ended) -> dict[str, str | None]:
    return {part["name"]: part["verdict"] for part in ended.report["components"]}


def test_one_comment_tells_of_all_components_and_names_the_one_that_failed(tmp_path: Path, github: GitHub) -> None:
    played = job(tmp_path, github, SHORT)
    ended = played.run(python_version=sys.executable)
    assert (ended.code, verdicts(ended)) == (1, {"api": "passed", "worker": "failed"})
    (body,) = played.comments
    assert "<code>worker</code>: 1 statement short: 75.00 % of the changed lines are tested, 80 % is" in body
    assert "| ✅ <code>api</code> | – | 100.00&nbsp;% |" in body
    assert "**❌ <code>worker</code> · <code>services/worker</code>**" in body
    assert "Testing this passes the gate" in body
    assert played.set_outputs["verdict"] == "failed"
    assert played.set_outputs["statements-short"] == "1"
    assert played.set_outputs["diff-line"] == "75.00"


def test_each_suite_runs_in_its_own_directory_with_its_own_runner(tmp_path: Path, github: GitHub) -> None:
    ended = job(tmp_path, github, SHORT).run()
    suites = {part["name"]: part["suite"] for part in ended.report["components"]}
    assert {name: (suite["ending"], suite["passed"]) for name, suite in suites.items()} == {
        "api": ("passed", 2),
        "worker": ("passed", 2),
    }
    assert ended.report["suite"]["passed"] == 4
    assert set(ended.report["files"]) == {path for path in (*BASE, *SHORT) if path.split("/")[2:3] in PACKAGES}
    assert {"coverage.api.data", "coverage.worker.data"} <= set(ended.files)


def test_components_add_up_to_the_whole(tmp_path: Path, github: GitHub) -> None:
    report = job(tmp_path, github, SHORT).run().report
    for key in ("line", "branch"):
        for count in ("covered", "total"):
            parts = [part["total"][key][count] for part in report["components"]]
            assert sum(parts) == report["total"][key][count]


def test_a_suite_that_fails_is_named_and_the_other_component_keeps_its_numbers(tmp_path: Path, github: GitHub) -> None:
    broken = TEST_JOBS.replace("job(2), 4", "job(2), 5")
    played = job(tmp_path, github, {"services/worker/test/test_jobs.py": broken})
    ended = played.run()
    assert (ended.code, verdicts(ended)) == (3, {"api": "passed", "worker": "error"})
    (body,) = played.comments
    assert "The suite of <code>worker</code> failed: 1 of 1 test" in body
    assert "| ✅ <code>api</code> | – | 100.00&nbsp;% |" in body
    assert "in <code>services/worker</code>. The gate is judged on a suite that passes." in body


def test_a_change_cannot_remove_a_component_to_escape_its_thresholds(tmp_path: Path, github: GitHub) -> None:
    played = job(tmp_path, github, {**SHORT, ".covgate.yml": "thresholds:\n  diff: {line: 50}\n"})
    ended = played.run()
    assert (ended.code, verdicts(ended)["worker"]) == (1, "failed")
    (body,) = played.comments
    assert "This change edits the gate's own settings" in body
    assert "<code>components.worker.thresholds.diff.line</code>: <code>80</code> → not set" in body


def test_a_change_of_documents_only_passes_and_measures_nothing_of_any_component(
    tmp_path: Path, github: GitHub
) -> None:
    ended = job(tmp_path, github, {"services/api/README.md": "The API.\n"}).run()
    assert (ended.code, verdicts(ended)) == (0, {"api": "passed", "worker": "passed"})
    reasons = {part["name"]: part["reason"] for part in ended.report["components"]}
    assert reasons == {"api": "No Python file changed.", "worker": "The change touches nothing of it."}


def test_a_file_that_moves_to_another_component_is_judged_there(tmp_path: Path) -> None:
    project = monorepo(tmp_path / "shop", {"services/worker/worker/cart.py": CART})
    project.git("mv", "services/worker/worker/cart.py", "services/api/api/basket.py")
    project.commit("Move it")
    ended = project.run()
    files = {part["name"]: part["total"]["line"]["total"] for part in ended.report["components"]}
    assert files == {"api": 8, "worker": 2}
    assert ended.report["files"]["services/api/api/basket.py"]["was"] == "services/worker/worker/cart.py"


def test_a_file_that_leaves_all_components_stays_with_its_own_until_that_is_merged(tmp_path: Path) -> None:
    settings = """
        thresholds: {diff: {line: 10}}
        suite: {source: [lib, services/api]}
        components: [{name: api, root: services/api, thresholds: {diff: {line: 90}}}]
    """
    files = {".covgate.yml": settings, "conftest.py": "import sys\nsys.path[:0] = ['lib', 'services/api']\n"}
    project = monorepo(tmp_path / "shop", {**files, "lib/rates.py": "RATE = 2\n"})
    project.git("rm", "--quiet", "-r", "services/worker")
    project.git("mv", "services/api/api/cart.py", "lib/cart.py")
    untested = f"{CART}\n\n    def half(price):\n        return price / 2\n"
    project.write_all(
        {"lib/cart.py": untested, "services/api/tests/test_cart.py": TEST_CART.replace("api.cart", "cart")}
    )
    project.commit("Move it away")
    ended = project.run()
    assert (ended.code, verdicts(ended)) == (1, {"api": "failed"})
    assert ended.report["files"]["lib/cart.py"]["was"] == "services/api/api/cart.py"


def test_a_mistake_is_told_with_its_line_and_no_suite_is_run(tmp_path: Path) -> None:
    project = monorepo(tmp_path / "shop")
    project.write_all({".covgate.yml": SETTINGS.replace("root: services/worker", "root: services/jobs")})
    ended = project.run()
    assert ended.code == 2
    assert "`.covgate.yml` line 10" in ended.err + ended.out
    assert "there is no such directory in the repository" in ended.err + ended.out


def test_components_without_suites_are_measured_by_the_one_of_the_whole(tmp_path: Path) -> None:
    settings = """
        thresholds: {diff: {line: 50}}
        suite: {source: [services]}
        components:
          - {name: api, root: services/api, thresholds: {total: {line: 100}}}
          - {name: worker, root: services/worker, thresholds: {total: {line: 100}}}
    """
    path = "import sys\nsys.path[:0] = ['services/api', 'services/worker']\n"
    project = monorepo(tmp_path / "shop", {".covgate.yml": settings, "conftest.py": path})
    ended = project.run()
    assert (ended.code, verdicts(ended)) == (0, {"api": "passed", "worker": "passed"})
    assert [part["suite"] for part in ended.report["components"]] == [None, None]


def test_the_suite_of_the_whole_leaves_a_component_s_tests_to_its_own(tmp_path: Path) -> None:
    settings = """
        thresholds: {diff: {line: 50}}
        suite: {source: [services/api/api]}
        components:
          - {name: api, root: services/api, thresholds: {total: {line: 100}}}
          - {name: worker, root: services/worker, suite: {command: python -m unittest discover -s test -t .}}
    """
    path = "import sys\nsys.path[:0] = ['services/api']\n"
    project = monorepo(tmp_path / "shop", {".covgate.yml": settings, "conftest.py": path})
    ended = project.run()
    assert (ended.code, verdicts(ended)) == (0, {"api": "passed", "worker": None})
    assert ended.report["suite"]["passed"] == 3


def test_the_working_directory_does_not_move_the_roots_of_components(tmp_path: Path) -> None:
    settings = f"{SETTINGS.rstrip()}\n    working_directory: services\n"
    project = monorepo(tmp_path / "shop", {".covgate.yml": settings, **SHORT})
    ended = project.run()
    assert (ended.code, verdicts(ended)) == (0, {"api": "passed", "worker": "passed"})
    assert "services/worker/worker/jobs.py" in ended.report["files"]


def test_the_base_s_suites_are_run_where_nothing_is_stored_of_it(tmp_path: Path) -> None:
    untested = {"services/api/tests/test_cart.py": TEST_CART[: TEST_CART.index("def test_coupon")]}
    project = monorepo(tmp_path / "shop")
    project.add({**SHORT, **untested})
    ended = project.run("--rerun", "always")
    parts = {part["name"]: part for part in ended.report["components"]}
    assert ended.report["baseline"]["source"] == "rerun"
    assert parts["api"]["before"]["line"] == {"covered": 4, "total": 4, "percent": "100.00"}
    assert parts["api"]["total"]["line"] == {"covered": 3, "total": 4, "percent": "75.00"}
    assert parts["worker"]["before"]["line"] == {"covered": 2, "total": 2, "percent": "100.00"}


def test_a_component_uses_the_environment_of_the_repository_around_it(tmp_path: Path) -> None:
    project = monorepo(tmp_path / "shop", {".gitignore": ".covgate/\n__pycache__/\nenv\n"})
    (project.root / "env").symlink_to(sys.prefix)
    project.write_all({".covgate.yml": f"{SETTINGS.rstrip()}\n    suite: {{python: ./env}}\n"})
    ended = project.covgate("run")
    assert (ended.code, verdicts(ended)) == (0, {"api": "passed", "worker": "passed"})


def test_a_component_s_base_is_cut_out_of_the_stored_whole_and_a_new_component_spoils_no_other_s(
    tmp_path: Path, github: GitHub
) -> None:
    scene = Scene.made(tmp_path / "forge", github.url)
    scene.commit(BASE, "Two services")
    scene.measured()
    added = "      - {name: mail, root: services/mail, suite: {command: python -m unittest, source: [mail]}}\n"
    scene.more = {
        ".covgate.yml": f"{SETTINGS.rstrip()}\n{added}",
        "services/api/tests/test_cart.py": TEST_CART[: TEST_CART.index("def test_coupon")],
        "services/mail/mail.py": "def post():\n    return 1\n",
        "services/mail/test_mail.py": TEST_JOBS.replace("worker.jobs", "mail").replace("job(2), 4", "post(), 1"),
    }
    scene.more["services/mail/test_mail.py"] = scene.more["services/mail/test_mail.py"].replace(
        "import job", "import post"
    )
    ended = scene.pull_request()
    parts = {part["name"]: part for part in ended.report["components"]}
    assert ended.report["baseline"]["source"] == "data branch"
    assert parts["api"]["before"]["line"]["percent"] == "100.00"
    assert parts["api"]["total"]["line"]["percent"] == "75.00"
    assert parts["worker"]["before"] == parts["worker"]["total"]
    assert (parts["mail"]["added"], parts["mail"]["before"]["line"]["total"]) == (True, 0)
    assert verdicts(ended) == {"api": "failed", "worker": "passed", "mail": None}
