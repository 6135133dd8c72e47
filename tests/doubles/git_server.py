"""A server of Git repositories over HTTP, with tokens: Git's own back end behind the loopback.

As on GitHub a public repository is read by everybody, written by tokens that may, and says 403 to those that may not.
"""

import base64
import os
import subprocess
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


@dataclass
class GitServer:
    """Repositories below `root` by their paths, listening while it is entered; `url` is the server's.

    Shape:  `writers` and `readers` are tokens; `public` lets everybody read. `pushes` and `reads` count what was let
            through; `refuse` is answered with to everything where it is not 0.
    """

    root: Path
    writers: frozenset[str] = frozenset()
    readers: frozenset[str] = frozenset()
    public: bool = True
    refuse: int = 0
    pushes: int = 0
    reads: int = 0
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        double = self

        class Bound(Handler):
            served = double

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()

    def refusal(self, path: str, token: str | None) -> int:
        """The status to refuse with, 0 to let it through."""
        if self.refuse:
            return self.refuse
        known = self.writers | self.readers
        if path.endswith("receive-pack"):
            return 0 if token in self.writers else 403 if token in known else 401
        return 0 if token in known or (self.public and token is None) else 401


class Handler(BaseHTTPRequestHandler):
    """One request, handed to `git http-backend`."""

    served: GitServer
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:  # http.server's
        self._serve(b"")

    def do_POST(self) -> None:  # http.server's
        self._serve(self._body())

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # http.server's
        """Quiet."""

    def _serve(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        wanted = parts.query.removeprefix("service=") or parts.path
        status = self.served.refusal(wanted, self._token())
        if status:
            self.served.refused.append(f"{status} {wanted}")
            self._refuse(status)
            return
        if self.command == "POST":
            self.served.pushes += wanted.endswith("receive-pack")
            self.served.reads += wanted.endswith("upload-pack")
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.served.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "REMOTE_USER": "somebody",
        }
        done = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True, check=False)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _refuse(self, status: int) -> None:
        words = b"Write access to repository not granted.\n" if status == 403 else b"Unicorn!\n"
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="GitHub"')
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(words)

    def _token(self) -> str | None:
        given = self.headers.get("Authorization", "").removeprefix("Basic ").removeprefix("basic ")
        return base64.b64decode(given).decode().partition(":")[2] if given else None

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body
