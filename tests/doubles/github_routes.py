"""What the GitHub double answers, request by request: the part of GitHub's REST API that covgate speaks to."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tests.doubles.github_checks import Check, complaint
from tests.doubles.github_state import (
    LONGEST_BODY,
    Comment,
    Pull,
    Repository,
    Request,
    Shapes,
    State,
    Token,
    error,
    stored,
)


class Answer(NamedTuple):
    """What goes back; `rows` of a list are cut into pages before."""

    status: int
    body: Any
    headers: dict[str, str] = {}  # noqa: RUF012  # a NamedTuple's default, never changed


class Call(NamedTuple):
    """A request on its way through the routes."""

    state: State
    shapes: Shapes
    token: Token
    request: Request


class RefusedError(Exception):
    """GitHub's way of saying no."""

    def __init__(self, status: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.answer = Answer(status, error(status, message, **more))


def repository(call: Call, name: str) -> Repository:
    if name not in call.state.repositories:
        raise RefusedError(404, "Not Found")
    return call.state.repositories[name]


def pull(call: Call, name: str, number: str) -> Pull:
    known = repository(call, name).pulls
    if int(number) not in known:
        raise RefusedError(404, "Not Found")
    return known[int(number)]


def comment(call: Call, name: str, comment_id: str) -> Comment:
    for known in repository(call, name).comments:
        if known.id == int(comment_id):
            return known
    raise RefusedError(404, "Not Found")


def new_text(call: Call) -> str:
    """The body that a comment is to have, from somebody who may write it."""
    if not call.token.write:
        raise RefusedError(403, "Resource not accessible by integration")
    body = call.request.body
    if not (isinstance(body, dict) and isinstance(body.get("body"), str) and body["body"].strip()):
        missing = {"resource": "IssueComment", "code": "missing_field", "field": "body"}
        raise RefusedError(422, "Validation Failed", errors=[missing])
    if len(body["body"]) > LONGEST_BODY:
        too_long = {"resource": "IssueComment", "code": "unprocessable", "field": "data"}
        too_long |= {"message": f"Body is too long (maximum is {LONGEST_BODY} characters)"}
        raise RefusedError(422, "Validation Failed", errors=[too_long])
    return str(body["body"])


def get_user(call: Call) -> Answer:
    if call.token.installation:
        raise RefusedError(403, "Resource not accessible by integration")
    return Answer(200, call.shapes.private_user(call.token.login))


def post_graphql(call: Call) -> Answer:
    """The one question that covgate asks: whose token is it?"""
    if not call.token.viewer:
        refused = {"type": "FORBIDDEN", "path": ["viewer"], "message": "Resource not accessible by integration"}
        return Answer(200, {"data": None, "errors": [refused]})
    login = call.token.login.removesuffix("[bot]") if call.token.bare else call.token.login
    return Answer(200, {"data": {"viewer": {"login": login}}})


def get_comments(call: Call, name: str, number: str) -> Answer:
    pull(call, name, number)
    rows = [known for known in repository(call, name).comments if known.number == int(number)]
    shapes = [call.shapes.comment(name, row) for row in rows]
    return Answer(200, shapes) if call.state.gitea else paged(call, shapes)


def post_comment(call: Call, name: str, number: str) -> Answer:
    if pull(call, name, number).locked:
        raise RefusedError(403, "Unable to create comment because issue is locked.")
    new = call.state.add_comment(name, int(number), call.token.login, new_text(call))
    return Answer(201, call.shapes.comment(name, new))


def get_comment(call: Call, name: str, comment_id: str) -> Answer:
    return Answer(200, call.shapes.comment(name, comment(call, name, comment_id)))


def patch_comment(call: Call, name: str, comment_id: str) -> Answer:
    known = comment(call, name, comment_id)
    known.body = stored(new_text(call))
    known.updated = call.state.moment()
    return Answer(200, call.shapes.comment(name, known))


def get_pulls(call: Call, name: str) -> Answer:
    """`state` is open by default; `head` is owner:branch."""
    state, head = call.request.query.get("state", "open"), call.request.query.get("head", "")
    rows = [call.shapes.pull_simple(repository(call, name), known) for known in repository(call, name).pulls.values()]
    rows = [row for row in rows if state in ("all", row["state"]) and head in ("", row["head"]["label"])]
    return paged(call, rows)


def get_pull(call: Call, name: str, number: str) -> Answer:
    return Answer(200, call.shapes.pull(repository(call, name), pull(call, name, number)))


def get_pulls_of_commit(call: Call, name: str, sha: str) -> Answer:
    known = repository(call, name)
    return paged(call, [call.shapes.pull_simple(known, row) for row in known.pulls.values() if row.head_sha == sha])


def get_comparison(call: Call, name: str, base: str, head: str) -> Answer:
    merge_base = repository(call, name).merge_bases.get(f"{base}...{head}")
    if merge_base is None:
        raise RefusedError(404, "Not Found")
    return Answer(200, call.shapes.comparison(name, base, head, merge_base))


def checks_of(call: Call, name: str) -> list[Check]:
    """The repository's check runs, for somebody who may write them where the request does."""
    if call.request.method != "GET" and not call.token.checks:
        raise RefusedError(403, "Resource not accessible by integration")
    if call.request.method != "GET" and (reason := complaint(call.request.body, new=call.request.method == "POST")):
        raise RefusedError(422, "Invalid request.", errors=[reason])
    return repository(call, name).checks


def post_check(call: Call, name: str) -> Answer:
    checks = checks_of(call, name)
    new = Check(len(checks) + 1, call.request.body["name"], call.request.body["head_sha"])
    new.take(call.request.body)
    checks.append(new)
    return Answer(201, new.as_github(call.shapes.api, name))


def one_check(call: Call, name: str, check_id: str) -> Answer:
    """GET and PATCH."""
    known = next((check for check in checks_of(call, name) if check.id == int(check_id)), None)
    if known is None:
        raise RefusedError(404, "Not Found")
    if call.request.method == "PATCH":
        known.take(call.request.body)
    return Answer(200, known.as_github(call.shapes.api, name))


def get_checks_of_commit(call: Call, name: str, sha: str) -> Answer:
    wanted = call.request.query.get("check_name")
    rows = [check for check in checks_of(call, name) if check.head_sha == sha and wanted in (None, check.name)]
    shapes = [check.as_github(call.shapes.api, name) for check in rows]
    return Answer(200, {"total_count": len(shapes), "check_runs": shapes})


REPO = r"/repos/([^/]+/[^/]+)"
ROUTES: tuple[tuple[str, str, Callable[..., Answer]], ...] = (
    ("GET", "/user", get_user),
    ("POST", "/graphql", post_graphql),
    ("GET", REPO + r"/issues/(\d+)/comments", get_comments),
    ("POST", REPO + r"/issues/(\d+)/comments", post_comment),
    ("GET", REPO + r"/issues/comments/(\d+)", get_comment),
    ("PATCH", REPO + r"/issues/comments/(\d+)", patch_comment),
    ("GET", REPO + "/pulls", get_pulls),
    ("GET", REPO + r"/pulls/(\d+)", get_pull),
    ("GET", REPO + r"/commits/([0-9a-f]+)/pulls", get_pulls_of_commit),
    ("GET", REPO + r"/commits/([0-9a-f]+)/check-runs", get_checks_of_commit),
    ("POST", REPO + "/check-runs", post_check),
    ("GET", REPO + r"/check-runs/(\d+)", one_check),
    ("PATCH", REPO + r"/check-runs/(\d+)", one_check),
    ("GET", REPO + r"/compare/([^/]+?)\.\.\.([^/]+)", get_comparison),
)


GITEA_ROUTES = tuple(route for route in ROUTES if "comments" in route[1] or route[1] == "/user")


def paged(call: Call, rows: list[dict[str, Any]]) -> Answer:
    """One page, with links to its neighbours as GitHub gives them."""
    query = call.request.query
    size = min(int(query.get("per_page", "30")), 100)
    page, last = int(query.get("page", "1")), max(1, -(-len(rows) // size))
    wanted = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
    shown = {name: number for name, number in wanted.items() if 1 <= number <= last and number != page}
    url = call.shapes.api + call.request.path
    links = [f'<{url}?{urlencode({**query, "page": number})}>; rel="{name}"' for name, number in shown.items()]
    headers = {"Link": ", ".join(links)} if links else {}
    return Answer(200, rows[(page - 1) * size : page * size], headers)


def answer(state: State, api: str, token: Token | None, request: Request) -> Answer:
    """What GitHub would say, and what it would remember."""
    if token is None:
        return RefusedError(401, "Bad credentials").answer
    for method, pattern, handle in GITEA_ROUTES if state.gitea else ROUTES:
        match = re.fullmatch(pattern, request.path)
        if match and method == request.method:
            try:
                return handle(Call(state, Shapes(api, state.gitea), token, request), *match.groups())
            except RefusedError as refused:
                return refused.answer
    return RefusedError(404, "Not Found").answer
