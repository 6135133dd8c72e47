import subprocess
import sys
from pathlib import Path

import pytest
from tests.scenario.measuring import (
    PYTEST_TEST,
    assert_equal_to,
    clean_environment,
    coverage_json,
    measure,
    shop,
    untouched,
)

from covgate.errors import MeasurementError
from covgate.model.lines import LineSet
from covgate.model.policy import PolicyChange
from covgate.model.snapshot import LeftOut

PYTEST = ("-m", "pytest", "-q")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shop(tmp_path / "project", {"tests/test_cart.py": PYTEST_TEST})


def configure(root: Path, text: str, name: str = "pyproject.toml") -> None:
    (root / name).write_text(text, encoding="utf-8")


def test_exclusions_partial_branches_and_omitted_files_count_as_in_coverage_json(root: Path) -> None:
    configure(
        root,
        "[tool.coverage.run]\nsource = ['shop']\nomit = ['shop/unused.py', '*/nothing/*']\n"
        "[tool.coverage.report]\nexclude_also = ['# beware of \\$ and # signs', 'if coupon']\n"
        "partial_also = ['if price < 0']\nfail_under = 100\nskip_covered = true\nprecision = 1\n",
    )
    measurement = measure(root, "python -m pytest")
    assert_equal_to(measurement.snapshot, coverage_json(root, PYTEST))
    assert measurement.snapshot.branch.total > 0


def test_the_report_s_own_omit_and_include_count_as_in_coverage_json(root: Path) -> None:
    configure(
        root,
        "[run]\nsource = shop\nrelative_files = true\n[report]\nomit = */unused.py\ninclude = shop/*\n",
        ".coveragerc",
    )
    assert_equal_to(measure(root, "python -m pytest").snapshot, coverage_json(root, PYTEST))


def test_settings_that_would_measure_otherwise_are_not_taken_over(root: Path) -> None:
    configure(
        root,
        "[run]\nsource = shop\nbranch = false\nparallel = true\ndata_file = own/.data\n"
        "dynamic_context = test_function\ndebug = config\ndebug_file = own/debug.txt\n",
        ".coveragerc",
    )
    with untouched(root):
        snapshot = measure(root, "python -m pytest").snapshot
    assert snapshot.origin.has_branches
    assert snapshot.branch.total > 0


def test_a_data_file_that_is_there_already_stays_as_it_is(root: Path) -> None:
    configure(root, "[run]\nsource = shop\n", ".coveragerc")
    subprocess.run([sys.executable, "-m", "coverage", "run", *PYTEST], cwd=root, env=clean_environment(), check=True)
    (root / ".coverage.evil.1.x").write_bytes((root / ".coverage").read_bytes())
    with untouched(root):
        measure(root, "python -m pytest -k nothing")


def test_a_plugin_of_the_repository_configures_coverage_as_it_does_without_covgate(root: Path) -> None:
    configure(root, "[run]\nplugins = covplug\nsource = shop\n[covplug]\npattern = if coupon\n", ".coveragerc")
    (root / "covplug.py").write_text(
        "import coverage\n\nclass Plug(coverage.CoveragePlugin):\n"
        "    def __init__(self, options):\n        self.pattern = options['pattern']\n\n"
        "    def configure(self, config):\n        lines = config.get_option('report:exclude_lines')\n"
        "        config.set_option('report:exclude_lines', [*lines, self.pattern])\n\n"
        "def coverage_init(reg, options):\n    reg.add_configurer(Plug(options))\n",
        encoding="utf-8",
    )
    measurement = measure(root, "python -m pytest")
    assert_equal_to(measurement.snapshot, coverage_json(root, PYTEST))
    assert dict(measurement.snapshot.origin.exclusions)["exclude_list"][-1] == "if coupon"


