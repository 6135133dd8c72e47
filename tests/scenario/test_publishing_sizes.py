"""A change of thousands of files: every place keeps to its limit, says what was cut, and where it can be read."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.golden.values import File, comparison, gap, report, rules
from tests.scenario.publishing_scenes import MARKER, Scene, scene

from covgate.model.ratio import Ratio
from covgate.model.report import Report
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.render import deliverables
from covgate.render.check_run import check_run
from covgate.shell.output import LARGEST_SUMMARY_BYTES, StepFiles

FILES = 6_000
ELSEWHERE = "see [the summary of this run](https://github.com/acme/shop/actions/runs/1234567890)"
CUT = re.compile(r"… and ([\d,]+) more (\w+): see (.+)\.")


@pytest.fixture(scope="module")
def huge() -> Report:
    """A gap in each of thousands of files with long names."""
    names = [f"src/shop/a_rather_long_package_name/generated/module_{number:05}.py" for number in range(FILES)]
    files = [File(name, 40, changed=((1, 20),), missed=((3, 4), (9, 9)), missed_before=0) for name in names]
    of = comparison(files)
    line = of.coverage.line
    after = Ratio(line.covered + 3, line.total)
    told = ("3 of 20 changed statements never run",)
    gaps = [gap(name, "build", ((3, 4), (9, 9)), 20, words=told, after=after) for name in names]
    return report(of, rules(of), tuple(gaps))


@pytest.fixture
def here() -> Iterator[Scene]:
    with ExitStack() as stack:
        yield scene(stack)


def cuts(text: str) -> dict[str, tuple[int, str]]:
    """How many rows of each kind were left out, and where they are said to be."""
    return {noun: (int(count.replace(",", "")), place) for count, noun, place in CUT.findall(text)}


def rows(text: str, noun: str) -> int:
    """How many files or gaps are listed."""
    pattern = r"^\| \[?<code>src" if noun == "files" else r"^1\. "
    return len(re.findall(pattern, text, re.MULTILINE))


def test_the_comment_is_cut_by_rows_is_taken_by_github_and_says_where_the_rest_is(here: Scene, huge: Report) -> None:
    body = deliverables(huge).comment
    assert len(body) <= 65_000
    assert here.forge.post_comment(body, MARKER).state == "created"
    assert here.own() == [body.strip()]
    left_out = cuts(body)
    assert {noun: count + rows(body, noun) for noun, (count, _) in left_out.items()} == {"files": FILES, "gaps": FILES}
    assert all(f"see {place}" == ELSEWHERE for _, place in left_out.values())


def test_the_summary_fits_the_step_and_says_where_the_rest_is(huge: Report, tmp_path: Path) -> None:
    text = deliverables(huge).summary
    step = StepFiles(summary=tmp_path / "summary")
    assert step.add_summary(text)
    assert (tmp_path / "summary").stat().st_size <= LARGEST_SUMMARY_BYTES
    assert (tmp_path / "summary").read_text(encoding="utf-8") == text
    left_out = cuts(text)
    assert {noun: left_out[noun][0] + rows(text, noun) for noun in ("files", "gaps")} == {"files": FILES, "gaps": FILES}
    assert all("report" in place and "json" in place for _, place in left_out.values())


def test_annotations_are_ten_at_most_whatever_failed(huge: Report) -> None:
    failures = tuple(TestCase(f"tests/test_{n}.py::test", Outcome.FAILED, 0.1, "boom") for n in range(30))
    broken = report(huge.comparison, huge.verdict.results, huge.gaps)
    for told in (broken, report(huge.comparison, huge.verdict.results, huge.gaps, tests=suite_with(failures))):
        lines = deliverables(told).annotations.splitlines()
        levels = [line.split(" ")[0] for line in lines]
        assert 0 < len(lines) <= 10
        assert max(levels.count(level) for level in set(levels)) <= 10


def suite_with(failures: tuple[TestCase, ...]) -> SuiteResult:
    return SuiteResult(Ending.FAILED, "Tests failed.", "pytest", 1, 1.0, failures, counted=True)


def test_the_check_run_is_taken_by_github_in_batches_and_says_what_has_no_remark(here: Scene, huge: Report) -> None:
    check = check_run(huge, blocks=True)
    assert here.forge.post_check(check).state == "created"
    (made,) = here.repository.checks
    assert (max(made.batches), sum(made.batches)) == (50, 500)
    assert len(made.summary) <= 65_535
    assert f"{FILES - 500:,} gaps of the list above have no remark." in made.summary
    assert all(f"see {place}" == ELSEWHERE for _, place in cuts(made.summary).values())
