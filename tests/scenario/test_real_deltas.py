"""covgate on ten consecutive releases of three real packages: what moved is what an independent script says of it.

Downloads the releases once, then runs each suite once. Every release is the default branch's next commit, and a change
against the one before it.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from tests.scenario.real_packages import independent
from tests.scenario.real_packages.independent import Moves, Side
from tests.scenario.real_packages.releases import environment
from tests.scenario.real_packages.ten_releases import SERIES, Measured, measure

from covgate.compare import compare
from covgate.judge import Facts
from covgate.judge.rules.drop import RULE as DROP
from covgate.judge.rules.drop import Drop
from covgate.model.comparison import Comparison, Known
from covgate.model.place import Place
from covgate.model.ratio import Ratio
from covgate.model.verdict import RuleResult, Status
from covgate.shell.git.repository import GitRepository


@dataclass(frozen=True, slots=True)
class Change:
    """A release after the one before it: covgate's answers, and the independent ones."""

    name: str
    ours: Comparison
    drops: tuple[RuleResult, ...]
    theirs: Moves

    @property
    def measured_alike(self) -> bool:
        """Whether both sides were measured under the same settings, which some releases change."""
        known = self.ours.baseline
        return isinstance(known, Known) and known.snapshot.origin == self.ours.head.origin


GROUPED = [pytest.param(series, id=series.name, marks=pytest.mark.xdist_group(series.name)) for series in SERIES]


@pytest.fixture(scope="module", params=GROUPED)
def changes(
    request: pytest.FixtureRequest,
    network: None,  # noqa: ARG001  # only that it is there
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Change]:
    repository, commits = measure(request.param, tmp_path_factory.mktemp(request.param.name))
    return [replayed(repository, before, now) for before, now in pairwise(commits)]


def replayed(repository: Path, before: Measured, now: Measured) -> Change:
    """The newer release as a change, compared with what was stored of the older one."""
    independent.git(repository, "checkout", "--quiet", now.sha)
    diff = GitRepository(repository, environment(), Place("terminal")).change(before.sha)
    stored = before.stored
    known = Known(stored.snapshot, before.sha, "data branch", suite=stored.suite, covgate=stored.covgate)
    ours = compare(diff, now.stored.snapshot, known, now.stored.suite)
    drops = DROP.check(Drop(points=Fraction(0)), Facts(ours, now.stored.suite, now.stored.time.date()))
    sides = (Side(repository, one.sha, one.report, one.results) for one in (before, now))
    return Change(f"{before.version} to {now.version}", ours, drops, independent.moves(*sides))


@pytest.mark.network
def test_every_file_has_the_numbers_of_both_sides(changes: list[Change]) -> None:
    for change in changes:
        told = change.theirs
        ours = {file.now.path: (pair(file.now.line), pair(file.now.branch)) for file in change.ours.files}
        assert ours == {path: numbers(told.now, path) for path in told.now.files}, change.name
        before = {
            file.now.path: (file.before.path, pair(file.before.line)) for file in change.ours.files if file.before
        }
        paths = {path: told.renames.get(path, path) for path in told.now.files}
        expected = {
            path: (old, numbers(told.before, old)[0]) for path, old in paths.items() if old in told.before.files
        }
        assert before == expected, change.name


def numbers(side: Side, path: str) -> tuple[tuple[int, int], tuple[int, int]]:
    lines = side.statements(path)
    return side.line(path, lines), side.branch(path, lines)


def pair(ratio: Ratio) -> tuple[int, int]:
    return ratio.covered, ratio.total


@pytest.mark.network
def test_lines_lost_and_gained_elsewhere_are_those_of_the_independent_script(changes: list[Change]) -> None:
    for change in changes:
        lost = {one.path: list(one.lost) for one in change.ours.indirect if one.lost}
        gained = {one.path: list(one.gained) for one in change.ours.indirect if one.gained}
        assert (lost, gained) == (change.theirs.lost, change.theirs.gained), change.name


@pytest.mark.network
def test_the_steps_of_the_total_are_those_of_the_independent_script_and_add_up(changes: list[Change]) -> None:
    for change in changes:
        assert change.ours.movements
        for measure_, ours in (("line", change.ours.movements.line), ("branch", change.ours.movements.branch)):
            told, before, now = change.theirs, change.theirs.before.total(measure_), change.theirs.now.total(measure_)
            removed, written = told.removed[measure_], told.written[measure_]
            drifted = now[0] - written[0] + removed[0], now[1] - written[1] + removed[1]
            assert [pair(ours.before), pair(ours.drifted), pair(ours.now)] == [before, drifted, now], change.name
            steps = [ours.elsewhere, ours.deletions, ours.written]
            assert None in steps or sum(step for step in steps if step is not None) == ours.points


@pytest.mark.network
def test_a_drop_is_one_where_the_independent_script_says_so_and_by_as_many(changes: list[Change]) -> None:
    for change in (change for change in changes if change.measured_alike):
        ours = {answer.subject: (answer.status, answer.short) for answer in change.drops}
        theirs = {
            name: independent.shortage(change.theirs, key) for name, key in (("lines", "line"), ("branches", "branch"))
        }
        assert ours == {name: (status(short), short or 0) for name, short in theirs.items()}, change.name


def status(short: int | None) -> Status:
    return Status.NOT_APPLICABLE if short is None else Status.FAILED if short else Status.PASSED


@pytest.mark.network
def test_releases_that_were_measured_under_other_settings_have_no_drop_and_say_why(changes: list[Change]) -> None:
    for change in (change for change in changes if not change.measured_alike):
        assert all(answer.status is Status.NOT_APPLICABLE for answer in change.drops), change.name
        assert all("measured differently" in answer.reason for answer in change.drops), change.name


@pytest.mark.network
def test_the_releases_have_something_to_tell(changes: list[Change]) -> None:
    assert len(changes) == 9
    assert sum(change.measured_alike for change in changes) >= 7
    assert sum(change.theirs.written["line"] != (0, 0) for change in changes) >= 5
