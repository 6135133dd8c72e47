"""The comment through PyGithub: found on all pages, edited in place, never made twice.

Imported by `forge` only, and only when there is something to post.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from github import GithubException
from github.Requester import Requester
from requests.utils import parse_header_links

from covgate.model.place import Place
from covgate.ports import Posted
from covgate.shell.forge.author import Author
from covgate.shell.forge.connection import WRITES, asked, patience
from covgate.shell.forge.forge import Deadline
from covgate.shell.forge.words import COMMENT, line, words

DONE = {"created": "comment created", "edited": "comment edited", "unchanged": "comment unchanged, nothing was sent"}
NOT_FOUND = 404
PER_PAGE = 100

_State = Literal["created", "edited", "unchanged"]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as GitHub tells it; `url` is the page's."""

    id: int
    author: str
    body: str
    url: str


@dataclass(frozen=True, slots=True)
class Comments:
    """The conversation of the place's pull request."""

    requester: Requester
    place: Place
    author: Author
    deadline: Deadline

    def upsert(self, body: str, marker: str, *, create: bool) -> Posted:
        """Makes our comment say `body`.

        Errors: none; a refusal is told in its words.
        """
        try:
            return self._upsert(body, marker, create)
        except Exception as error:  # noqa: BLE001  # a verdict outlives whatever PyGithub raises on odd answers
            return Posted("refused", words(error, self.place))

    def _upsert(self, body: str, marker: str, create: bool) -> Posted:
        """Looks, writes, and looks again when the answer to a write was lost: it may have been done all the same.

        PyGithub's own retry would send a POST again without looking, which ends in two comments.
        """
        sent: _State = "unchanged"
        for attempt in range(WRITES + 1):
            try:
                own = self._own(marker)
                if own and same(own[0].body, body):
                    return _posted(sent, own[0], own[1:])
                if not (own or create):
                    return Posted("skipped", "there is no comment to bring up to date, and this result asks for none")
                if attempt < WRITES:
                    self.deadline.check()
                    sent = "edited" if own else "created"
                    return self._edit(own, body) if own else self._create(body)
            except Exception as error:  # noqa: BLE001  # `patience` raises what is final
                self.deadline.wait(patience(error, attempt))
        return Posted(
            "refused", f"{COMMENT.thing} was sent {WRITES} times, and GitHub does not show it: {COMMENT.unclear}"
        )

    def _edit(self, own: list[Comment], body: str) -> Posted:
        """Edits the first of them.

        Errors: LookupError where somebody has deleted it since it was seen; those of a request.
        """
        try:
            _, row = asked(self.requester, "PATCH", f"{self._issues}/comments/{own[0].id}", {"body": body})
        except GithubException as error:
            if error.status == NOT_FOUND:
                raise LookupError("the comment is gone") from error
            raise
        if not _comment(row).body:
            raise TypeError("an edited comment is no comment")
        return _posted("edited", own[0], own[1:])

    def _create(self, body: str) -> Posted:
        new = _comment(asked(self.requester, "POST", self._conversation, {"body": body})[1])
        posted = _posted("created", new, [])
        if self._is_ours(new):
            return posted
        advice = line(f"it was written as {new.author}: set `publish.author` to that, else the next run adds another")
        return Posted("created", f"{posted.words}; {advice}", posted.comment_id, posted.url)

    def _is_ours(self, new: Comment) -> bool:
        """Whether the next run will know this comment. The comment stands: trouble with the question costs advice."""
        try:
            return bool(self.author.own([new.author]))
        except Exception:  # noqa: BLE001  # see above
            return False

    def _own(self, marker: str) -> list[Comment]:
        """Our comments of this key, the oldest first: the marker stands first in them, and we wrote them.

        A marker alone proves nothing: anybody can write one.
        """
        marked = [comment for comment in self._all() if plain(comment.body).startswith(marker)]
        own = self.author.own(comment.author for comment in marked)
        return [comment for comment in marked if comment.author in own]

    def _all(self) -> Iterator[Comment]:
        """All pages. PyGithub's own list takes an answer without content for a list without comments."""
        url = f"{self._conversation}?per_page={PER_PAGE}"
        while url:
            headers, rows = asked(self.requester, "GET", url)
            if not isinstance(rows, list):
                raise TypeError("a list of comments is no list")
            yield from (_comment(row) for row in rows)
            links = {link.get("rel"): link["url"] for link in parse_header_links(str(headers.get("link", "")))}
            url = links.get("next", "") if rows else ""

    @property
    def _issues(self) -> str:
        return f"/repos/{self.place.repository}/issues"

    @property
    def _conversation(self) -> str:
        assert self.place.pull_request is not None
        return f"{self._issues}/{self.place.pull_request.number}/comments"


def _comment(row: Any) -> Comment:
    """A comment of a deleted account has no user."""
    author = (row["user"] or {}).get("login", "")
    return Comment(int(row["id"]), str(author), str(row["body"] or ""), str(row["html_url"]))


def _posted(state: _State, comment: Comment, others: list[Comment]) -> Posted:
    url = line(comment.url)
    more = f"; {len(others)} more of covgate's comments stand below it and are left as they are" if others else ""
    return Posted(state, f"{DONE[state]}: {url}{more}", comment.id, url)


def plain(body: str) -> str:
    """A body without what GitHub may change in it: the ends of lines, and blanks around the text."""
    return body.replace("\r\n", "\n").replace("\r", "\n").strip()


def same(there: str, wanted: str) -> bool:
    """Whether a comment says already what it should."""
    return plain(there) == plain(wanted)
