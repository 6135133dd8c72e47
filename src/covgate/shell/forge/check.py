"""The check run through PyGithub: made once for a commit, its remarks in batches, none of them twice.

Imported by `forge` only, and only when a check run is wanted.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from github.Requester import Requester

from covgate.model.check_run import CheckRun, LineRemark
from covgate.model.place import Place
from covgate.ports import Posted
from covgate.shell.forge.connection import WRITES, asked, patience
from covgate.shell.forge.forge import Deadline
from covgate.shell.forge.words import CHECK, line, words

BATCH = 50  # what GitHub takes in one request


@dataclass(frozen=True, slots=True)
class Checks:
    """The check runs of a commit.

    Shape:  `sign` is a word that only this run knows: a check run that bears it is the one that was sent.
    """

    requester: Requester
    place: Place
    head_sha: str
    deadline: Deadline
    sign: str = field(default_factory=lambda: secrets.token_hex(16))

    def post(self, check: CheckRun) -> Posted:
        """Makes the check run, then adds the remarks that the first request had no room for.

        Errors: none; a refusal is told in its words, and what has no remark then stands in the summary all the same.
        """
        try:
            made = self._looking(lambda: self._created(check), self._found(check.name))
        except Exception as error:  # noqa: BLE001  # a verdict outlives whatever PyGithub raises on odd answers
            return Posted("refused", words(error, self.place, CHECK))
        taken = min(BATCH, len(check.remarks))
        try:
            while taken < len(check.remarks):
                taken = self._added(made, check, taken)
        except Exception as error:  # noqa: BLE001  # see above
            without = f"without the last {len(check.remarks) - taken} of its remarks"
            return Posted(
                "created", f"check run created {without}: {words(error, self.place, CHECK)}", made.id, made.url
            )
        return Posted("created", f"check run created: {made.url}", made.id, made.url)

    def _created(self, check: CheckRun) -> "Made":
        body: dict[str, Any] = {"name": check.name, "head_sha": self.head_sha, "external_id": self.sign}
        body |= {"status": "completed", "conclusion": check.conclusion, "output": _output(check, 0)}
        body |= {"details_url": self.place.run_url} if self.place.run_url else {}
        return _made(asked(self.requester, "POST", self._url, body)[1])

    def _found(self, name: str) -> Callable[[], "Made | None"]:
        """Asks for the check run that was sent, whose answer was lost."""
        query = f"check_name={quote(name)}&filter=all&per_page=100"
        url = f"/repos/{self.place.repository}/commits/{self.head_sha}/check-runs?{query}"

        def found() -> "Made | None":
            rows = asked(self.requester, "GET", url)[1]["check_runs"]
            return next((_made(row) for row in rows if row["external_id"] == self.sign), None)

        return found

    def _added(self, made: "Made", check: CheckRun, taken: int) -> int:
        """Adds a batch of remarks; answers how many there are then. They are counted where an answer was lost."""
        wanted = min(taken + BATCH, len(check.remarks))
        url = f"{self._url}/{made.id}"

        def added() -> "Made":
            return _made(asked(self.requester, "PATCH", url, {"output": _output(check, taken)})[1])

        def there() -> "Made | None":
            now = _made(asked(self.requester, "GET", url)[1])
            return now if now.remarks >= wanted else None

        self._looking(added, there)
        return wanted

    def _looking(self, write: Callable[[], "Made"], look: Callable[[], "Made | None"]) -> "Made":
        """Writes; where the answer was lost, looks whether it was done before it writes again.

        Errors: what the last attempt raised.
        """
        lost = False
        for attempt in range(WRITES + 1):
            try:
                if lost and (there := look()):
                    return there
                if attempt < WRITES:
                    self.deadline.check()
                    lost = True
                    return write()
            except Exception as error:  # noqa: BLE001  # `patience` raises what is final
                self.deadline.wait(patience(error, attempt))
        raise LookupError("a check run that was sent is not there")

    @property
    def _url(self) -> str:
        return f"/repos/{self.place.repository}/check-runs"


@dataclass(frozen=True, slots=True)
class Made:
    """A check run as GitHub tells it; `remarks` is how many it has."""

    id: int
    url: str
    remarks: int


def _made(row: Mapping[str, Any]) -> Made:
    return Made(int(row["id"]), line(str(row["html_url"] or "")), int(row["output"]["annotations_count"]))


def _output(check: CheckRun, first: int) -> dict[str, Any]:
    """The text, which every request repeats, and one batch of remarks."""
    remarks = [_annotation(remark) for remark in check.remarks[first : first + BATCH]]
    return {"title": check.title, "summary": check.summary, "annotations": remarks}


def _annotation(remark: LineRemark) -> dict[str, Any]:
    lines = {"start_line": remark.first, "end_line": remark.last}
    told = {"annotation_level": "warning", "title": remark.title, "message": remark.message}
    return {"path": remark.path, **lines, **told}
