"""After the verdict, or where there is none: every form of the report to its place."""

from covgate.errors import CovgateError, Interrupted, bug
from covgate.model.check_run import CheckRun
from covgate.model.place import Place
from covgate.model.report import Links, Report
from covgate.model.verdict import Conclusion
from covgate.ports import Forge, Output, Ports, Posted
from covgate.render import (
    Deliverables,
    comment_marker,
    failure_annotation,
    failure_report,
)
from covgate.render.check_run import check_run, failed_check_run
from covgate.settings import Settings
from covgate.steps.requests import Request

DEFAULT_KEY = "default"


def deliver(report: Report, texts: Deliverables, output: Output) -> None:
    """Every form of the report to its place; the terminal's last, so that it stands at the end of the log."""
    paths = {name: output.write(name, text) for name, text in texts.files}
    output.summarise(texts.summary)
    output.annotate(texts.annotations)
    output.set_outputs({**texts.outputs, "report": paths.get("report.json", "")})
    output.show(report)


def publish(report: Report, texts: Deliverables, place: Place, *, wanted: str, forge: Forge, output: Output) -> Posted:
    """The comment, where one is wanted. A refusal is told and changes nothing else."""
    if wanted == "never":
        return Posted("skipped", "No comment is wanted for this run.")
    passed = report.verdict.conclusion is Conclusion.PASSED
    if place.kind != "terminal":
        output.progress("Posting the comment")
    posted = forge.post_comment(texts.comment, texts.marker, create=wanted != "on-failure" or not passed)
    output.progress("")
    output.set_outputs({"comment-id": str(posted.comment_id or ""), "comment-url": posted.url})
    if place.kind != "terminal":
        output.tell(f"covgate: {posted.words}")
    return posted


def publish_check(check: CheckRun, place: Place, forge: Forge, output: Output) -> None:
    """The check run, where one is wanted. A refusal is told and changes nothing else."""
    posted = forge.post_check(check)
    if place.kind != "terminal":
        output.tell(f"covgate: {posted.words}")


def failure_of(error: Exception) -> CovgateError:
    """The error as users meet it."""
    return error if isinstance(error, CovgateError) else bug(error)


def tell_failure(error: Exception, place: Place, output: Output, forge: Forge | None) -> None:
    """Says in the summary, the log and the comment that there is no verdict, so that an older one does not stand.

    A run that was stopped leaves the comment alone: most often a newer run, which will write it, took its place.
    """
    failure = failure_of(error)
    run_links = Links(run=place.run_url)
    output.summarise(failure_report(failure, run_links))
    output.annotate(failure_annotation(failure))
    output.set_outputs({"verdict": Conclusion.ERROR.value})
    if forge is not None and place.pull_request is not None and not isinstance(failure, Interrupted):
        marker = comment_marker(DEFAULT_KEY)
        output.tell(f"covgate: {forge.post_comment(failure_report(failure, run_links, marker), marker).words}")


def published(
    report: Report, texts: Deliverables, request: Request, settings: Settings, ports: Ports, *, blocks: bool
) -> Posted:
    """Posts the comment and, where one is wanted, the check run; `blocks` says that a failed gate fails the run."""
    wanted = settings.comment if request.publish else "never"
    posted = publish(report, texts, request.place, wanted=wanted, forge=ports.forge, output=ports.output)
    if settings.check_run and request.publish:
        publish_check(check_run(report, blocks=blocks), request.place, ports.forge, ports.output)
    return posted


def tell_no_verdict(error: Exception, request: Request, settings: Settings, ports: Ports) -> None:
    """Says wherever a verdict would have been told that there is none."""
    wanted = request.publish and settings.comment != "never"
    tell_failure(error, request.place, ports.output, ports.forge if wanted else None)
    if settings.check_run and request.publish and not isinstance(error, Interrupted):
        unjudged = failed_check_run(failure_of(error), Links(run=request.place.run_url))
        publish_check(unjudged, request.place, ports.forge, ports.output)


def exit_code(report: Report, posted: Posted, *, fails: bool, required: bool) -> int:
    """0 passed, 1 gate failed, 3 suite failed, 6 not published where that is required."""
    match report.verdict.conclusion:
        case Conclusion.ERROR:
            return 3
        case Conclusion.FAILED if fails:
            return 1
        case Conclusion.FAILED | Conclusion.PASSED:
            return 6 if required and posted.failed else 0
