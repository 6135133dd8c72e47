"""Where a run takes place, read from the runner's variables and the event that it was started by.

Only numbers, commit ids and names of branches are taken from the event: titles, texts and logins in it are written by
whoever opened the pull request.
"""

from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from covgate.model.place import Place, PullRequest, WorkflowRun

PULL_REQUEST_EVENTS = ("pull_request", "pull_request_target")
PRIVILEGED_EVENTS = ("pull_request_target", "workflow_run")
SAFE_PATTERN = (
    "Measure in a workflow on `pull_request`, whose token can only read, and post from a second workflow on "
    "`workflow_run` with `mode: publish`, which runs no code of the pull request."
)

Sha = Annotated[str, Field(pattern="^([0-9a-f]{40}|[0-9a-f]{64})$")]
Number = Annotated[int, Field(gt=0)]


class RepositoryRow(BaseModel):
    """A repository's names."""

    full_name: str = ""
    default_branch: str = ""


class SideRow(BaseModel):
    """One side of a pull request; no `repo` where a fork was deleted."""

    sha: Sha
    ref: str = ""
    repo: RepositoryRow | None = None

    @property
    def repository(self) -> str:
        """The name of its repository, "" where that is gone."""
        return self.repo.full_name if self.repo else ""


class PullRow(BaseModel):
    """A pull request, in an event as in GitHub's answers."""

    number: Number
    base: SideRow
    head: SideRow


class _MergeGroup(BaseModel):
    head_sha: Sha
    head_ref: str
    base_sha: Sha
    base_ref: str = ""


class _WorkflowRun(BaseModel):
    id: Number
    event: str
    conclusion: str | None = None
    head_sha: Sha
    head_branch: str | None = None
    head_repository: RepositoryRow | None = None


class _Event(BaseModel):
    repository: RepositoryRow | None = None
    pull_request: PullRow | None = None
    merge_group: _MergeGroup | None = None
    workflow_run: _WorkflowRun | None = None


class _QueueRef(BaseModel):
    number: Number


def place(environment: Mapping[str, str], read: Callable[[str], bytes]) -> Place:
    """The terminal, or the runner and the pull request that it runs for.

    Shape:  `read` returns a file's bytes; it is called for the event only. A push, a schedule or a run by hand has no
            pull request here (see `questions` for a push). In a merge queue it is the one that the queue's
            branch is named after.
    Errors: none. An event that cannot be read costs the comment and not the verdict, which needs only the commits on
            disk: the place has no pull request then, and a note.
    Source: GitHub's "Default environment variables" and "Webhook events and payloads".
    """
    if environment.get("GITHUB_ACTIONS") != "true":
        return Place()
    name = environment.get("GITHUB_EVENT_NAME", "")
    event, note = _read_event(environment.get("GITHUB_EVENT_PATH", ""), read)
    pull_request = _pull_request(name, event)
    if pull_request is None and not note and name in (*PULL_REQUEST_EVENTS, "merge_group"):
        note = _without_comment(f"it names no pull request, and a {name} event has one")
    server_url = environment.get("GITHUB_SERVER_URL", "").rstrip("/")
    repository = environment.get("GITHUB_REPOSITORY", "")
    branch = _branch(environment.get("GITHUB_REF", ""))
    return Place(
        kind="github",
        event=name,
        repository=repository,
        server_url=server_url,
        api_url=environment.get("GITHUB_API_URL", "").rstrip("/"),
        run_url=_run_url(server_url, repository, environment.get("GITHUB_RUN_ID", "")),
        default_branch=_default_branch(name, event, branch),
        pull_request=pull_request,
        note=note,
        workflow_run=_ended_run(event.workflow_run, server_url, repository) if event.workflow_run else None,
        sha=environment.get("GITHUB_SHA", ""),
        branch=branch,
    )


def refusal(here: Place) -> str:
    """Why no suite may run for this event, with the safe way; "" where it may.

    Source: GitHub Security Lab, "Preventing pwn requests".
    """
    if here.event not in PRIVILEGED_EVENTS:
        return ""
    return (
        f"A test suite is not run on `{here.event}`: it would execute the code of a pull request, perhaps from a fork, "
        f"beside a token that can write and the repository's secrets. {SAFE_PATTERN}"
    )


def _read_event(path: str, read: Callable[[str], bytes]) -> tuple[_Event, str]:
    """The event and "", or an empty one and why."""
    if not path:
        return _Event(), _without_comment("GITHUB_EVENT_PATH is not set")
    try:
        return _Event.model_validate_json(read(path)), ""
    except OSError as error:
        return _Event(), _without_comment(f"{path}: {error.strerror or error}")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return _Event(), _without_comment(f"{path}: {where + ': ' if where else ''}{first['msg']}")


def _without_comment(reason: str) -> str:
    return f"The event cannot be read, so there is no pull request to comment on ({reason})."


def _pull_request(name: str, event: _Event) -> PullRequest | None:
    if name in PULL_REQUEST_EVENTS and event.pull_request:
        return opened(event.pull_request)
    if name == "merge_group" and event.merge_group:
        return _queued(event.merge_group)
    return None


def opened(pull: PullRow) -> PullRequest:
    """A deleted fork leaves the head without a repository: it is a fork still."""
    head, base = pull.head, pull.base
    own = head.repository == base.repository != ""
    return PullRequest(pull.number, base.sha, head.sha, base_ref=base.ref, fork=not own)


def _queued(group: _MergeGroup) -> PullRequest | None:
    """The queue's branches are called `gh-readonly-queue/<base>/pr-<number>-<sha>`; nothing else tells the number."""
    number = group.head_ref.rpartition("/pr-")[2].partition("-")[0]
    try:
        queue = _QueueRef.model_validate({"number": number})
    except ValidationError:
        return None
    base_ref = group.base_ref.removeprefix("refs/heads/")
    return PullRequest(queue.number, group.base_sha, group.head_sha, base_ref=base_ref)


def _ended_run(run: _WorkflowRun, server_url: str, repository: str) -> WorkflowRun:
    return WorkflowRun(
        event=run.event,
        conclusion=run.conclusion or "",
        head_sha=run.head_sha,
        head_branch=run.head_branch or "",
        head_repository=run.head_repository.full_name if run.head_repository else "",
        url=_run_url(server_url, repository, str(run.id)),
    )


def _default_branch(name: str, event: _Event, branch: str) -> str:
    """The default branch's name, "" where not known. A schedule is always the default branch's, whatever it tells."""
    told = event.repository.default_branch if event.repository else ""
    return told or (branch if name == "schedule" else "")


def _branch(ref: str) -> str:
    return ref.removeprefix("refs/heads/") if ref.startswith("refs/heads/") else ""


def _run_url(server_url: str, repository: str, run_id: str) -> str:
    return f"{server_url}/{repository}/actions/runs/{run_id}" if server_url and repository and run_id else ""
