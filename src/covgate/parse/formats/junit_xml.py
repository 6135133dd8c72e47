"""JUnit XML, as pytest and unittest-xml-reporting write it.

Source: pytest's `--junitxml` (families xunit1 and xunit2). A test has one element for each time that it was tried: with
pytest-rerunfailures the tries before the last look as if they had passed; a failed test whose tear-down breaks comes
twice. So the worst of a test's elements is its outcome.
"""

import math
from collections.abc import Iterable
from xml.etree.ElementTree import Element  # a type only: defusedxml parses

from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.parse.input_format import ForeignReport, InputFormat, text_of
from covgate.parse.xml_elements import elements, first_line

_OUTCOMES = {"failure": Outcome.FAILED, "error": Outcome.ERROR, "skipped": Outcome.SKIPPED}
_WORDS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.ERROR: "could not be set up or torn down",
    Outcome.SKIPPED: "skipped",
}
_WORST_FIRST = (Outcome.ERROR, Outcome.FAILED, Outcome.PASSED, Outcome.SKIPPED)


def _recognises(_name: str, head: bytes) -> bool:
    text = text_of(head)
    return text.startswith("<") and "<testsuite" in text


def _parse(content: bytes, where: str) -> ForeignReport:
    """The results; the suites' own times and counts are not asked for: they are missing as often as not."""
    cases = [
        _case(element)
        for element in elements(content, where, ("testsuites", "testsuite"), frozenset({"testcase"}))
        if element.tag == "testcase"
    ]
    return ForeignReport(tool="JUnit XML", suite=suite_result(cases, where))


def suite_result(cases: Iterable[TestCase], where: str) -> SuiteResult:
    """The result of a suite whose cases are known and whose run is not.

    Shape:  each name once, in order of appearance, with its worst outcome; `where` names the reports.
    Units:  seconds are the sum over all cases: what one machine would have needed.
    """
    by_name: dict[str, list[TestCase]] = {}
    for case in cases:
        by_name.setdefault(case.name, []).append(case)
    found = tuple(_worst(tries) for tries in by_name.values())
    return SuiteResult(
        ending=_ending(found),
        words=_words(found, where),
        seconds=sum(case.seconds for case in found),
        cases=found,
        counted=True,
    )


def _worst(tries: list[TestCase]) -> TestCase:
    worst = min(tries, key=lambda case: _WORST_FIRST.index(case.outcome))
    return TestCase(worst.name, worst.outcome, sum(case.seconds for case in tries), worst.message)


def _ending(cases: tuple[TestCase, ...]) -> Ending:
    if not cases:
        return Ending.NO_TESTS
    bad = any(case.outcome in (Outcome.FAILED, Outcome.ERROR) for case in cases)
    return Ending.FAILED if bad else Ending.PASSED


def _words(cases: tuple[TestCase, ...], where: str) -> str:
    if not cases:
        return f"{where} holds no tests."
    counts = ((_WORDS[outcome], sum(case.outcome is outcome for case in cases)) for outcome in Outcome)
    told = ", ".join(f"{count} {word}" for word, count in counts if count)
    return f"The suite was not run here; {where} says: {told}."


def _case(element: Element) -> TestCase:
    told = [(_OUTCOMES[child.tag], child) for child in element if child.tag in _OUTCOMES]
    outcome, message = Outcome.PASSED, ""
    if told:
        outcome, child = min(told, key=lambda pair: _WORST_FIRST.index(pair[0]))
        message = first_line(child.get("message")) or first_line(child.text)
    return TestCase(_name(element), outcome, _seconds(element.get("time", "")), message)


def _name(element: Element) -> str:
    """The test's node id where the report tells the file, else the dotted name of its class and its own."""
    file, classname, name = (element.get(key, "") for key in ("file", "classname", "name"))
    module = file.removesuffix(".py").replace("\\", "/").replace("/", ".")
    if file.endswith(".py") and (classname == module or classname.startswith(f"{module}.")):
        classes = classname[len(module) + 1 :].replace(".", "::")
        return "::".join(part for part in (file.replace("\\", "/"), classes, name) if part)
    return f"{classname}::{name}" if classname else name


def _seconds(text: str) -> float:
    try:
        seconds = float(text.replace(",", ""))  # Java's reporters write 1,234.5
    except ValueError:
        return 0.0
    return seconds if math.isfinite(seconds) and seconds > 0 else 0.0


FORMAT = InputFormat(
    id="junit_xml",
    summary="JUnit XML (test results)",
    recognises=_recognises,
    parse=_parse,
    samples=("pytest-9.xml", "pytest-9-reruns.xml", "pytest-6-xunit1.xml", "xmlrunner-4.xml"),
)
