"""Where a run takes place, and what a pull request it belongs to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PullRequest:
    """The pull request that a run belongs to.

    Shape:  `base_sha` is the tip of the base branch when the event was made; `fork` says that the head is in another
            repository.
    """

    number: int
    base_sha: str
    head_sha: str
    base_ref: str = ""
    fork: bool = False


@dataclass(frozen=True, slots=True)
class WorkflowRun:
    """Another workflow's run that has ended, and that this one was started by, as the forge tells it.

    Shape:  `event` is what started that run, `head_sha`, `head_branch` and `head_repository` ("owner/name") what it ran
            for; `head_repository` is "" where a fork was deleted since; `url` is the run's page or "".
    """

    event: str
    conclusion: str
    head_sha: str
    head_branch: str
    head_repository: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A terminal, or a forge's runner.

    Shape:  `kind` is "terminal" or "github"; URLs as the runner gives them, without a trailing slash; `repository` is
            "owner/name"; `default_branch` is "" where not known; `note` is a remark for the reader on what could not
            be read of the event, or ""; `workflow_run` is the other workflow's run on that event; `sha` is the commit
            that the runner was started for, a merge commit on a pull request; `branch` is the branch that it was
            started for, "" for a tag or a pull request.
    """

    kind: str = "terminal"
    event: str = ""
    repository: str = ""
    server_url: str = ""
    api_url: str = ""
    run_url: str = ""
    default_branch: str = ""
    pull_request: PullRequest | None = None
    note: str = ""
    workflow_run: WorkflowRun | None = None
    sha: str = ""
    branch: str = ""
