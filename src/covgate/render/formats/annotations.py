"""Annotations: the ten places most worth a look, shown by GitHub beside the changed lines.

Missed lines are warnings: one of them alone is no fault, the gate judges their sum and the step's exit code tells it.
Errors are for tests that failed, each of which is one.
"""

from collections.abc import Iterator

from covgate.model.gap import RankedGap
from covgate.model.lines import LineSet
from covgate.model.report import Report
from covgate.model.suite import TestCase
from covgate.render.figures import ranges_in_words
from covgate.render.gaps import gap_lines, gap_name, gap_words, told_gaps
from covgate.render.prose import Prose, code, prose, shortened, visible
from covgate.render.report_format import ReportFormat

MOST = 10
LIMIT = 65_536
MESSAGE_LENGTH = 4_000
TITLE_LENGTH = 200


def render(report: Report) -> str:
    """Workflow commands, one to a line: failed tests, then gaps of the change, one to a function."""
    failures = [_failure(case) for case in report.suite.failures[:MOST]] if report.suite.broken else []
    gaps = [_gap(ranked) for ranked in told_gaps(report)[:MOST]]
    return "".join(f"{command}\n" for command in [*failures, *gaps][:MOST])


def _failure(case: TestCase) -> str:
    return _command("error", "Test failed", prose(code(case.name), ": " if case.message else "", case.message))


def _gap(ranked: RankedGap) -> str:
    first, last = gap_lines(ranked).ranges[0]
    where = {"file": ranked.gap.path, "line": str(first), "endLine": str(last)}
    return _command("warning", gap_title(ranked), _message(ranked), **where)


def gap_title(ranked: RankedGap) -> str:
    """What an annotation of this gap is called."""
    title = f"{'Not' if ranked.gap.missed else 'Partly'} tested: {gap_name(ranked)}"
    return visible(shortened(title, TITLE_LENGTH))


def gap_message(ranked: RankedGap) -> str:
    """What an annotation of this gap says, as one harmless line."""
    return visible(shortened("".join(_words(_message(ranked))), MESSAGE_LENGTH))


def _message(ranked: RankedGap) -> Prose:
    rest = LineSet(gap_lines(ranked).ranges[1:])
    also = f" Also {'lines' if len(rest) > 1 else 'line'} {ranges_in_words(rest, MOST)}." if rest else ""
    return prose(gap_words(ranked), ".", also)


def _command(level: str, title: str, message: Prose, **where: str) -> str:
    properties = {**where, "title": shortened(title, TITLE_LENGTH)}
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {told}::{_data(shortened(''.join(_words(message)), MESSAGE_LENGTH))}"


def _words(message: Prose) -> Iterator[str]:
    for piece in message:
        yield f"`{piece.text}`" if piece.kind == "code" else piece.text


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = ReportFormat("annotations", "workflow commands for the ten places most worth a look", render, LIMIT, "log")
