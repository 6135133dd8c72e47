"""The forge as a run sees it: whether something is posted at all, and an end to the waiting.

PyGithub costs up to half a second to import and most runs post nothing: `comment`, which imports it, is itself
imported only when there is a comment to post.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from covgate.model.check_run import CheckRun
from covgate.model.place import Place
from covgate.ports import Forge, Posted

Answer = TypeVar("Answer")

LONGEST_WAIT_SECONDS = 30.0
LEAST_SECONDS = 5.0  # for a second thing to post after a first that used up the time


@dataclass(frozen=True, slots=True)
class NoForge:
    """A place without pull requests: nothing is posted, and `words` say why."""

    words: str = "not on GitHub: nothing is posted"

    def post_comment(self, body: str, marker: str, *, create: bool = True) -> Posted:  # noqa: ARG002  # the port's
        """Posts nothing."""
        return Posted("skipped", self.words)

    def post_check(self, check: CheckRun) -> Posted:  # noqa: ARG002  # the port's
        """Posts nothing."""
        return Posted("skipped", self.words)


def forge(place: Place, token: str, author: str = "", authorities: str = "") -> Forge:
    """Where this run's comment goes."""
    if place.kind != "github":
        return NoForge()
    return GitHubForge(place, token, author, authorities=authorities)


@dataclass(frozen=True, slots=True)
class GitHubForge:
    """ports.Forge on GitHub, GitHub Enterprise, and what speaks their language.

    Shape:  `author` is the login that the token writes as; "" finds it out: a personal token is asked for it, any other
            is taken for the one that a workflow gets. `pause` waits. `authorities` is the path of a file with the
            certificates to trust, "" for the usual ones; `spent` is what earlier posts of this run took.
    Units:  seconds. `deadline_seconds` bounds everything, `timeout_seconds` the silence within one answer.
    """

    place: Place
    token: str
    author: str = ""
    deadline_seconds: float = 60.0
    timeout_seconds: int = 10
    pause: Callable[[float], None] = time.sleep
    authorities: str = ""
    spent: list[float] = field(default_factory=list, compare=False)

    def post_comment(self, body: str, marker: str, *, create: bool = True) -> Posted:
        """Makes our comment say `body`, in two requests where nothing goes wrong, in one where it says so already.

        Shape:  as ports.Forge; a body that does not begin with the marker gets it.
        Errors: none; whatever GitHub does becomes words.
        """
        if self.place.pull_request is None:
            return Posted("skipped", "this run belongs to no pull request: nothing is posted")
        if not self.token:
            return Posted("refused", "no token: nothing is posted")
        wanted = body if body.startswith(marker) else f"{marker}\n{body}"
        late = "the comment may be missing or old"
        return self._held(lambda deadline: self._post(wanted, marker, create, deadline), late)

    def post_check(self, check: CheckRun) -> Posted:
        """Makes a check run for the commit that this run is about: the pull request's own, whatever was checked out.

        Errors: none; whatever GitHub does becomes words.
        """
        head_sha = self.place.pull_request.head_sha if self.place.pull_request else self.place.sha
        if not (self.token and head_sha):
            return Posted("skipped", "no token, or no commit: no check run is made")
        late = "the check run may be missing or incomplete"
        return self._held(lambda deadline: self._check(check, head_sha, deadline), late)

    def _held(self, work: Callable[["Deadline"], Posted], late: str) -> Posted:
        """The work, within what is left of the time for everything that this run posts."""
        seconds = max(self.deadline_seconds - sum(self.spent), min(LEAST_SECONDS, self.deadline_seconds))
        deadline = Deadline(seconds, self.pause)
        begun = time.monotonic()
        words = f"GitHub took longer than {self.deadline_seconds:g} seconds: {late}"
        posted = deadline.hold(lambda: work(deadline), Posted("refused", words))
        self.spent.append(time.monotonic() - begun)
        return posted

    def _check(self, check: CheckRun, head_sha: str, deadline: "Deadline") -> Posted:
        from covgate.shell.forge.check import Checks  # noqa: PLC0415  # see above
        from covgate.shell.forge.connection import connected  # noqa: PLC0415

        api_url, seconds = self.place.api_url, self.timeout_seconds
        with connected(api_url, self.token, seconds, deadline.wait, self.authorities) as github:
            return Checks(github.requester, self.place, head_sha, deadline).post(check)

    def _post(self, body: str, marker: str, create: bool, deadline: "Deadline") -> Posted:
        from covgate.shell.forge.author import Author  # noqa: PLC0415  # see above
        from covgate.shell.forge.comment import Comments  # noqa: PLC0415
        from covgate.shell.forge.connection import connected  # noqa: PLC0415

        api_url, seconds = self.place.api_url, self.timeout_seconds
        with connected(api_url, self.token, seconds, deadline.wait, self.authorities) as github:
            author = Author(github.requester, self.token, self.author)
            return Comments(github.requester, self.place, author, deadline).upsert(body, marker, create=create)


class TooLateError(Exception):
    """Nobody waits any more, or GitHub asks to wait for too long."""


class Deadline:
    """An end to the whole of it.

    PyGithub's time-out is for one silence: a server that sends a byte now and then, or asks to be asked later, would
    hold a job for minutes. So the work runs in a thread of its own, which is left behind when the time is up. It is a
    daemon: the process may end while it hangs. A signal would do in the main thread only, and not on every system.
    """

    def __init__(self, seconds: float, pause: Callable[[float], None]) -> None:
        self._seconds = seconds
        self._pause = pause
        self._passed = threading.Event()

    def hold(self, work: Callable[[], Posted], late: Posted) -> Posted:
        """The work's answer, or `late`. What the work raises is told as a refusal."""
        return (*self.within(lambda: _told(work)), late)[0]

    def within(self, work: Callable[[], Answer]) -> tuple[Answer, ...]:
        """The work's answer, none where it came too late or not at all. Work that raises answers nothing."""
        answers: list[Answer] = []

        def worked() -> None:
            with contextlib.suppress(Exception):
                answers.append(work())

        thread = threading.Thread(target=worked, name="covgate-publish", daemon=True)
        thread.start()
        thread.join(self._seconds)
        self._passed.set()
        return tuple(answers[:1])

    def check(self) -> None:
        """Stops work that nobody waits for any more, before it writes something.

        Errors: TooLateError.
        """
        if self._passed.is_set():
            raise TooLateError("too late")

    def wait(self, seconds: float) -> None:
        """Waits as GitHub asks.

        Errors: TooLateError where it asks for too much, or the time is up.
        """
        if seconds > LONGEST_WAIT_SECONDS:
            raise TooLateError(f"GitHub limits requests and asks to wait {seconds:g} seconds: run the job again later")
        self._pause(seconds)
        self.check()


def _told(work: Callable[[], Posted]) -> Posted:
    """Nothing that happens while posting may end a run: PyGithub raises anything, also for an odd URL."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001  # see above
        return Posted("refused", f"nothing could be posted ({type(error).__name__})")
