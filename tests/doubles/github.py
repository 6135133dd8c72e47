"""A GitHub of our own: the part of its REST API that covgate speaks to, with a memory, on the loopback.

It checks tokens and permissions, pages its lists with Link headers, remembers what it was asked and can be told to
fail. In a test: `with GitHub(State(…)) as github: … github.url …`. For another process:
`python -m tests.doubles.github --port 0 --state state.json` prints its URL; `GET /_double` answers its whole state and
`POST /_double/faults` adds a fault. What it answers is compared with GitHub's own description in tests/contract.
"""

import argparse
import contextlib
import json
import re
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.doubles.github_state import (
    LONGEST_BODY,
    Comment,
    Fault,
    Pull,
    Repository,
    Request,
    Shapes,
    State,
    Token,
    as_json,
    error,
    from_json,
    stored,
)

PREFIXES = ("/api/v3", "/api/v1", "/api")  # the last is where an enterprise server has GraphQL
MOVED = "/_moved"
HTML = b"<!DOCTYPE html><html><body><h1>Unicorn!</h1></body></html>"


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
    return Answer(200, {"data": {"viewer": {"login": call.token.login}}})


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
    ("GET", REPO + r"/compare/([^/]+?)\.\.\.([^/]+)", get_comparison),
)


GITEA_ROUTES = tuple(route for route in ROUTES if "comments" in route[1])


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


class GitHub:
    """The double, listening while it is entered; `url` is the API's, `enterprise_url` the same below /api/v3.

    `certificate` is the path of a key with its certificate, for HTTPS.
    """

    def __init__(self, state: State, port: int = 0, certificate: Path | None = None) -> None:
        self.state = state
        self.lock = threading.Lock()
        self.closing = threading.Event()
        double = self

        class Bound(Handler):
            github = double

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Bound)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.server.server_port}"
        self.enterprise_url = f"{self.url}/api/v3"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def sent(self) -> list[str]:
        """What it was asked since the last time, as "GET /path"."""
        with self.lock:
            lines = [f"{request.method} {request.path}" for request in self.state.requests]
            self.state.requests.clear()
        return lines


class Handler(BaseHTTPRequestHandler):
    """HTTP around `answer`, and the faults."""

    github: GitHub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.handle_request()

    def do_POST(self) -> None:
        self.handle_request()

    def do_PATCH(self) -> None:
        self.handle_request()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is http.server's
        """The log is `state.requests`."""

    def handle_request(self) -> None:
        parts = urlsplit(self.path.replace(MOVED, "", 1))
        content = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if parts.path.startswith("/_double"):
            return self.control(parts.path, content)
        prefix = next((prefix for prefix in PREFIXES if parts.path.startswith(f"{prefix}/")), "")
        path = parts.path.removeprefix(prefix)
        request = Request(self.command, path, dict(parse_qsl(parts.query)), json.loads(content) if content else None)
        with self.github.lock:
            outcome, fault = self.outcome(request, f"{self.github.url}{prefix}")
        return self.fail(fault, outcome) if fault else self.reply(outcome)

    def outcome(self, request: Request, api: str) -> tuple[Answer, Fault | None]:
        """The answer, and the fault that spoils it; without its effect where the fault comes before."""
        state = self.github.state
        state.requests.append(request)
        token = state.tokens.get(self.headers.get("Authorization", "").rpartition(" ")[2])
        request.login = token.login if token else ""
        fault = state.fault_for(request.method, request.path)
        if fault and fault.kind == "gone":
            state.delete_comment(request.path.rpartition("/")[2])
            fault = None
        spoilt = fault is not None and not fault.after and request.method != "GET"
        unread = Answer(201 if request.method == "POST" else 200, {"message": "a proxy has swallowed the request"})
        result = unread if spoilt else answer(state, api, token, request)
        request.status = result.status
        return result, fault

    def control(self, path: str, content: bytes) -> None:
        """The double's own interface, for tests in other processes."""
        state = self.github.state
        with self.github.lock:
            if path == "/_double/faults":
                state.faults.append(Fault(**json.loads(content)))
            shown = as_json(state)
        self.reply(Answer(200, shown))

    def reply(self, result: Answer) -> None:
        content = json.dumps(result.body).encode()
        self.send(result.status, content, {"Content-Type": "application/json; charset=utf-8", **result.headers})

    def fail(self, fault: Fault, result: Answer) -> None:
        """Spoils the answer."""
        whole = json.dumps(result.body).encode()
        if fault.kind == "pass":
            self.reply(result)
        elif fault.kind == "status":
            self.reply(Answer(fault.status, error(fault.status, fault.message), fault.headers))
        elif fault.kind == "renamed":
            prefix, _, rest = self.path.partition("/repos/")
            location = f"{self.github.url}{prefix}{MOVED}/repos/{rest}"
            self.reply(Answer(fault.status, {"message": "Moved", "url": location}, {"Location": location}))
        elif fault.kind == "html":
            self.send(200, HTML, {"Content-Type": "text/html"})
        elif fault.kind in ("empty", "object"):
            self.send(result.status, b"{}" if fault.kind == "object" else b"", {})
        elif fault.kind == "truncated":
            self.send(result.status, whole[: max(1, len(whole) // 2)], {})
        elif fault.kind == "cut":
            self.send(result.status, whole[: len(whole) // 2], {"Content-Length": str(len(whole))})
            self.close_connection = True
        elif fault.kind == "drip":
            self.drip(whole)
        else:
            if fault.kind == "hang":
                self.github.closing.wait()
            self.close_connection = True

    def drip(self, whole: bytes) -> None:
        """A byte now and then, so that no time-out for silence ends it."""
        self.send(200, b"", {"Content-Length": str(len(whole) + 1_000_000)})
        with contextlib.suppress(OSError):
            while not self.github.closing.wait(0.02):
                self.wfile.write(b" ")
        self.close_connection = True

    def send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def main() -> None:
    """Runs until it is killed, with the state of a file."""
    parser = argparse.ArgumentParser(description="A GitHub of our own.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--state", type=Path)
    options = parser.parse_args()
    state = from_json(json.loads(options.state.read_text())) if options.state else State()
    with GitHub(state, options.port) as github:
        print(github.url, flush=True)  # the caller waits for this line
        github.thread.join()


if __name__ == "__main__":
    main()
