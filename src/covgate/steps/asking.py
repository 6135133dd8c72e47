"""All that the repository is asked, in one go before any suite runs: later, nothing of it can be trusted any more."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from covgate.compare import fingerprints
from covgate.judge import Thresholds
from covgate.model.comparison import Baseline
from covgate.model.diff import Diff
from covgate.model.policy import Policy
from covgate.ports import Ports, SuiteOrder
from covgate.settings import Settings, effective_fail, effective_policy, effective_shards
from covgate.steps.components import Components, components_of, with_suites
from covgate.steps.outlook import SettingsFile, settings_file
from covgate.steps.preparing import base_settings, suite_order
from covgate.steps.ranking import Gathered, gathered
from covgate.steps.requests import Request
from covgate.steps.rerun import Rerun, planned_rerun
from covgate.steps.sources import read_sources


@dataclass(frozen=True, slots=True)
class Asked:
    """What the repository and its settings say of this run.

    Shape:  `thresholds` are the base's, `policy` whose they are; `order` is what the suites are asked for;
            `fingerprints` are those of the changed files by path; `stored` is what lies on the data branch for the
            base, `rerun` how the suite could be run there; `known` is what gaps are ranked by, `file` the settings file
            that holds; `fails` says whether a failed gate fails the run.
    """

    diff: Diff
    thresholds: Thresholds
    policy: Policy
    order: SuiteOrder
    components: Components
    fingerprints: Mapping[str, str]
    stored: Baseline
    rerun: Rerun
    known: Gathered
    file: SettingsFile
    fails: bool


def ask(request: Request, settings: Settings, ports: Ports) -> Asked:
    """Everything that is to be known before a suite runs.

    Errors: ComparisonError where there is no base; SettingsError where its settings and the head's do not go together.
    """
    repository = ports.repository
    diff = repository.change(request.base)
    base = base_settings(request.config, diff, repository)
    thresholds, policy = effective_policy(settings, base.settings, base_had_file=base.had_file)
    components = components_of(settings, base.settings, repository)
    whole = replace(
        suite_order(settings, base.settings, diff, repository),
        shards=effective_shards(settings, base.settings),
        head_sha=diff.head.sha or "",
    )
    order = with_suites(whole, components, settings, diff, repository, base=base.settings)
    return Asked(
        diff=diff,
        thresholds=thresholds,
        policy=replace(policy, changes=(*request.moved, *policy.changes)),
        order=order,
        components=components,
        fingerprints=fingerprints((path, repository.read_head(path)) for path in order.changed),
        stored=ports.baselines.find(diff),
        rerun=planned_rerun(request, settings, base.settings, diff, order, repository=repository),
        known=gathered(diff.base.sha, read_sources(repository), settings.gaps, thresholds, repository),
        file=settings_file(base, request.config, repository),
        fails=effective_fail(settings, base.settings),
    )
