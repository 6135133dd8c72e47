"""A pull request on the double, and what can go wrong on the way to it."""

import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.doubles.github import GitHub
from tests.doubles.github_state import Fault, Pull, Repository, State, Token

from covgate.model.place import Place, PullRequest
from covgate.shell.forge.forge import GitHubForge

BASE, HEAD = "a" * 40, "b" * 40
BOT = "github-actions[bot]"
MARKER = "<!-- covgate:default -->"
OLD = f"{MARKER}\nof an earlier run"
CERTIFICATE = Path(__file__).parents[1] / "samples/tls/server.pem"
TOKENS = {"ghs_writer": Token(BOT), "ghs_reader": Token(BOT, write=False, checks=False)}
SHORT_SECONDS = 0.3


@dataclass
class Scene:
    """A pull request on the double, the forge that posts to it, and the environment in which it does."""

    github: GitHub
    forge: GitHubForge
    waited: list[float] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    elsewhere: list[GitHub] = field(default_factory=list)

    @property
    def repository(self) -> Repository:
        return self.github.state.repositories["shop/cart"]

    @property
    def place(self) -> Place:
        return self.forge.place

    def own(self) -> list[str]:
        """Bodies of covgate's comments."""
        mine = (c for c in self.repository.comments if c.login == BOT and c.body.startswith(MARKER))
        return [comment.body.replace("\r\n", "\n") for comment in mine]

    def fault(self, kind: str, method: str, times: int = 1, **more: object) -> None:
        self.github.state.faults.append(Fault(kind, method, times=times, **more))  # type: ignore[arg-type]

    def stands(self, talk: int = 0) -> None:
        """An earlier run's comment, below so many others."""
        self.github.state.add_comments("shop/cart", 7, [("reviewer", f"remark {n}") for n in range(talk)])
        self.github.state.add_comment("shop/cart", 7, BOT, OLD)

    def move(self, **changes: object) -> None:
        """Another place."""
        self.forge = replace(self.forge, place=replace(self.place, **changes))  # type: ignore[arg-type]

    def hurry(self) -> None:
        self.forge = replace(self.forge, deadline_seconds=SHORT_SECONDS)

    def settle(self, api_url: str) -> None:
        self.move(api_url=api_url)


def scene(stack: ExitStack, certificate: Path | None = None) -> Scene:
    """A pull request without comments."""
    pull = Pull(7, BASE, HEAD, head_repository="shop/cart")
    state = State({"shop/cart": Repository("shop/cart", pulls={7: pull})}, dict(TOKENS))
    github = stack.enter_context(GitHub(state, certificate=certificate))
    place = Place("github", "pull_request", "shop/cart", "https://github.example", github.url)
    waited: list[float] = []
    forge = GitHubForge(replace(place, pull_request=PullRequest(7, BASE, HEAD)), "ghs_writer", pause=waited.append)
    return Scene(github, forge, waited)


def failing(
    kind: str, method: str, times: int = 1, *, standing: bool = False, hurry: bool = False, **more: object
) -> Callable[[Scene], None]:
    """Prepares a fault, on a comment of an earlier run where one is `standing`."""

    def prepare(here: Scene) -> None:
        if standing:
            here.stands()
        if hurry:
            here.hurry()
        here.fault(kind, method, times, **more)

    return prepare


def on_page_2(kind: str, times: int) -> Callable[[Scene], None]:
    """The page that holds the comment fails; the first does not."""

    def prepare(here: Scene) -> None:
        here.stands(talk=100)
        here.fault("pass", "GET")
        here.fault(kind, "GET", times)

    return prepare


def limited(
    message: str, times: int = 0, status: int = 403, method: str = "POST", **headers: str
) -> Callable[[Scene], None]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return failing("status", method, times, status=status, message=message, headers=named)


def to_another_server(here: Scene) -> None:
    other = GitHub(State({}, dict(TOKENS)))
    other.__enter__()
    here.elsewhere.append(other)
    here.fault("status", "GET", 0, status=307, headers={"Location": f"{other.url}/repositories/1/issues/7/comments"})


def through_a_dead_proxy(here: Scene) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        here.environment["http_proxy"] = f"http://127.0.0.1:{closed.getsockname()[1]}"
    here.settle("http://github.example")


def locked(here: Scene) -> None:
    here.repository.pulls[7].locked = True


def from_a_fork(here: Scene) -> None:
    here.move(pull_request=PullRequest(7, BASE, HEAD, fork=True))
    here.forge = replace(here.forge, token="ghs_reader")


def by_a_stranger(here: Scene) -> None:
    here.github.state.add_comment("shop/cart", 7, "stranger", OLD)


def deleted_meanwhile(here: Scene) -> None:
    here.stands()
    here.fault("gone", "PATCH")


def trusting_nobody(_: Scene) -> None:
    """The certificate is the double's from the beginning."""


def elsewhere(here: Scene) -> None:
    here.move(pull_request=PullRequest(8, BASE, HEAD))


def under_a_long_talk(here: Scene) -> None:
    here.stands(talk=1_005)


def nowhere(here: Scene) -> None:
    here.settle("http://github.invalid")


def with_token(token: str) -> Callable[[Scene], None]:
    def prepare(here: Scene) -> None:
        here.forge = replace(here.forge, token=token)

    return prepare
