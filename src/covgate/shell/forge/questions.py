"""What only GitHub can say about commits: whose pull request one belongs to, where two of them part.

Asked before the suite runs, and only where neither the event nor the clone tells. No answer is no error: a push without
a pull request has no comment, and a merge base can be found by fetching history instead.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, TypeAdapter

from covgate.model.place import Place
from covgate.shell.forge.forge import Answer, Deadline
from covgate.shell.forge.place import PullRow, Sha, SideRow, opened


class _Pull(PullRow):
    state: str


class _Commit(BaseModel):
    sha: Sha


class _Comparison(BaseModel):
    merge_base_commit: _Commit


_PULLS = TypeAdapter(list[_Pull])


@dataclass(frozen=True, slots=True)
class Questions:
    """Asks the place's GitHub.

    Units:  seconds. `deadline_seconds` bounds each question, `timeout_seconds` the silence within one answer.
    """

    place: Place
    token: str
    authorities: str = ""
    deadline_seconds: float = 20.0
    timeout_seconds: int = 10
    pause: Callable[[float], None] = time.sleep

    def place_of_push(self) -> Place:
        """The place, with the open pull request that the pushed commit is the head of.

        Shape:  the default branch is nobody's pull request. Of several it is the one into the default branch, else the
                oldest.
        Errors: none; that nobody could be asked becomes the place's note.
        """
        here = self.place
        if here.event != "push" or not (here.branch and here.sha and self.token):
            return here
        if here.branch == here.default_branch:
            return here
        rows = self._asked(f"/repos/{here.repository}/commits/{here.sha}/pulls?per_page=100", _PULLS.validate_python)
        if rows is None:
            return replace(here, note="GitHub could not be asked for this push's pull request, so there is no comment.")
        own = [row for row in rows if row.state == "open" and row.head.sha == here.sha and self._is_here(row.base)]
        own.sort(key=lambda row: (row.base.ref != here.default_branch, row.number))
        return replace(here, pull_request=opened(own[0])) if own else here

    def merge_base(self, base: str, head: str) -> str:
        """The merge base of two commits; "" where GitHub does not know both, or cannot be asked."""
        if self.place.kind != "github" or not self.token:
            return ""
        path = f"/repos/{self.place.repository}/compare/{quote(base)}...{quote(head)}?per_page=1"
        compared = self._asked(path, _Comparison.model_validate)
        return compared.merge_base_commit.sha if compared else ""

    def _is_here(self, side: SideRow) -> bool:
        return side.repo is not None and side.repo.full_name.casefold() == self.place.repository.casefold()

    def _asked(self, path: str, read: Callable[[Any], Answer]) -> Answer | None:
        """One answer, understood; None where there is none."""
        deadline = Deadline(self.deadline_seconds, self.pause)

        def work() -> Answer:
            from covgate.shell.forge.connection import asked, connected  # noqa: PLC0415  # PyGithub is slow to import

            place, seconds = self.place, self.timeout_seconds
            with connected(place.api_url, self.token, seconds, deadline.wait, self.authorities) as github:
                return read(asked(github.requester, "GET", path)[1])

        return next(iter(deadline.within(work)), None)