def test_files_that_a_plugin_traces_are_reported_by_it(root: Path) -> None:
    configure(root, "[run]\nplugins = fileplug\nsource = shop\n", ".coveragerc")
    (root / "shop/page.txt").write_text("one\ntwo\nthree\n", encoding="utf-8")
    (root / "fileplug.py").write_text(
        "import coverage, os\n\nclass Reporter(coverage.FileReporter):\n"
        "    def lines(self):\n        return {1, 2, 3}\n\n"
        "class Plug(coverage.CoveragePlugin):\n"
        "    def file_tracer(self, filename):\n        return None\n\n"
        "    def file_reporter(self, filename):\n        return Reporter(filename)\n\n"
        "    def find_executable_files(self, src_dir):\n        yield os.path.join(src_dir, 'page.txt')\n\n"
        "def coverage_init(reg, options):\n    reg.add_file_tracer(Plug())\n",
        encoding="utf-8",
    )
    snapshot = measure(root, "python -m pytest").snapshot
    assert_equal_to(snapshot, coverage_json(root, PYTEST))
    page = snapshot.file("shop/page.txt")
    assert page is not None
    assert page.statements == LineSet(((1, 3),))
    assert snapshot.origin.core == "ctrace"


def test_a_configuration_that_coverage_refuses_is_an_error_with_coverage_s_own_words(root: Path) -> None:
    configure(root, "[report]\nexclude_lines = (\n", ".coveragerc")
    with pytest.raises(MeasurementError, match="exclude_lines"):
        measure(root, "python -m pytest")


def test_changed_files_that_were_never_measured_are_counted_or_left_out_with_a_reason(root: Path) -> None:
    configure(root, "[run]\nsource = shop\nomit = shop/gone_*\n", ".coveragerc")
    base = {".coveragerc": b"[run]\nsource =\n    shop\n    jobs\nomit = shop/generated/*\n"}
    files = (
        "jobs/nightly.py",
        "shop/gone_dark.py",
        "shop/generated/x.py",
        "docs/conf.py",
        "jobs/broken.py",
        "shop/a.pyi",
    )
    for name in files:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("def (\n" if "broken" in name else "if VALUE:\n    VALUE = 2\n", encoding="utf-8")
    (root / "jobs/link.py").symlink_to("/etc/passwd")
    changed = (*files, "jobs/link.py", "shop/cart.py", "jobs/deleted.py")
    snapshot = measure(root, "python -m pytest", changed=changed, base_files=base).snapshot
    assert [(file.path, str(file.statements), str(file.executed)) for file in snapshot.unmeasured] == [
        ("jobs/nightly.py", "1–2", ""),
        ("shop/gone_dark.py", "1–2", ""),
    ]
    assert [arc.words for arc in snapshot.unmeasured[0].branches[0].missed] == [
        "`if VALUE` never False",
        "`if VALUE` never True",
    ]
    reasons = {left.path: left.reason for left in snapshot.left_out}
    assert reasons == {
        "docs/conf.py": "outside `source` of the coverage configuration (shop, jobs)",
        "jobs/broken.py": "does not parse: 'invalid syntax' at line 1",
        "jobs/link.py": "leads outside the repository",
        "shop/a.pyi": "no Python source",
        "shop/generated/x.py": "omitted by `omit` of the coverage configuration",
    }
    assert snapshot.left_out == tuple(
        LeftOut(path, reasons[path], unknown="broken" in path) for path in sorted(reasons)
    )


def test_settings_that_the_change_alters_are_told_as_before_and_after(root: Path) -> None:
    configure(root, "[run]\nsource = shop\nomit = shop/cart.py\n[report]\nexclude_also = assert_never\n", ".coveragerc")
    base = {".coveragerc": b"[run]\nsource = shop\n"}
    assert measure(root, "python -m pytest", base_files=base).exclusions == (
        PolicyChange("omit", "", "[shop/cart.py]"),
        PolicyChange("exclude_also", "", "[assert_never]"),
    )


def test_settings_that_stay_are_no_change(root: Path) -> None:
    text = "[run]\nsource = shop\nomit = shop/unused.py\n[report]\nexclude_also = never\n"
    configure(root, text, ".coveragerc")
    assert measure(root, "python -m pytest", base_files={".coveragerc": text.encode()}).exclusions == ()


def test_sources_in_latin_1_and_with_windows_line_ends_are_read(root: Path) -> None:
    configure(root, "[run]\nsource = shop\n", ".coveragerc")
    (root / "shop/old.py").write_bytes(
        "# coding: latin-1\r\nNAME = 'é'\r\nif NAME:\r\n    NAME = 'ß'\r\n".encode("latin-1")
    )
    assert_equal_to(measure(root, "python -m pytest").snapshot, coverage_json(root, PYTEST))
