from pathlib import Path

import pytest

from covgate.errors import MeasurementError
from covgate.model.suite import Ending, Outcome, SuiteResult
from covgate.parse.formats.junit_xml import FORMAT

SAMPLES = Path(__file__).parents[2] / "samples"


def read(content: str | bytes) -> SuiteResult:
    assert FORMAT.parse
    suite = FORMAT.parse(content.encode() if isinstance(content, str) else content, "junit.xml").suite
    assert suite
    return suite


def sample(name: str) -> SuiteResult:
    return read((SAMPLES / name).read_bytes())


def outcomes(suite: SuiteResult) -> dict[str, Outcome]:
    return {case.name: case.outcome for case in suite.cases}


def test_pytest_outcomes_are_told_apart() -> None:
    found = outcomes(sample("pytest-9.xml"))
    assert found["test_kinds::test_passes"] is Outcome.PASSED
    assert found["test_kinds::test_fails"] is Outcome.FAILED
    assert found["test_kinds::test_errors"] is Outcome.ERROR
    assert found["test_kinds::test_skipped"] is Outcome.SKIPPED
    assert found["test_kinds::test_expected"] is Outcome.SKIPPED


def test_only_the_first_line_of_a_message_is_kept() -> None:
    case = next(case for case in sample("pytest-9.xml").cases if case.name == "test_kinds::test_fails")
    assert case.message == "AssertionError: the total"


def test_a_test_that_passed_on_a_rerun_passed() -> None:
    assert outcomes(sample("pytest-9-reruns.xml"))["test_kinds::test_flaky"] is Outcome.PASSED


def test_a_test_that_failed_all_its_reruns_failed() -> None:
    assert outcomes(sample("pytest-9-reruns.xml"))["test_kinds::test_fails"] is Outcome.FAILED


def test_a_failing_test_whose_tear_down_breaks_is_one_test() -> None:
    names = [case.name for case in sample("pytest-9.xml").cases]
    assert names.count("test_kinds::test_fails_then_breaks") == 1
    assert outcomes(sample("pytest-9.xml"))["test_kinds::test_fails_then_breaks"] is Outcome.ERROR


def test_a_report_that_tells_files_gives_node_ids() -> None:
    assert "test_kinds.py::TestThings::TestInner::test_deep" in outcomes(sample("pytest-6-xunit1.xml"))


def test_names_keep_what_xml_escaped() -> None:
    assert "test_kinds::test_names[<x>]" in outcomes(sample("pytest-9.xml"))


def test_a_failed_test_makes_a_failed_suite() -> None:
    assert sample("pytest-9.xml").ending is Ending.FAILED


def test_unittest_reports_count_the_same_way() -> None:
    suite = sample("xmlrunner-4.xml")
    assert (suite.ending, suite.count(Outcome.PASSED), suite.counted) == (Ending.PASSED, 4, True)


def test_nested_suites_are_read_through() -> None:
    inner = '<testsuite><testsuite><testcase name="a" time="1.5"/></testsuite></testsuite>'
    suite = read(f"<testsuites>{inner}</testsuites>")
    assert [(case.name, case.seconds) for case in suite.cases] == [("a", 1.5)]


def test_a_report_without_tests_is_a_suite_without_tests() -> None:
    assert read("<testsuite/>").ending is Ending.NO_TESTS


@pytest.mark.parametrize("time", ["NaN", "inf", "-1", "soon", ""])
def test_a_time_that_cannot_be_is_none(time: str) -> None:
    assert read(f'<testsuite><testcase name="a" time="{time}"/></testsuite>').cases[0].seconds == 0.0


def test_a_message_without_attribute_is_taken_from_the_text() -> None:
    suite = read('<testsuite><testcase name="a"><failure>\n\n  boom  \nmore</failure></testcase></testsuite>')
    assert suite.cases[0].message == "boom"


@pytest.mark.parametrize(
    "content",
    ["<testsuite><testcase", '<!DOCTYPE a [<!ENTITY a "b">]><testsuite>&a;</testsuite>', "<html><testsuite/></html>"],
)
def test_a_damaged_report_is_an_error(content: str) -> None:
    with pytest.raises(MeasurementError):
        read(content)
