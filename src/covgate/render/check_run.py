"""The check run: the summary as far as it fits, and a remark beside every gap of the change."""

from covgate.errors import CovgateError
from covgate.model.check_run import CheckConclusion, CheckRun, LineRemark
from covgate.model.gap import RankedGap
from covgate.model.report import Links, Report
from covgate.model.verdict import Conclusion
from covgate.render.failure import failure_report
from covgate.render.figures import counted
from covgate.render.formats.annotations import gap_message, gap_title
from covgate.render.formats.check_run import render
from covgate.render.gaps import gap_lines, told_gaps
from covgate.render.headline import headline, mark
from covgate.render.prose import shortened, visible

NAME = "covgate verdict"  # not the name that a job is likely to have: the forge shows both in one list
MOST_REMARKS = 500
TITLE_LENGTH = 200


def check_run(report: Report, *, blocks: bool) -> CheckRun:
    """The report as a check run.

    Shape:  `blocks` says whether a failed gate fails the run; one remark for each gap, the first 500 of them, and the
            summary says how many have none.
    """
    told = " ".join((mark(report), "".join(piece.text for piece in headline(report))))
    remarks = tuple(_remark(ranked) for ranked in told_gaps(report) if _has_a_plain_path(ranked))[:MOST_REMARKS]
    return CheckRun(
        check_name(report.key),
        _conclusion(report, blocks),
        shortened(visible(told), TITLE_LENGTH),
        render(report) + _without_remark(len(report.gaps) - len(remarks)),
        remarks,
    )


def failed_check_run(error: CovgateError, links: Links, key: str = "default") -> CheckRun:
    """The check run where no verdict was reached: an older one that says "success" must not stand."""
    title = shortened(visible(f"No verdict: {error.title}"), TITLE_LENGTH)
    return CheckRun(check_name(key), "failure", title, failure_report(error, links))


def check_name(key: str) -> str:
    """What the check run of this key is called."""
    return NAME if key == "default" else f"{NAME} ({visible(shortened(key))})"


def _conclusion(report: Report, blocks: bool) -> CheckConclusion:
    match report.verdict.conclusion:
        case Conclusion.ERROR:
            return "failure"
        case Conclusion.FAILED:
            return "failure" if blocks else "neutral"
        case Conclusion.PASSED:
            return "success" if report.comparison.coverage.files else "neutral"


def _remark(ranked: RankedGap) -> LineRemark:
    first, last = gap_lines(ranked).ranges[0]
    return LineRemark(ranked.gap.path, first, last, gap_title(ranked), gap_message(ranked))


def _has_a_plain_path(ranked: RankedGap) -> bool:
    """GitHub refuses all remarks of a request for one whose path it cannot read."""
    return visible(ranked.gap.path) == ranked.gap.path


def _without_remark(gaps: int) -> str:
    return f"\n{counted(gaps, 'gap')} of the list above {'have' if gaps > 1 else 'has'} no remark.\n" if gaps else ""
