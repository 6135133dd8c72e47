"""The whole project's gaps and the plan, within a run's report."""

from covgate.model.plan import FileGap, Plan, PlannedFile, Wave
from covgate.model.ratio import floored, plain
from covgate.model.report import Report
from covgate.model.verdict import Conclusion
from covgate.render.brief.files import points_words
from covgate.render.figures import counted, percent
from covgate.render.prose import Prose, code, joined, line_links, linked, prose, spans, strong
from covgate.render.reasons import reasons
from covgate.render.records.plan_values import MOST_FILES
from covgate.render.sections import Section

MOST_REASONS = 2
MOST_RANGES = 3
MOST_WAVES = 10
MOST_WAVES_IN_FULL = 100
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def project_section(report: Report, *, full: bool) -> Section:
    """The project's files worth most, the one to test first in front; none of a suite that did not end well.

    In short, files that have reached their targets stand back as long as others have not.
    """
    if report.verdict.conclusion is Conclusion.ERROR:
        return Section()
    planned = {file.gap.path: file for file in report.plan.files} if report.plan else {}
    below = tuple(gap for gap in report.project_gaps if gap.path in planned)
    shown = report.project_gaps[:MOST_FILES] if full else (below or report.project_gaps)[: report.top]
    return Section(
        prose(_title(len(shown))),
        rows=tuple((_row(gap, planned.get(gap.path)),) for gap in shown),
        noun="file",
        numbered=True,
        folded=not full,
    )


def _title(number: int) -> str:
    count = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"Project: the {count} gaps worth most" if number != 1 else "Project: the gap worth most"


def _row(gap: FileGap, planned: PlannedFile | None) -> Prose:
    """A sentence, because a table of this would not fit on a phone."""
    missed = f"{gap.line.missed:,} of {counted(gap.line.total, 'statement')} never run"
    branches = f", {counted(gap.branch.missed, 'branch')} never taken" if not gap.line.missed else ""
    why = reasons(gap.readings, MOST_REASONS)
    return prose(
        joined((prose(linked(gap.path, gap.path), f": {missed} ({percent(gap.line)} tested){branches}"), why), "; "),
        *_most(gap),
        ". ",
        *_outlook(planned),
    )


def _most(gap: FileGap) -> Prose:
    """The function with the most missed statements, and where they are."""
    first = gap.functions[0] if gap.functions else None
    if first is None or not first.missed:
        return ()
    name = prose(linked(first.name, gap.path, first.lines)) if first.name else prose("the module's top level")
    most = "; most of it in " if len(first.missed) < gap.line.missed else "; in "
    return prose(most, *name, ", lines ", *line_links(gap.path, first.lines, MOST_RANGES))


def _outlook(planned: PlannedFile | None) -> Prose:
    if planned is None:
        return prose("Its target is reached.")
    points = points_words(floored(planned.gain_points))
    return prose(
        f"To {plain(planned.target)} %: {counted(planned.gain_lines, 'more statement')}, ", strong(points), "."
    )


def plan_section(report: Report, *, full: bool) -> Section:
    """The plan in one line a wave; `plan.md` has the rest."""
    plan = report.plan
    if plan is None or not plan.files or report.verdict.conclusion is Conclusion.ERROR:
        return Section()
    return Section(
        prose(f"Plan: {plan_words(plan)}"),
        text=(_where,),
        rows=tuple((_wave(number, wave),) for number, wave in enumerate(plan.waves, 1)),
        noun="wave",
        folded=not full,
        most=MOST_WAVES_IN_FULL if full else MOST_WAVES,
    )


_where = prose(code("plan.md"), " in the run's output folder is the brief to work from, or to hand to an assistant.")


def plan_words(plan: Plan) -> str:
    """ "1,830 statements in 8 files to their targets, + 3.16 points, about 212 tests"."""
    files = f"{counted(len(plan.files), 'file')} to {'its target' if len(plan.files) == 1 else 'their targets'}"
    gain = f"{counted(plan.gain_lines, 'more statement')} in {files}, {points_words(floored(plan.gain_points))}"
    return f"{gain}, about {counted(plan.tests, 'test')}"


def _wave(number: int, wave: Wave) -> Prose:
    files = len({path for batch in wave.batches for path in batch.files})
    tests = sum(batch.tests for batch in wave.batches)
    size = f"{counted(files, 'file')}, about {counted(tests, 'test')}"
    sittings = f" in {len(wave.batches):,} batches" if len(wave.batches) > 1 else ""
    command = prose("; first ", code(wave.batches[0].command)) if wave.batches and wave.batches[0].command else ()
    return prose(f"Wave {number}, ", spans(wave.why), f": {size}{sittings}", command, ".")


def project_line(report: Report) -> Section:
    """The plan in one sentence, where there is room for no more."""
    plan = report.plan
    if plan is None or not plan.files or report.verdict.conclusion is Conclusion.ERROR:
        return Section()
    first = plan.files[0].gap
    return Section(
        text=(prose(f"Project: {plan_words(plan)}; first ", linked(first.path, first.path), ". ",
                    code("covgate gaps"), " shows it."),)
    )  # fmt: skip
