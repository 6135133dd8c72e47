"""The second, privileged half for pull requests whose own run cannot write: take its report, and post it.

That run executed a stranger's code, so that nothing that it left is believed: the report is read within bounds, must
agree with itself, and is rendered anew; where it is posted is what GitHub says of the run, with links made of that.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from covgate.errors import MeasurementError, PublishingError, SettingsError
from covgate.model.place import Place, PullRequest, WorkflowRun
from covgate.model.report import Links, Report
from covgate.parse.report.reading import read_report, refuse_contradictions
from covgate.ports import Forge, Output, Posted, PullRequests
from covgate.render import Deliverables, deliverables
from covgate.render.formats.comment import LIMIT
from covgate.render.formats.json_report import report_json
from covgate.settings import Settings
from covgate.shell.publishing.artifact import REPORT, report_bytes
from covgate.shell.publishing.binding import bound, chosen, idle_reason, unbound_reason
from covgate.steps.reporting import links
from covgate.steps.telling import deliver, publish, tell_failure

FORK_NOTE = (
    "Measured by a workflow run of the fork, which the fork's own files decide: that run's check is the gate, and this "
    "comment tells what it reported."
)
OTHER_RUN_S = ("gaps.json", "plan.md")
"""Files for which a report does not hold enough: the run that measured has written them."""
NO_CHECK_RUN = (
    "no check run is made for another run: a stranger's word would look like a gate. That run's own check is one"
)
SAFE_EVENT = "Publish from a workflow `on: workflow_run`, which the measuring workflow starts when it has ended."


@dataclass(frozen=True, slots=True)
class Publication:
    """One run of the second half.

    Shape:  `folder` holds the other run's report; `forge` is asked for the forge of a place whose pull request is
            known; `wanted` False posts nothing.
    """

    place: Place
    settings: Settings
    folder: Path
    pulls: PullRequests
    forge: Callable[[Place], Forge]
    output: Output
    wanted: bool = True

    def run(self) -> int:
        """Finds the pull request, takes the report, posts it; the exit code.

        Shape:  0 posted, or nothing to post; 6 not posted where that is required. A failed gate was the other run's
                answer and does not fail this one.
        Errors: SettingsError on an event that tells of no other run; MeasurementError where the report is refused,
                after the summary and, where its pull request is known, the comment have been told so.
        """
        if self.place.kind == "terminal":
            self._shown(self._read(), Links())
            return 0
        posted = self._posted(run_of(self.place))
        if self.settings.check_run:
            self.output.tell(f"covgate: {NO_CHECK_RUN}")
        return PublishingError.exit_code if self.settings.publish.required and posted.failed else 0

    def _posted(self, run: WorkflowRun) -> Posted:
        if reason := idle_reason(run):
            return self._told(Posted("skipped", reason))
        try:
            listed = self.pulls.of_branch(run)
        except PublishingError as error:
            return self._told(Posted("refused", str(error)))
        pulls = bound(run, self.place, listed)
        if not pulls:
            return self._told(Posted("refused", unbound_reason(run, self.place, listed)))
        return self._post(run, pulls)

    def _post(self, run: WorkflowRun, pulls: tuple[PullRequest, ...]) -> Posted:
        """Posts the report to the one of these pull requests that it belongs to."""
        try:
            read = self._read()
            there = at(self.place, run, chosen(read.pull_request, run, pulls))
            told = replace(without_advice(read, there), pull_request=there.pull_request, notes=notes(read, there))
            report, texts = self._shown(told, links(there, read.comparison.diff))
        except Exception as error:
            known = at(self.place, run, pulls[0]) if len(pulls) == 1 else replace(self.place, run_url=run.url)
            tell_failure(error, known, self.output, self.forge(known) if self._comment != "never" else None)
            raise
        return publish(report, texts, there, wanted=self._comment, forge=self.forge(there), output=self.output)

    def _read(self) -> Report:
        """The other run's report, refused where it does not agree with itself.

        Errors: MeasurementError.
        """
        read = read_report(report_bytes(self.folder), REPORT)
        refuse_contradictions(read, report_json(read.report), REPORT)
        return read.report

    def _shown(self, read: Report, to: Links) -> tuple[Report, Deliverables]:
        """The report with its links, in every form but the annotations, whose lines are the other run's.

        Errors: MeasurementError where the comment would be longer than the forge takes: it is no text of covgate's.
        """
        report = replace(read, links=to, top=self.settings.gaps.top)
        texts = deliverables(report)
        if len(texts.comment.encode()) > LIMIT:
            raise MeasurementError("the report is refused: its comment would be too long", where=REPORT)
        files = tuple((name, text) for name, text in texts.files if name not in OTHER_RUN_S)
        deliver(report, replace(texts, annotations="", files=files), self.output)
        return report, texts

    @property
    def _comment(self) -> str:
        return self.settings.comment if self.wanted else "never"

    def _told(self, posted: Posted) -> Posted:
        self.output.tell(f"covgate: {posted.words}")
        return posted


def run_of(place: Place) -> WorkflowRun:
    """The other workflow's run.

    Errors: SettingsError where the event tells of none.
    """
    if place.workflow_run is None:
        told = (
            place.note or f"the event `{place.event}` tells of no other workflow's run, whose report could be published"
        )
        raise SettingsError(told, where="mode: publish", hint=SAFE_EVENT)
    return place.workflow_run


def at(place: Place, run: WorkflowRun, pull: PullRequest) -> Place:
    """The place with the pull request that was found, and the run in which the whole report can be read."""
    return replace(place, pull_request=pull, run_url=run.url)


def without_advice(report: Report, there: Place) -> Report:
    """The report of a fork without the patch that it proposes: a stranger's lines, told as covgate's advice."""
    fork = there.pull_request is not None and there.pull_request.fork
    return replace(report, proposals=(), patch="") if fork else report


def notes(report: Report, there: Place) -> tuple[str, ...]:
    """The report's remarks, and whose word it is."""
    fork = there.pull_request is not None and there.pull_request.fork
    return (*report.notes, FORK_NOTE) if fork else report.notes
