"""What the GitHub double remembers, and how GitHub would put it as JSON. Standard library only."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.doubles.github_checks import Check

DOCUMENTATION = "https://docs.github.com/rest"
LONGEST_BODY = 65_536
FIRST_COMMENT_ID = 9_000_001

USER_URLS = """followers following gists starred subscriptions organizations repos events received_events"""
REPOSITORY_URLS = """
    archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads
    events forks git_commits git_refs git_tags git issue_comment issue_events issues keys labels languages merges
    milestones notifications pulls releases ssh stargazers statuses subscribers subscription tags teams trees clone
    hooks svn
"""
REPOSITORY_COUNTS = """
    forks forks_count stargazers_count watchers_count size open_issues_count open_issues watchers
"""


@dataclass
class Token:
    """Whose it is and what it may.

    `write` is for comments, `checks` for check runs; an installation's token cannot ask by REST who it is, and by
    GraphQL where `viewer` is set; `bare` leaves `[bot]` away there, as GraphQL does in places.
    """

    login: str
    write: bool = True
    installation: bool = True
    checks: bool = True
    viewer: bool = True
    bare: bool = False


@dataclass
class Comment:
    """A comment of a pull request's conversation."""

    id: int
    number: int
    login: str
    body: str
    created: str = "2026-01-02T03:04:05Z"
    updated: str = "2026-01-02T03:04:05Z"


@dataclass
class Pull:
    """A pull request; `head_repository` is "" where the fork was deleted."""

    number: int
    base_sha: str
    head_sha: str
    base_ref: str = "main"
    head_ref: str = "change"
    head_repository: str = ""
    state: str = "open"
    locked: bool = False
    author: str = "author"


@dataclass
class Repository:
    """A repository with its pull requests, comments, and the merge bases of commits that are compared."""

    full_name: str
    default_branch: str = "main"
    pulls: dict[int, Pull] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    merge_bases: dict[str, str] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)


