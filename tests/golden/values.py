"""A small builder of reports: numbers stay consistent because they all come from the same few files."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from covgate.model.comparison import Baseline, ChangedFile, Comparison, DiffCoverage, FileDelta, Known, Missing
from covgate.model.diff import Base, ChangeKind, Diff, FileChange, Head
from covgate.model.gap import Gap, RankedGap, Reading
from covgate.model.lines import LineSet
from covgate.model.place import PullRequest
from covgate.model.policy import Policy
from covgate.model.ratio import Ratio
from covgate.model.report import Links, Report
from covgate.model.snapshot import Branch, FileCoverage, MissedArc, Origin, Snapshot
from covgate.model.suite import Ending, Outcome, SuiteResult, TestCase
from covgate.model.verdict import Conclusion, RuleResult, Status, Verdict
from covgate.rank import enough

BASE = Base("3f2a1bc09d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a", "merge parent")
HEAD = Head("9c8b7a6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b")
ORIGIN = Origin("coverage.py", "7.17.3", "3.14.0", "sysmon")
LINKS = Links(
    f"https://github.com/acme/shop/blob/{HEAD.sha}",
    "https://github.com/acme/shop/actions/runs/1234567890",
)
POLICY = Policy("`.covgate.yml` of the base")
PULL_REQUEST = PullRequest(7, BASE.sha, "4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70", "main")
NO_BASELINE = Missing("nothing is stored for the base yet")


@dataclass(frozen=True)
class File:
    """One file.

    Shape:  `size` statements on lines 1 to `size`; of these `changed` are the change's and `missed` never ran;
            `forks` are (line, words of the one missed arc, or "" where both were taken).
    """

    path: str
    size: int
    changed: tuple[tuple[int, int], ...] = ()
    missed: tuple[tuple[int, int], ...] = ()
    forks: tuple[tuple[int, str], ...] = ()
    missed_before: int | None = None
    was: str | None = None
    unmeasured: bool = False

    @property
    def now(self) -> FileCoverage:
        all_lines = LineSet(((1, self.size),))
        missed = LineSet.spanning(self.missed)
        return FileCoverage(self.path, all_lines, all_lines - missed, branches=self.branches)

    @property
    def branches(self) -> tuple[Branch, ...]:
        return tuple(Branch(n, 2, (MissedArc(n, n + 1, words),) if words else ()) for n, words in self.forks)

    @property
    def before(self) -> FileCoverage | None:
        if self.missed_before is None:
            return None
        lines = LineSet(((1, self.size),))
        return FileCoverage(self.was or self.path, lines, LineSet(((1, self.size - self.missed_before),)))

    @property
    def kind(self) -> ChangeKind:
        if self.was:
            return ChangeKind.RENAMED
        return ChangeKind.MODIFIED if self.before else ChangeKind.ADDED

    @property
    def changed_file(self) -> ChangedFile:
        statements = LineSet.spanning(self.changed)
        missed = statements & LineSet.spanning(self.missed)
        own = tuple(branch for branch in self.branches if branch.line in statements)
        return ChangedFile(
            self.path,
            self.kind,
            statements,
            missed,
            own,
            self.now,
            self.was,
            unmeasured=self.unmeasured,
            before=self.before,
        )


def comparison(
    files: Iterable[File], baseline: Missing | None = None, reason: str = "", head: Head = HEAD
) -> Comparison:
    """The comparison of these files with their past, or with none where `baseline` is missing."""
    files = sorted(files, key=lambda file: file.path)
    measured = [file for file in files if not file.unmeasured]
    snapshot = Snapshot(tuple(file.now for file in measured), ORIGIN)
    past = Snapshot(tuple(before for file in measured if (before := file.before)), ORIGIN)
    known: Baseline = baseline or Known(past, BASE.sha, "data branch")
    changes = tuple(FileChange(file.path, file.kind, old_path=file.was) for file in files if file.changed)
    coverage = DiffCoverage(tuple(file.changed_file for file in files if file.changed), reason=reason)
    deltas = tuple(FileDelta(file.now, file.before, file.was, bool(file.changed)) for file in measured)
    return Comparison(Diff(BASE, head, changes), snapshot, known, coverage, deltas)


def floor(
    id_: str, label: str, ratio: Ratio, required: str, before: Ratio | None = None, *, subject: str = ""
) -> RuleResult:
    """The answer of a rule with a percentage."""
    least = Fraction(required)
    noun = "branch" if id_.endswith("branch") else "statement"
    if not ratio.total:
        reason = f"the change holds no {noun}es"
        return RuleResult(id_, label, Status.NOT_APPLICABLE, reason, subject, ratio, required=least, noun=noun)
    short = ratio.short_of(least)
    status = Status.FAILED if short else Status.PASSED
    return RuleResult(id_, label, status, "", subject, ratio, before, ratio.percent, least, short, noun)


def rules(of: Comparison, diff_line: str = "90", total_line: str = "80") -> tuple[RuleResult, ...]:
    """The usual four rules."""
    past = of.baseline.snapshot if isinstance(of.baseline, Known) else None
    return (
        floor("diff.line", "Changed lines", of.coverage.line, diff_line),
        floor("diff.branch", "Changed branches", of.coverage.branch, "70"),
        floor("total.line", "Project lines", of.head.line, total_line, past.line if past else None),
    )


def gap(
    path: str,
    function: str,
    missed: tuple[tuple[int, int], ...],
    of: int,
    *,
    words: tuple[str, ...],
    after: Ratio,
    partial: tuple[MissedArc, ...] = (),
    passes: bool = False,
    unmeasured: bool = False,
) -> RankedGap:
    """A gap with its reasons."""
    lines = LineSet.spanning(missed)
    inside = Gap(path, function, lines, lines, partial, Ratio(of - len(lines), of), unmeasured)
    readings = tuple(Reading(f"signal_{n}", float(len(words) - n), told) for n, told in enumerate(words))
    return RankedGap(inside, float(len(lines)), readings, after, passes)


def suite(
    passed: int = 142, skipped: int = 3, failures: tuple[TestCase, ...] = (), seconds: float = 12.4
) -> SuiteResult:
    """A suite that ended, with so many tests."""
    cases = [
        TestCase(f"tests/test_cart.py::test_total[{n}]", Outcome.PASSED, round(0.01 * n % 2, 2)) for n in range(passed)
    ]
    cases += [
        TestCase(f"tests/test_gateway.py::test_live[{n}]", Outcome.SKIPPED, 0, "no network") for n in range(skipped)
    ]
    ending = Ending.FAILED if failures else Ending.PASSED
    words = "Tests failed." if failures else "All tests passed."
    return SuiteResult(ending, words, "pytest -q", int(bool(failures)), seconds, (*cases, *failures), counted=True)


def report(
    of: Comparison,
    results: tuple[RuleResult, ...],
    gaps: tuple[RankedGap, ...] = (),
    *,
    tests: SuiteResult | None = None,
    links: Links = LINKS,
    policy: Policy = POLICY,
    notes: tuple[str, ...] = (),
    pull_request: PullRequest | None = PULL_REQUEST,
) -> Report:
    """A report with the conclusion that follows from its parts."""
    tests = tests or suite()
    bad = any(result.status in (Status.FAILED, Status.UNKNOWN) for result in results)
    conclusion = Conclusion.ERROR if tests.broken else Conclusion.FAILED if bad else Conclusion.PASSED
    verdict = Verdict(conclusion, results)
    return Report(
        verdict,
        of,
        tests,
        gaps,
        policy,
        "0.1.0",
        links,
        notes=notes,
        pull_request=pull_request,
        enough=enough(gaps, of, verdict),
    )
