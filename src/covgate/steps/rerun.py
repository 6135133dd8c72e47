"""The suite on the base: whether this run may run it, and what comes of it."""

from dataclasses import dataclass, replace
from typing import Any

from covgate import __version__
from covgate.errors import ComparisonError, CovgateError, MeasurementError, SettingsError
from covgate.model.comparison import Baseline, Known, Missing
from covgate.model.diff import Diff
from covgate.ports import BaseTree, Measurement, Ports, Repository, SuiteOrder
from covgate.settings import Settings, suite_at_base
from covgate.steps.components import suites_at_base
from covgate.steps.preparing import settings_order
from covgate.steps.requests import Request
from covgate.steps.suites import run_suites_on_base

RAN = "No stored snapshot of the base compares, so the suite was run there too."


@dataclass(frozen=True, slots=True)
class Rerun:
    """How the suite can be run on the base in this run.

    Shape:  `tree` is None where it cannot, or must not; `refusal` is then the reason, as a clause.
    """

    sha: str
    order: SuiteOrder
    tree: BaseTree | None = None
    refusal: str = ""


def planned_rerun(
    request: Request,
    settings: Settings,
    base: Settings | None,
    diff: Diff,
    order: SuiteOrder,
    *,
    repository: Repository,
) -> Rerun:
    """Whether the suite may be run on the base, and its files laid out where it may: later, nothing asks Git.

    Shape:  `settings` are those that this run goes by, `base` the base's own, None where there are none; `order` is the
            head's.
    """
    refusal = unfit(request, diff, order) or unwanted(request, settings)
    plan = Rerun(diff.base.sha, base_order(settings, base, diff, repository), refusal=refusal)
    if refusal:
        return plan
    try:
        return replace(plan, tree=repository.lay_out(diff.base.sha))
    except ComparisonError as error:
        return replace(plan, refusal=f"the suite could not be run on the base ({_clause(error.what)})")


def base_order(settings: Settings, base: Settings | None, diff: Diff, repository: Repository) -> SuiteOrder:
    """What the base's suites are asked for: the change says nothing about it, and coverage is configured as there."""
    there = replace(settings, suite=suite_at_base(settings, base))
    order = suites_at_base(settings_order(there), there, base, diff, repository)
    seconds = settings.baseline.timeout_seconds
    return replace(order, **_within(seconds), parts=tuple(replace(part, **_within(seconds)) for part in order.parts))


def _within(seconds: int | None) -> dict[str, Any]:
    return {"timeout_seconds": seconds} if seconds else {}


def unfit(request: Request, diff: Diff, order: SuiteOrder) -> str:
    """Why the suite cannot be run on the base whatever anybody wants, "" where it can."""
    if order.shards:
        return "a suite in shards is not run on the base"
    if request.data:
        return "coverage was given, so no suite is run on the base"
    if diff.base.sha == diff.head.sha and not diff.head.dirty:
        return "base and head are the same commit"
    return ""


def unwanted(request: Request, settings: Settings) -> str:
    """Why nobody wants the suite to be run on the base, "" where somebody does."""
    wanted, place = settings.baseline.rerun, request.place
    if wanted == "never":
        return "`baseline.rerun` is `never`"
    if wanted == "always" or (place.kind != "terminal" and (place.pull_request or place.event == "merge_group")):
        return ""
    if place.kind == "terminal":
        return "on a terminal the suite is run on the base only with `--rerun always`"
    return "outside of pull requests and merge queues the suite is run on the base only where `baseline.rerun` says so"


def rerun(missing: Missing, plan: Rerun, ports: Ports) -> Baseline:
    """What the suite covers on the base, or the old reason and the new one why nobody knows.

    Errors: none of the base's; a suite that did not end well there has no numbers, whatever it covered until then.
    """
    if plan.tree is None:
        return _also(missing, plan.refusal)
    try:
        measurement = run_suites_on_base(plan.order, plan.tree, ports.suite)
    except (MeasurementError, SettingsError) as error:
        ports.output.tell(_in_full(error))
        return _also(missing, f"the suite could not be run on the base ({_clause(error.what)})")
    ports.output.tell(f"covgate: the suite took {measurement.result.seconds:.1f} s on the base")
    if fault := _fault(measurement):
        return _also(missing, fault)
    return Known(measurement.snapshot, plan.sha, "rerun", suite=measurement.result, covgate=__version__)


def rerun_notes(baseline: Baseline, plan: Rerun) -> tuple[str, ...]:
    """What the reader must know of the suite's run on the base, where its numbers are used.

    Shape:  without the time that it took, which is in the log: a comment that says the same again is not sent again.
    """
    if not (isinstance(baseline, Known) and baseline.source == "rerun" and plan.tree):
        return ()
    lacked = plan.tree.missing
    return (RAN, f"The base's suite was run without {', '.join(lacked)}.") if lacked else (RAN,)


def _fault(measurement: Measurement) -> str:
    result = measurement.result
    if result.broken:
        return f"the suite did not end well on the base ({_clause(result.words)})"
    if not measurement.snapshot.line.covered:
        return "the suite ran none of the base's files, but perhaps an installed copy of the head's"
    return ""


def _also(missing: Missing, reason: str) -> Missing:
    return Missing(f"{missing.reason}; {reason}")


def _clause(words: str) -> str:
    """The first line of a message as a part of a sentence."""
    return words.partition("\n")[0].strip().removesuffix(".")


def _in_full(error: CovgateError) -> str:
    told = f"covgate: the suite could not be run on the base: {error}"
    return f"{told}\n  {error.hint}" if error.hint else told