@dataclass
class Request:
    """What came in, and what was answered."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    login: str = ""
    status: int = 0


@dataclass
class Fault:
    """Something that goes wrong with matching requests.

    `kind`: "pass" (nothing after all, to count), "status" (an error), "html" (a proxy's page), "empty" (no body),
    "object" (`{}` where a list belongs), "types" (fields of other types), "truncated" (half of the JSON), "cut" (less
    than the promised length), "closed" (no answer), "hang" (none while the double runs), "drip" (a byte now and
    then), "gone" (the comment is deleted just before), "renamed" (a redirect of this `status` to another path).
    `after` makes it go wrong once the request has had its effect; `times` is how often, 0 for always.
    """

    kind: str
    method: str = ""
    path: str = ""
    status: int = 502
    message: str = "Server Error"
    after: bool = False
    times: int = 1
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class State:
    """Everything. `gitea` makes it answer as Gitea and Forgejo do, which have some of GitHub's API."""

    repositories: dict[str, Repository] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    clock: int = 0
    gitea: bool = False

    def add_comments(self, repository: str, number: int, written: Iterable[tuple[str, str]]) -> list[Comment]:
        """Comments as (login, body), below those that stand already."""
        return [self.add_comment(repository, number, login, body) for login, body in written]

    def add_comment(self, repository: str, number: int, login: str, body: str) -> Comment:
        """One more comment, stored as GitHub stores it."""
        comments = self.repositories[repository].comments
        moment = self.moment()
        new = Comment(FIRST_COMMENT_ID + self.clock - 1, number, login, stored(body), moment, moment)
        comments.append(new)
        return new

    def delete_comment(self, comment_id: str) -> None:
        """Takes a comment away, as its author or a maintainer may at any time."""
        for repository in self.repositories.values():
            repository.comments = [comment for comment in repository.comments if str(comment.id) != comment_id]

    def moment(self) -> str:
        """A time later than all before."""
        self.clock += 1
        start = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
        return (start + dt.timedelta(seconds=self.clock)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def fault_for(self, method: str, path: str) -> Fault | None:
        """The first fault that matches, used up once more."""
        for fault in self.faults:
            if fault.method in ("", method) and fault.path in path:
                if fault.times == 1:
                    self.faults.remove(fault)
                fault.times -= fault.times > 1
                return fault
        return None


def stored(body: str) -> str:
    """A text as it may come back: with a browser's CRLF and nothing blank around. Who compares must allow for both."""
    return body.replace("\r\n", "\n").strip().replace("\n", "\r\n")


def as_json(state: State) -> dict[str, Any]:
    """The state for another process to read."""
    return asdict(state)


def from_json(content: Mapping[str, Any]) -> State:
    """The state that another process wrote; every key may be missing."""
    state = State()
    for full_name, value in content.get("repositories", {}).items():
        repository = Repository(full_name, value.get("default_branch", "main"))
        repository.pulls = {int(number): Pull(**pull) for number, pull in value.get("pulls", {}).items()}
        repository.comments = [Comment(**comment) for comment in value.get("comments", ())]
        repository.merge_bases = dict(value.get("merge_bases", {}))
        state.repositories[full_name] = repository
    state.tokens = {text: Token(**token) for text, token in content.get("tokens", {}).items()}
    state.faults = [Fault(**fault) for fault in content.get("faults", ())]
    return state


@dataclass(frozen=True)
class Shapes:
    """GitHub's JSON, with URLs below `api`; or Gitea's comments."""

    api: str
    gitea: bool = False

    def user(self, login: str) -> dict[str, Any]:
        """A "simple user"."""
        url = f"{self.api}/users/{login}"
        urls = {f"{name}_url": f"{url}/{name}" for name in USER_URLS.split()}
        shape = {"login": login, "id": number_of(login), "node_id": f"U_{number_of(login)}", "gravatar_id": ""}
        shape |= {"url": url, "html_url": f"https://github.com/{login}", "avatar_url": f"{url}/avatar"} | urls
        return shape | {"type": "Bot" if login.endswith("[bot]") else "User", "site_admin": False}

    def private_user(self, login: str) -> dict[str, Any]:
        """The answer of `GET /user`."""
        nothing = dict.fromkeys(("name", "company", "blog", "location", "email", "hireable", "bio"))
        counts = "public_repos public_gists followers following private_gists total_private_repos owned_private_repos"
        numbers = dict.fromkeys([*counts.split(), "disk_usage", "collaborators"], 0)
        times = {"created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z"}
        return self.user(login) | nothing | {"blog": ""} | numbers | times | {"two_factor_authentication": True}

    def comment(self, repository: str, comment: Comment) -> dict[str, Any]:
        """An "issue comment"."""
        url = f"{self.api}/repos/{repository}/issues"
        if self.gitea:
            return self.gitea_comment(repository, comment)
        return {
            "id": comment.id,
            "node_id": f"IC_{comment.id}",
            "url": f"{url}/comments/{comment.id}",
            "html_url": f"https://github.com/{repository}/pull/{comment.number}#issuecomment-{comment.id}",
            "issue_url": f"{url}/{comment.number}",
            "user": self.user(comment.login),
            "body": comment.body,
            "created_at": comment.created,
            "updated_at": comment.updated,
            "author_association": "NONE",
            "performed_via_github_app": None,
        }

    def gitea_comment(self, repository: str, comment: Comment) -> dict[str, Any]:
        """A comment as Gitea tells it: no `url`, and times with a zone. Source: `Comment` in its modules/structs."""
        page = f"{self.api.removesuffix('/api/v1')}/{repository}/pulls/{comment.number}"
        shape: dict[str, Any] = {"id": comment.id, "html_url": f"{page}#issuecomment-{comment.id}", "issue_url": ""}
        shape |= {"pull_request_url": page, "user": {"id": -2, "login": comment.login}, "original_author": ""}
        shape |= {"original_author_id": 0, "body": comment.body, "assets": []}
        return shape | {"created_at": comment.created, "updated_at": comment.updated}

    def repository(self, full_name: str, default_branch: str = "main") -> dict[str, Any]:
        """A "repository"."""
        url = f"{self.api}/repos/{full_name}"
        owner, name = full_name.split("/")
        shape = {
            "id": number_of(full_name),
            "node_id": f"R_{number_of(full_name)}",
            "name": name,
            "full_name": full_name,
        }
        shape |= {
            "owner": self.user(owner),
            "html_url": f"https://github.com/{full_name}",
            "url": url,
            "private": False,
        }
        shape |= {f"{key}_url": f"{url}/{key}" for key in REPOSITORY_URLS.split()} | dict.fromkeys(
            REPOSITORY_COUNTS.split(), 0
        )
        shape |= dict.fromkeys(("license", "description", "mirror_url", "homepage", "language"))
        shape |= dict.fromkeys(("fork", "has_pages", "disabled", "archived"), False)
        shape |= dict.fromkeys(("pushed_at", "created_at", "updated_at"), "2026-01-01T00:00:00Z")
        return shape | {"default_branch": default_branch}

    def pull_simple(self, repository: Repository, pull: Pull) -> dict[str, Any]:
        """A "pull request simple", as lists hold it."""
        url = f"{self.api}/repos/{repository.full_name}"
        page = f"https://github.com/{repository.full_name}/pull/{pull.number}"
        links = _pull_links(url, page, pull.number)
        base_repo = self.repository(repository.full_name, repository.default_branch)
        head_repo = self.repository(pull.head_repository) if pull.head_repository else None
        shape: dict[str, Any] = {f"{name}_url": href for name, href in links.items() if name != "self"} | {
            "url": links["self"]
        }
        shape |= {"diff_url": f"{page}.diff", "patch_url": f"{page}.patch"}
        shape |= {"id": 5_000_000 + pull.number, "node_id": f"PR_{pull.number}", "number": pull.number}
        shape |= {"state": pull.state, "locked": pull.locked, "title": "A change", "user": self.user(pull.author)}
        shape |= dict.fromkeys(("body", "milestone", "closed_at", "merged_at", "auto_merge"))
        shape |= {"labels": [], "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}
        shape |= {"author_association": "NONE", "_links": {name: {"href": href} for name, href in links.items()}}
        shape["head"] = self._side(pull.head_ref, pull.head_sha, head_repo)
        shape["base"] = self._side(pull.base_ref, pull.base_sha, base_repo)
        return shape

    def pull(self, repository: Repository, pull: Pull) -> dict[str, Any]:
        """A "pull request", as it is given alone."""
        numbers = ("comments", "review_comments", "commits", "additions", "deletions", "changed_files")
        shape = self.pull_simple(repository, pull) | dict.fromkeys(numbers, 0)
        shape |= {"merged": False, "mergeable": True, "mergeable_state": "clean", "merged_by": None}
        return shape | {"maintainer_can_modify": False}

    def comparison(self, full_name: str, base: str, head: str, merge_base: str) -> dict[str, Any]:
        """A "commit comparison"; the commits between are left out."""
        page = f"https://github.com/{full_name}/compare/{base}...{head}"
        shape: dict[str, Any] = {"url": f"{self.api}/repos/{full_name}/compare/{base}...{head}", "html_url": page}
        shape |= {"permalink_url": page, "diff_url": f"{page}.diff", "patch_url": f"{page}.patch"}
        shape |= {"base_commit": self.commit(full_name, base), "merge_base_commit": self.commit(full_name, merge_base)}
        return shape | {
            "status": "ahead",
            "ahead_by": 0,
            "behind_by": 0,
            "total_commits": 0,
            "commits": [],
            "files": [],
        }

    def commit(self, full_name: str, sha: str) -> dict[str, Any]:
        """A "commit" without parents."""
        url = f"{self.api}/repos/{full_name}/commits/{sha}"
        person = {"name": "Somebody", "email": "somebody@example.com", "date": "2026-01-01T00:00:00Z"}
        inner = {"url": url, "author": person, "committer": person, "message": "A commit", "comment_count": 0}
        inner |= {"tree": {"sha": sha, "url": f"{url}/tree"}}
        shape = {"url": url, "sha": sha, "node_id": f"C_{sha}", "html_url": url, "comments_url": f"{url}/comments"}
        return shape | {"commit": inner, "author": None, "committer": None, "parents": []}

    def _side(self, ref: str, sha: str, repo: dict[str, Any] | None) -> dict[str, Any]:
        owner = repo["owner"] if repo else None
        label = f"{owner['login']}:{ref}" if owner else None
        return {"label": label, "ref": ref, "sha": sha, "repo": repo, "user": owner}


def _pull_links(url: str, page: str, number: int) -> dict[str, str]:
    pull = f"{url}/pulls/{number}"
    return {
        "self": pull,
        "html": page,
        "issue": f"{url}/issues/{number}",
        "comments": f"{url}/issues/{number}/comments",
        "review_comments": f"{pull}/comments",
        "review_comment": f"{url}/pulls/comments{{/number}}",
        "commits": f"{pull}/commits",
        "statuses": f"{url}/statuses",
    }


def number_of(name: str) -> int:
    """The same number for the same name in every process."""
    return int.from_bytes(name.encode(), "big") % 1_000_003


def error(status: int, message: str, **more: Any) -> dict[str, Any]:
    """A "basic error", or a "validation error" with more."""
    return {"message": message, **more, "documentation_url": DOCUMENTATION, "status": str(status)}
