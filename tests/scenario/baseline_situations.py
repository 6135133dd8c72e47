"""What a pull request can be compared with, situation by situation: the table of docs/baselines.md, held by tests."""

from collections.abc import Iterator
from dataclasses import dataclass

SHOWN = {"base": "3f2a1bc", "older": "9c1d0e2"}
"""Commits as the docs show them."""


@dataclass(frozen=True)
class Situation:
    """One row.

    Shape:  `says` is what stands in the report's last line, with `{base}` for the base's commit and `{older}` for an
            earlier one that has a snapshot.
    """

    id: str
    what: str
    says: str


NEVER = "`baseline.rerun` is `never`"
DIFFERS = "the base was measured differently"
NO_BRANCH = "there is no branch `covgate-data` yet: the first run on the default branch makes it"

SITUATIONS = (
    Situation("exact", "The base has a snapshot", "baseline `{base}`"),
    Situation("behind", "Three commits came after the last snapshot", "baseline `{older}`, 3 commits behind"),
    Situation("shallow", "The same in a checkout of depth 1", "baseline `{older}`, 3 commits behind"),
    Situation("none", "Nothing was ever stored", f"baseline n/a: {NO_BRANCH}; {NEVER}"),
    Situation("branch", "The base is another branch than the default one", "baseline `{older}`, 1 commit behind"),
    Situation(
        "forced",
        "The base branch was force-pushed; only what it was before has a snapshot",
        f"baseline n/a: `covgate-data` has no snapshot of {{base}} nor of any of the 250 commits before it; {NEVER}",
    ),
    Situation(
        "corrupt",
        "The base's snapshot is damaged; an earlier commit has one",
        "baseline `{older}`, 1 commit behind",
    ),
    Situation(
        "newer",
        "The only snapshot was written by a newer covgate",
        "baseline n/a: no snapshot on `covgate-data` can be used: `{base}` was passed over: ",
    ),
    Situation("squash", "The change before was squashed into one commit", "baseline `{base}`"),
    Situation("queue", "A merge queue measured the base", "baseline `{base}`"),
    Situation("revert", "The base reverts the last commit that has a snapshot", "baseline `{older}`, 1 commit behind"),
    Situation("unreachable", "The remote does not answer", "baseline n/a: `covgate-data` cannot be read: "),
    Situation(
        "no remote",
        "The clone has no remote, on a terminal",
        "baseline n/a: there is no remote repository that snapshots of earlier commits could be kept in; on a terminal "
        "the suite is run on the base only with `--rerun always`",
    ),
    Situation(
        "coverage",
        "The snapshot was measured by another coverage.py",
        f"baseline n/a: {DIFFERS} (coverage.py 7.0.0 there and",
    ),
    Situation(
        "python", "The snapshot was measured under another Python", f"baseline n/a: {DIFFERS} (Python 3.9.1 there and"
    ),
    Situation(
        "exclusions",
        "The base changed what counts after the last snapshot",
        f"baseline n/a: {DIFFERS} (other settings of `exclude_lines`): the numbers do not compare; {NEVER}",
    ),
    Situation(
        "rerun", "Nothing is stored, and the suite is run on the base", "baseline `{base}` (measured by this run)"
    ),
    Situation(
        "rerun differs",
        "The snapshot does not compare, and the suite is run on the base",
        "baseline `{base}` (measured by this run)",
    ),
    Situation(
        "rerun fails",
        "Tests fail on the base",
        f"baseline n/a: {NO_BRANCH}; the suite did not end well on the base (1 test of 3 failed)",
    ),
    Situation(
        "rerun ends",
        "The suite takes too long on the base",
        f"baseline n/a: {NO_BRANCH}; the suite did not end well on the base (The suite was stopped after 3 seconds",
    ),
    Situation(
        "rerun cannot",
        "The suite cannot be started on the base",
        f"baseline n/a: {NO_BRANCH}; the suite could not be run on the base (",
    ),
    Situation(
        "given",
        "Coverage was given and nothing is stored",
        f"baseline n/a: {NO_BRANCH}; coverage was given, so no suite is run on the base",
    ),
    Situation(
        "default branch",
        "A push to the default branch, whose last commit before has a snapshot",
        "baseline `{older}`, 1 commit behind",
    ),
    Situation(
        "push",
        "A push to another branch without a pull request, and nothing is stored",
        f"baseline n/a: {NO_BRANCH}; outside of pull requests and merge queues the suite is run on the base only where "
        "`baseline.rerun` says so",
    ),
)


def table() -> Iterator[str]:
    """The rows for the docs."""
    yield "| situation | the report says |"
    yield "|---|---|"
    for one in SITUATIONS:
        says = one.says.format(**SHOWN)
        yield f"| {one.what} | {says}{'…' if says.endswith((' ', 'and', '(', 'seconds')) else ''} |"
