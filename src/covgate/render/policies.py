"""Whose thresholds were judged by, and what the change would do to them."""

from covgate.model.policy import PolicyChange
from covgate.model.report import Report
from covgate.render.figures import counted
from covgate.render.prose import Part, Prose, code, place, prose
from covgate.render.sections import Section

MOST_CHANGES = 12


def policy_section(report: Report, *, full: bool) -> Section:
    """Thresholds that the change would move."""
    return _changes(
        "This change edits the gate's own settings",
        "It was judged by those of the base; the new ones hold once it is merged.",
        report.policy.changes,
        full=full,
    )


def exclusions_section(report: Report, *, full: bool) -> Section:
    """Settings of coverage.py with which the change decides what counts."""
    return _changes(
        "This change edits what coverage counts",
        "It was counted as the base does; the new settings hold once it is merged.",
        report.policy.exclusions,
        full=full,
    )


def excluded_section(report: Report, *, full: bool) -> Section:
    """Changed statements that do not count, most often for a `pragma: no cover`, beside others that do."""
    files = [file for file in report.comparison.coverage.files if file.excluded]
    count = sum(len(file.excluded) for file in files)
    return Section(
        prose(f"{counted(count, 'changed line')} {'is' if count == 1 else 'are'} excluded from coverage"),
        rows=tuple((prose(place(file.path, file.excluded)),) for file in files),
        noun="file",
        most=None if full else MOST_CHANGES,
    )


def _changes(title: str, consequence: str, changes: tuple[PolicyChange, ...], *, full: bool) -> Section:
    if not changes:
        return Section()
    rows = tuple((prose(code(one.key), ": ", _value(one.before), " → ", _value(one.after)),) for one in changes)
    text = (prose(consequence),)
    return Section(prose(title), text=text, rows=rows, noun="setting", most=None if full else MOST_CHANGES)


def _value(value: str) -> Prose:
    shown: Part = code(value) if value else "not set"
    return prose(shown)
