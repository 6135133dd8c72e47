"""Which pull request a report may be posted to: decided by what GitHub says, never by what the report says."""

from collections.abc import Sequence

from covgate.errors import MeasurementError
from covgate.model.place import Place, PullRequest, WorkflowRun
from covgate.ports import OpenPullRequest
from covgate.shell.publishing.artifact import REPORT

WITHOUT_RESULT = ("cancelled", "skipped", "stale", "action_required")
FORGED = "It belongs to another run. Both workflows must be those of covgate's documentation, unchanged."


def idle_reason(run: WorkflowRun) -> str:
    """Why there is nothing to publish for this run, "" where there is something."""
    if run.event != "pull_request":
        return f"the other run was made for `{run.event}` and not for `pull_request`: there is nothing to publish"
    if run.conclusion in WITHOUT_RESULT:
        return f"the other run has no result ({run.conclusion}): there is nothing to publish"
    return ""


def bound(run: WorkflowRun, here: Place, listed: Sequence[OpenPullRequest]) -> tuple[PullRequest, ...]:
    """The open pull requests of this repository whose head is just what the run ran for: repository, branch, commit."""
    return tuple(one.pull for one in _of_branch(run, here, listed) if one.pull.head_sha == run.head_sha)


def unbound_reason(run: WorkflowRun, here: Place, listed: Sequence[OpenPullRequest]) -> str:
    """Why no pull request fits."""
    if not run.head_repository:
        return "the fork of the other run is not there any more: its pull request cannot be told"
    moved = [one.pull for one in _of_branch(run, here, listed)]
    if moved:
        is_now = ", ".join(f"#{pull.number} is at {pull.head_sha[:7]}" for pull in moved)
        return f"the other run is out of date: it ran for {run.head_sha[:7]}, and {is_now}"
    return f"no open pull request comes from the branch that the other run ran for ({run.head_sha[:7]})"


def _of_branch(run: WorkflowRun, here: Place, listed: Sequence[OpenPullRequest]) -> list[OpenPullRequest]:
    wanted = (run.head_repository.casefold(), run.head_branch, here.repository.casefold())
    return [
        one
        for one in listed
        if one.open
        and run.head_repository
        and (one.head_repository.casefold(), one.head_branch, one.base_repository.casefold()) == wanted
    ]


def chosen(hint: PullRequest | None, run: WorkflowRun, pulls: Sequence[PullRequest]) -> PullRequest:
    """The one of the bound pull requests that the report was made for.

    Errors: MeasurementError where the report says that it was made for another commit or another pull request.
    """
    if hint is None:
        raise _forged("it was made for no pull request")
    if hint.head_sha != run.head_sha:
        raise _forged(f"it was made for the commit {hint.head_sha[:7]}, and the other run for {run.head_sha[:7]}")
    for pull in pulls:
        if pull.number == hint.number:
            return pull
    numbers = " and ".join(f"#{pull.number}" for pull in pulls)
    raise _forged(f"it says that it belongs to #{hint.number}, and the other run belongs to {numbers}")


def _forged(what: str) -> MeasurementError:
    return MeasurementError(f"the report is refused: {what}", where=REPORT, hint=FORGED)
