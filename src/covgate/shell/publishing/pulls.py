"""The open pull requests of a branch, asked of GitHub."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from pydantic import TypeAdapter

from covgate.errors import PublishingError
from covgate.model.place import Place, WorkflowRun
from covgate.ports import OpenPullRequest, Posted
from covgate.shell.forge.forge import Deadline
from covgate.shell.forge.place import PullRow, opened

SOUGHT = ("the pull request's comment", "`permissions: pull-requests: write`")


class _Pull(PullRow):
    state: Literal["open", "closed"]


_PULLS = TypeAdapter(list[_Pull])


@dataclass(frozen=True, slots=True)
class GitHubPullRequests:
    """ports.PullRequests on GitHub.

    Units:  seconds. `deadline_seconds` bounds everything, `timeout_seconds` the silence within one answer.
    """

    place: Place
    token: str
    authorities: str = ""
    deadline_seconds: float = 60.0
    timeout_seconds: int = 10
    pause: Callable[[float], None] = time.sleep

    def of_branch(self, run: WorkflowRun) -> tuple[OpenPullRequest, ...]:
        """The open pull requests that come from the run's branch.

        Errors: PublishingError where GitHub refuses or cannot be understood.
        """
        found: list[OpenPullRequest] = []
        deadline = Deadline(self.deadline_seconds, self.pause)
        late = Posted("refused", f"GitHub took longer than {self.deadline_seconds:g} seconds")
        answer = deadline.hold(lambda: self._found(run, found, deadline), late)
        if answer.failed:
            raise PublishingError(f"the pull request cannot be found: {answer.words}")
        return tuple(found)

    def _found(self, run: WorkflowRun, found: list[OpenPullRequest], deadline: Deadline) -> Posted:
        from covgate.shell.forge.connection import WRITES, asked, connected, patience  # noqa: PLC0415  # it is slow
        from covgate.shell.forge.words import Aim, words  # noqa: PLC0415

        owner = run.head_repository.partition("/")[0]
        query = urlencode({"state": "open", "head": f"{owner}:{run.head_branch}", "per_page": 100})
        url = f"/repos/{self.place.repository}/pulls?{query}"
        with connected(self.place.api_url, self.token, self.timeout_seconds, deadline.wait, self.authorities) as github:
            for attempt in range(WRITES + 1):
                try:
                    rows = _PULLS.validate_python(asked(github.requester, "GET", url)[1])
                except Exception as error:  # noqa: BLE001  # PyGithub raises anything on odd answers
                    try:
                        deadline.wait(patience(error, attempt))
                    except Exception as final:  # noqa: BLE001  # `patience` raises what is final
                        return Posted("refused", words(final, self.place, Aim(*SOUGHT)))
                else:
                    found.extend(_told(rows))
                    break
        return Posted("skipped", "")


def _told(rows: list[_Pull]) -> Iterator[OpenPullRequest]:
    """A deleted fork leaves the head without a repository: it belongs to nobody."""
    for row in rows:
        head, base = row.head, row.base
        yield OpenPullRequest(opened(row), base.repository, head.repository, head.ref, open=row.state == "open")
