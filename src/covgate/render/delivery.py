"""Everything that a run hands out, in one value."""

from collections.abc import Mapping
from dataclasses import dataclass

from covgate.model.ratio import Ratio, floored
from covgate.model.report import Report
from covgate.registry import collect
from covgate.render import formats
from covgate.render.markdown import comment_marker
from covgate.render.report_format import ReportFormat


@dataclass(frozen=True, slots=True)
class Deliverables:
    """The report in all its forms but the terminal's, whose width only the terminal knows.

    Shape:  `files` are (name in the output folder, text); `outputs` the step's outputs by name, percentages floored to
            two places and "" where there is nothing to measure; `comment` begins with `marker`.
    """

    files: tuple[tuple[str, str], ...]
    comment: str
    marker: str
    summary: str
    annotations: str
    outputs: Mapping[str, str]


def deliverables(report: Report) -> Deliverables:
    """The report in all its forms."""
    known = known_formats()
    texts = {form.id: form.render(report) for form in known}
    return Deliverables(
        files=tuple((form.file, texts[form.id]) for form in known if form.file),
        comment=texts["comment"],
        marker=comment_marker(report.key),
        summary=texts["summary"],
        annotations=texts["annotations"],
        outputs=step_outputs(report),
    )


def known_formats() -> tuple[ReportFormat, ...]:
    """All formats but those of the terminal and the check run, which are made where they are wanted."""
    elsewhere = ("terminal", "check run")
    return tuple(form for form in collect(formats, "FORMAT") if form.goes_to not in elsewhere)


def report_files() -> tuple[str, ...]:
    """Names of the files that a run's reports are written to."""
    return tuple(form.file for form in known_formats() if form.file)


def step_outputs(report: Report) -> dict[str, str]:
    """The step's outputs that follow from the report."""
    head, changed = report.comparison.head, report.comparison.coverage
    return {
        "verdict": report.verdict.conclusion.value,
        "total-line": _percent(head.line),
        "total-branch": _percent(head.branch),
        "diff-line": _percent(changed.line),
        "diff-branch": _percent(changed.branch),
        "statements-short": str(report.statements_short),
    }


def _percent(ratio: Ratio) -> str:
    return "" if ratio.percent is None else floored(ratio.percent)
