"""The streams that people read: the report, foreign output, and one line that says what is going on."""

import os
import re
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TextIO

PLAIN_WIDTH = 80
LOG_WIDTH = 120
NARROWEST = 20
CLEAR_LINE = "\r\x1b[2K"

_COMMAND = re.compile(r"(^|[\r\n])([\s\ufeff]*)::")


def harmless(text: str) -> str:
    """The text with no line that GitHub's runner takes for a command.

    Source: actions/runner: `::` after leading blanks, `##[` anywhere, and a carriage return ends a line as well.
    """
    return _COMMAND.sub(r"\1\2∷", text).replace("##[", "# # [")


def wants_colour(environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether to colour: NO_COLOR forbids, FORCE_COLOR and CLICOLOR_FORCE demand, else where a terminal can.

    Source: no-color.org, force-color.org, bixense.com/clicolors.
    """
    if environment.get("NO_COLOR"):
        return False
    if any(environment.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return terminal and environment.get("CLICOLOR") != "0" and environment.get("TERM") != "dumb"


def columns(environment: Mapping[str, str], stream: TextIO, *, otherwise: int) -> int:
    """The width to write in: COLUMNS, else the terminal's own, else `otherwise`."""
    given = environment.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return max(NARROWEST, int(given))
    try:
        return max(NARROWEST, os.get_terminal_size(stream.fileno()).columns or otherwise)
    except (OSError, ValueError):
        return otherwise


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody looks at it; a closed stream is looked at by nobody."""
    try:
        return stream.isatty()
    except ValueError:
        return False


class Screen:
    """The two streams and what may be written to them.

    Shape:  on GitHub both are a log that the runner reads for commands. `quiet` is for a standard output that a program
            reads: no progress then. `clock` and `tick_seconds` serve the status line.
    Errors: none; a reader that has gone away is not missed.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        stdout: TextIO | None = None,
        stderr: TextIO | None = None,
        *,
        quiet: bool = False,
        clock: Callable[[], float] = time.monotonic,
        tick_seconds: float = 1.0,
    ) -> None:
        self._out = stdout or sys.stdout
        self._err = stderr or sys.stderr
        self.on_github = environment.get("GITHUB_ACTIONS") == "true"
        self.width = columns(environment, self._out, otherwise=LOG_WIDTH if self.on_github else PLAIN_WIDTH)
        self.colour = wants_colour(environment, terminal=is_terminal(self._out))
        live = is_terminal(self._err) and not self.on_github and environment.get("TERM") != "dumb"
        self._status = Status(self._err, columns(environment, self._err, otherwise=PLAIN_WIDTH), clock)
        self._ticker = Ticker(self._redraw, tick_seconds) if live and not quiet else None
        self._quiet = quiet
        self._said = ""
        self._lock = threading.RLock()

    def text(self, text: str) -> None:
        """Prints a text where the report goes, and ends the status line."""
        self.close()
        self._print(self._out, harmless(text) if self.on_github else text)

    def commands(self, text: str) -> None:
        """Prints workflow commands as they are, on GitHub only."""
        if self.on_github and text:
            self._print(self._out, text)

    def tell(self, words: str) -> None:
        """One line for people, beside the report."""
        stream = self._out if self.on_github else self._err
        self._print(stream, harmless(words) if self.on_github else words)

    def progress(self, words: str) -> None:
        """What is going on: on a terminal a line in its place, with the seconds; elsewhere a line, once. "" ends it."""
        if self._quiet or words == self._said:
            return
        if not words:
            self.close()
        elif self._ticker is None:
            self.tell(words)
        else:
            with self._lock:
                self._status.say(words)
            self._ticker.start()
        self._said = words

    @contextmanager
    def foreign_output(self) -> Iterator[Callable[[str], None]]:
        """Yields a function that prints a line of somebody else's; GitHub takes no command from any of them.

        Shape:  the token that ends it is random, and known to nobody while a foreign program runs.
        """
        token = f"covgate-{secrets.token_hex(16)}"
        self.commands(f"::stop-commands::{token}")
        try:
            yield lambda line: self._print(self._out, line)
        finally:
            # a program that writes to the stream itself may have left it in the middle of a line
            self.commands(f"\n::{token}::")

    def close(self) -> None:
        """Takes the status line away."""
        if self._ticker:
            self._ticker.stop()
        with self._lock:
            self._status.say("")
        self._said = ""

    def _print(self, stream: TextIO, text: str) -> None:
        with self._lock, self._status.hidden():
            put(stream, text if text.endswith("\n") else f"{text}\n")

    def _redraw(self) -> None:
        with self._lock:
            self._status.draw()


class Status:
    """One line on a terminal, rewritten in its place."""

    def __init__(self, stream: TextIO, width: int, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._width = width
        self._clock = clock
        self._words = ""
        self._since = 0.0

    def say(self, words: str) -> None:
        """Shows these words and counts from now; "" shows nothing."""
        if self._words and not words:
            put(self._stream, CLEAR_LINE)
        self._words = words
        self._since = self._clock()
        self.draw()

    def draw(self) -> None:
        """Writes the line anew."""
        if self._words:
            seconds = f" · {elapsed(self._clock() - self._since)}"
            words = self._words[: max(0, self._width - 1 - len(seconds))]
            put(self._stream, f"{CLEAR_LINE}{words}{seconds}")

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Takes the line away while something else is written."""
        if self._words:
            put(self._stream, CLEAR_LINE)
        yield
        self.draw()


class Ticker:
    """Calls `tick` now and then, in a thread that never keeps a process alive."""

    def __init__(self, tick: Callable[[], None], seconds: float) -> None:
        self._tick = tick
        self._seconds = seconds
        self._stopped: threading.Event | None = None

    def start(self) -> None:
        """Begins, unless it has begun."""
        if self._stopped is None:
            self._stopped = threading.Event()
            threading.Thread(target=self._run, args=(self._stopped,), name="covgate-status", daemon=True).start()

    def stop(self) -> None:
        """Ends; no tick begins afterwards, but for one that has begun."""
        if self._stopped is not None:
            self._stopped.set()
            self._stopped = None

    def _run(self, stopped: threading.Event) -> None:
        while not stopped.wait(self._seconds):
            self._tick()


def elapsed(seconds: float) -> str:
    """A time as people say it."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def put(stream: TextIO, text: str) -> None:
    """Writes at once; signs that the stream's encoding lacks become question marks.

    Errors: none. Where nobody reads any more the stream is led to nowhere, so that Python does not complain at its end.
    """
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
