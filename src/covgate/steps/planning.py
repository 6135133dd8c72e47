"""After the verdict: the plan for the project's gaps, and which gaps are enough."""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from covgate.judge.groups import named_groups
from covgate.judge.thresholds import Thresholds
from covgate.measure.command import default_command
from covgate.measure.narrowed import narrowed
from covgate.model.comparison import Comparison
from covgate.model.component import depth, within
from covgate.model.gap import RankedGap
from covgate.model.globs import matches
from covgate.model.plan import FileGap, Plan
from covgate.model.report import Report
from covgate.model.snapshot import Snapshot
from covgate.model.sources import Sources
from covgate.model.verdict import Conclusion
from covgate.rank.green import fewest_functions, fewest_gaps
from covgate.rank.imports import Modules
from covgate.rank.nearest import TestFiles
from covgate.rank.plan import PlanOptions, plan
from covgate.settings import Settings
from covgate.steps.ranking import Gathered, ranking_notes

MOST_FILES = 50
"""Changed files whose nearest tests are looked for."""


def with_plan(report: Report, known: Gathered, settings: Settings, thresholds: Thresholds) -> Report:
    """The report with its plan, and with the fewest gaps that would turn its verdict green.

    Shape:  none are told where a component failed: its rules are not among those that are added up.
    """
    comparison = report.comparison
    several = any(part.suite for part in report.components)
    command = settings.suite.command or ("" if several else report.suite.command)
    made = planned(report.project_gaps, comparison.head, known, settings, thresholds, command=command)
    parts = any(part.verdict.conclusion is Conclusion.FAILED for part in report.components)
    groups = {group.name: group.paths for group in named_groups(thresholds)}
    enough = () if parts else fewest_functions(report.project_gaps, comparison.head, report.verdict, groups)
    fewest = () if parts else fewest_gaps(report.gaps, comparison, report.verdict, groups)
    gaps = with_tests(report.gaps, comparison, known.evidence.sources)
    return replace(report, gaps=gaps, plan=replace(made, enough=enough), fewest=fewest)


def with_tests(gaps: tuple[RankedGap, ...], comparison: Comparison, sources: Sources) -> tuple[RankedGap, ...]:
    """The change's gaps with the test files that their tests belong into; those in tests without."""
    if not sources.files:
        return gaps
    near = TestFiles(sources, Modules(sources.paths))
    measured = {file.path: file.now for file in comparison.coverage.files}
    wanted = dict.fromkeys(one.gap.path for one in gaps if not one.gap.in_tests)
    places = {path: near.nearest(path, measured.get(path), thorough=True) for path in [*wanted][:MOST_FILES]}
    told = {path: (place.path, place.exists) for path, place in places.items()}
    return tuple(
        replace(one, tests=told[one.gap.path][0], tests_exist=told[one.gap.path][1]) if one.gap.path in told else one
        for one in gaps
    )


def planned(
    gaps: Sequence[FileGap],
    snapshot: Snapshot,
    known: Gathered,
    settings: Settings,
    thresholds: Thresholds,
    *,
    command: str,
) -> Plan:
    """The plan by the settings; `command` is the suite's, "" where nobody knows it."""
    sources = known.evidence.sources
    options = PlanOptions(
        settings.gaps.strategy,
        settings.gaps.target,
        target_of(thresholds),
        test_command(command, settings, sources),
        ranking_notes(known, snapshot, settings.gaps),
    )
    return plan(gaps, snapshot, options, sources)


def target_of(thresholds: Thresholds) -> Callable[[str], Fraction | None]:
    """For a path, the target of the group that it is in: the highest of several; None where no group says one."""
    asked = [(group.paths, group.target) for group in named_groups(thresholds) if group.target is not None]

    def target(path: str) -> Fraction | None:
        return max((percent for globs, percent in asked if matches(path, globs)), default=None)

    return target


def test_command(command: str, settings: Settings, sources: Sources) -> Callable[[tuple[str, ...]], str]:
    """From paths of test files in the repository to the command that runs just those.

    Shape:  in the project's directory; tests of components with suites of their own in those, each in a subshell.
    """
    own = {one.root: one.suite.command for one in settings.components if one.suite}
    commands = {root: _narrowing(text, root, sources) for root, text in own.items()}
    whole = _narrowing(command, settings.working_directory, sources)

    def narrow(paths: tuple[str, ...]) -> str:
        by_root: dict[str, list[str]] = {}
        for path in paths:
            by_root.setdefault(max((root for root in own if within(path, root)), key=depth, default=""), []).append(
                path
            )
        parts = [
            f"(cd {shlex.quote(root)} && {commands[root](found)})" if root else whole(found)
            for root, found in sorted(by_root.items())
        ]
        return " && ".join(filter(None, parts))

    return narrow


def _narrowing(command: str, directory: str, sources: Sources) -> Callable[[Sequence[str]], str]:
    """The same for one suite, in its own directory."""
    folder = "" if directory == "." else f"{directory}/"
    files = frozenset(path.removeprefix(folder) for path in sources.paths if path.startswith(folder))
    text = command or default_command(files, has_pytest=True, uses_pytest=False)
    return lambda paths: narrowed(text, [path.removeprefix(folder) for path in paths], files)
