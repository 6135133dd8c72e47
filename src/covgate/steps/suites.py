"""Several suites in one run: each where it belongs, one after another, and what they measured made one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from covgate.errors import MeasurementError
from covgate.model.component import REST, depth, within
from covgate.model.origin import of_component
from covgate.model.policy import PolicyChange
from covgate.model.snapshot import FileCoverage, LeftOut, Origin, Snapshot
from covgate.model.suite import Ending, SuiteResult
from covgate.parse.combine import combined
from covgate.ports import BaseTree, Measurement, Suite, SuiteOrder

NO_SUITE = "no suite measures it: it belongs to no component"
_WORST_FIRST = (
    Ending.KILLED, Ending.TIMEOUT, Ending.CRASHED, Ending.FAILED, Ending.NO_TESTS, Ending.NOT_RUN, Ending.PASSED,
)  # fmt: skip
_ELSEWHERE = "elsewhere"

Run = tuple[SuiteOrder, Measurement]


def run_suites(order: SuiteOrder, suite: Suite) -> Measurement:
    """Runs the suite, or all suites that the order is made of, one after another.

    Errors: MeasurementError as of `Suite.measure`, with the component's name.
    """
    return _run(order, suite.measure)


def run_suites_on_base(order: SuiteOrder, tree: BaseTree, suite: Suite) -> Measurement:
    """The same on the base's files.

    Errors: as of `Suite.measure_base`, with the component's name.
    """
    return _run(order, lambda part: suite.measure_base(tree, part))


def _run(order: SuiteOrder, measure: Callable[[SuiteOrder], Measurement]) -> Measurement:
    if not order.parts:
        return measure(order)
    return united(order, [(part, _measured(part, measure)) for part in order.parts])


def _measured(part: SuiteOrder, measure: Callable[[SuiteOrder], Measurement]) -> Measurement:
    try:
        return measure(part)
    except MeasurementError as error:
        if not part.component:
            raise
        what = f"in the component `{part.component}`: {error.what}"
        raise MeasurementError(what, where=error.where, hint=error.hint) from error


def united(order: SuiteOrder, runs: Sequence[Run]) -> Measurement:
    """What several suites measured, as if one had.

    Shape:  a file that several suites measured with the same coverage.py and Python counts what any of them ran. With
            others, each file is counted by the suite of its own directory alone: the statements of two Pythons are not
            the same. Tests, exclusions and remarks bear the component's name. At least one run.
    """
    alike = len({_reader(run.snapshot.origin) for _, run in runs}) == 1
    files, notes = combined(file for part, run in runs for file in _counted(part, run, runs, alike=alike))
    seen = {file.path for file in files}
    left_out = (file for _, run in runs for file in run.snapshot.left_out)
    snapshot = Snapshot(
        files=files,
        origin=_origin(runs),
        unmeasured=tuple(_unseen((file for _, run in runs for file in run.snapshot.unmeasured), seen)),
        left_out=tuple(file for file in (*left_out, *_nobody_s(order)) if file.path not in seen),
        mapped=tuple(pair for _, run in runs for pair in run.snapshot.mapped),
        notes=(*(_named(part, note) for part, run in runs for note in run.snapshot.notes), *notes),
    )
    changes = (
        PolicyChange(_named(part, one.key), one.before, one.after) for part, run in runs for one in run.exclusions
    )
    suites = tuple((part.component, run.result) for part, run in runs)
    return Measurement(snapshot, united_result(suites), tuple(changes), suites=suites)


def _counted(part: SuiteOrder, run: Measurement, runs: Sequence[Run], *, alike: bool) -> Iterator[FileCoverage]:
    """The files of a suite that it counts: all of them, or those that are not another suite's to count."""
    directories = [other.directory for other, _ in runs if other.component]
    for file in run.snapshot.files:
        around = [directory for directory in directories if within(file.path, directory)]
        if alike or not around or max(around, key=depth) == part.directory:
            yield file


def _unseen(files: Iterable[FileCoverage], seen: set[str]) -> tuple[FileCoverage, ...]:
    return tuple(sorted((file for file in files if file.path not in seen), key=lambda file: file.path))


def _nobody_s(order: SuiteOrder) -> Iterator[LeftOut]:
    """Changed files that no suite was asked for."""
    asked = {path for part in order.parts for path in part.changed}
    return (LeftOut(path, NO_SUITE) for path in order.changed if path not in asked)


def _reader(origin: Origin) -> tuple[str, str, str]:
    """What decides which statements there are in a file."""
    return origin.tool, origin.version, origin.python


def _origin(runs: Sequence[Run]) -> Origin:
    """Who measured, in sum: where suites differ, each value with the names of the components that it holds for."""
    origins = [(part.component or _ELSEWHERE, run.snapshot.origin) for part, run in runs]
    return Origin(
        tool=_told((name, origin.tool) for name, origin in origins),
        version=_told((name, origin.version) for name, origin in origins),
        python=_told((name, origin.python) for name, origin in origins),
        core=_told((name, origin.core) for name, origin in origins),
        has_branches=all(origin.has_branches for _, origin in origins),
        exclusions=_exclusions(runs),
    )


def _told(values: Iterable[tuple[str, str]]) -> str:
    """The one value, or each with the names that it holds for: "CPython 3.11.7 (api), 3.12.1 (worker)"."""
    names: dict[str, list[str]] = {}
    for name, value in values:
        names.setdefault(value, []).append(name)
    if len(names) == 1:
        return next(iter(names))
    kinds = {value.rpartition(" ")[0] for value in names}
    kind = f"{kinds.pop()} ".lstrip() if len(kinds) == 1 else ""
    told = sorted((value.removeprefix(kind) or "unknown", of) for value, of in names.items())
    return kind + ", ".join(f"{value} ({', '.join(of)})" for value, of in told)


def _exclusions(runs: Sequence[Run]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What decides what counts, by the component that it decides for."""
    origins = ((part, run.snapshot.origin) for part, run in runs)
    pairs = (
        of_component(part.component, part.directory, origin) if part.component else origin.exclusions
        for part, origin in origins
    )
    return tuple(sorted(chain.from_iterable(pairs)))


def _named(part: SuiteOrder, words: str) -> str:
    return f"{part.component}: {words}" if part.component else words


def united_result(suites: Sequence[tuple[str, SuiteResult]]) -> SuiteResult:
    """The result of all suites together; one that did not end well spoils the whole.

    Shape:  the component's name stands before the names of its tests; the words name those that did not end well; the
            command is that of the only such one.
    Units:  seconds of all of them, which ran one after another.
    """
    worst = min((result for _, result in suites), key=lambda result: _WORST_FIRST.index(result.ending))
    broken = [(name, result) for name, result in suites if result.broken]
    words = [f"In the component `{name}`: {result.words}" if name else result.words for name, result in broken]
    return SuiteResult(
        ending=worst.ending,
        words=" ".join(words) or f"{len(suites)} suites ended well.",
        command=broken[0][1].command if len(broken) == 1 else "",
        exit_code=worst.exit_code,
        seconds=sum(result.seconds for _, result in suites),
        cases=tuple(
            replace(case, name=f"{name}: {case.name}") if name != REST else case
            for name, result in suites
            for case in result.cases
        ),
        counted=all(result.counted for _, result in suites),
    )
