"""A GitHub of our own: the part of its REST API that covgate speaks to, with a memory, on the loopback.

It checks tokens and permissions, pages its lists with Link headers, remembers what it was asked and can be told to
fail. In a test: `with GitHub(State(…)) as github: … github.url …`. For another process:
`python -m tests.doubles.github --port 0 --state state.json` prints its URL; `GET /_double` answers its whole state and
`POST /_double/faults` adds a fault. What it answers is compared with GitHub's own description in tests/contract.
"""

import argparse
import contextlib
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.doubles.github_routes import Answer, answer
from tests.doubles.github_state import Fault, Request, State, as_json, error, from_json

PREFIXES = ("/api/v3", "/api/v1", "/api")  # the last is where an enterprise server has GraphQL
SENSELESS = {"empty": b"", "object": b"{}", "types": b'[{"id": null, "user": "nobody", "body": 7}]'}
MOVED = "/_moved"
HTML = b"<!DOCTYPE html><html><body><h1>Unicorn!</h1></body></html>"


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
        elif fault.kind in SENSELESS:
            self.send(result.status, SENSELESS[fault.kind], {})
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
