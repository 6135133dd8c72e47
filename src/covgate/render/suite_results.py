"""How the tests went."""

from covgate.model.report import Report
from covgate.model.suite import Outcome, SuiteResult, TestCase
from covgate.render.figures import counted, duration
from covgate.render.prose import Prose, code, prose, shortened, spans
from covgate.render.sections import Section

MOST_FAILURES = 10
MESSAGE_LENGTH = 200


def failures_section(report: Report, *, full: bool) -> Section:
    """Tests that failed, with the first line of what went wrong."""
    failures = [case for case in report.suite.failures if case.name]
    nameless = len(report.suite.failures) - len(failures)
    return Section(
        prose("Failures"),
        text=(prose(f"{nameless:,} more are known by their number only."),) if nameless else (),
        rows=tuple((_failure(case),) for case in failures),
        noun="failure",
        most=None if full else MOST_FAILURES,
    )


def _failure(case: TestCase) -> Prose:
    message = prose(": ", *_cut(case.message)) if case.message else ()
    return prose(code(case.name), " broke outside its body" if case.outcome is Outcome.ERROR else "", message)


def _cut(message: str) -> Prose:
    return prose(code(shortened(message.strip(), MESSAGE_LENGTH)))


def tests_in_words(report: Report, *, timed: bool) -> Prose:
    """The suite in a few words: "142 tests passed, 3 skipped, 12.4 s"; without the time where no run may differ."""
    return _counts_in_words(report.suite, timed=timed)


def suite_in_words(suite: SuiteResult) -> Prose:
    """A component's own suite: its command and its tests, or how it ended."""
    ended = spans(suite.words) if suite.broken else _counts_in_words(suite, timed=False) or spans(suite.words)
    return prose(code(suite.command), ": ", ended) if suite.command else ended


def _counts_in_words(suite: SuiteResult, *, timed: bool) -> Prose:
    if not suite.counted:
        return ()
    parts = [f"{counted(suite.count(Outcome.PASSED), 'test')} passed"]
    parts += [f"{len(suite.failures):,} failed"] if suite.failures else []
    parts += [f"{suite.count(Outcome.SKIPPED):,} skipped"] if suite.count(Outcome.SKIPPED) else []
    parts += [duration(suite.seconds)] if timed else []
    return prose(", ".join(parts))


def suite_section(report: Report) -> Section:
    """The suite in full: its ending, its command, its slowest tests."""
    suite = report.suite
    words = tests_in_words(report, timed=True) or spans(suite.words)
    told = [prose(code(suite.command), ": ", words)] if suite.command else []
    return Section(
        prose("Tests"),
        text=tuple(told or ([spans(suite.words)] if suite.words else [])),
        columns=("slowest tests", "time") if suite.slowest else (),
        rows=tuple((prose(code(case.name)), prose(duration(case.seconds))) for case in suite.slowest),
        noun="test",
        folded=True,
    )
