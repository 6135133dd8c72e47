"""How often the repository's files changed in the last year, read in one call of git log."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from covgate.errors import ComparisonError
from covgate.model.activity import Activity, FileActivity
from covgate.shell.git.history import time_in
from covgate.shell.git.process import Git

LONG, SHORT = timedelta(days=365), timedelta(days=90)
SHALLOW = (
    "This clone is shallow, so how often files changed is not known: "
    "let the checkout fetch the history (`fetch-depth: 0`)."
)
_BEGIN, _SEP = b"\x01", b"\x02"
_PYTHON = (b".py", b".pyw")
_TWO_PATHS = (b"R", b"C")
# Names and renames of each commit; nothing of it depends on the host's or the repository's configuration.
_LOG = (
    "log", "-z", "--name-status", "-M", "-l1000", "--no-merges", "--mailmap", "--no-show-signature", "--no-notes",
    "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "-O/dev/null", "--ignore-submodules=all",
    "--format=%x01%ct%x02%aE%x02%D",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Commit:
    """One commit; `changes` are (path before or "", path after)."""

    when: datetime
    author: str
    grafted: bool
    changes: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Count:
    """What is known of one file so far."""

    short: int = 0
    long: int = 0
    authors: set[str] = field(default_factory=set)
    last: date | None = None


def read_activity(git: Git) -> Activity:
    """All Python files' activity by the paths that they have at the head, up to a year before the head's commit.

    Shape:  days are counted from the head's own date and not from today, so that the same commit is always told the
            same; `unknown` where the clone ends within that year, or git does not answer in time.
    Errors: none.
    """
    try:
        until = time_in(git.ask("cat-file", "commit", "HEAD"))
        if until is None:
            return Activity(unknown="How often files changed is not known: the head's commit has no date.")
        since = (until - LONG).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        commits = tuple(_commits(git.ask(*_LOG, f"--since={since}", "HEAD", "--")))
    except ComparisonError as error:
        return Activity(unknown=f"How often files changed is not known: {error.what}")
    if any(commit.grafted for commit in commits):
        return Activity(unknown=SHALLOW)
    counts = _counts(commits, until)
    files = {path: FileActivity(one.short, one.long, len(one.authors), one.last) for path, one in counts.items()}
    return Activity(files, until=until.date())


def _time(seconds: bytes) -> datetime:
    """A time as git writes it; the epoch for one that no calendar has."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _commits(log: bytes) -> Iterator[_Commit]:
    """The commits of the log, newest first. Paths are taken as they come, so that none can be mistaken for more."""
    tokens = iter(log.split(b"\0"))
    token = next(tokens, b"")
    while token.startswith(_BEGIN):
        when, _, rest = token[1:].partition(_SEP)
        author, _, names = rest.rpartition(_SEP)  # an author may hold any bytes, and names of refs no such one
        changes: list[tuple[str, str]] = []
        token = next(tokens, b"")
        while token and not token.startswith(_BEGIN):
            changes.extend(_change(token.lstrip(b"\n"), tokens))
            token = next(tokens, b"")
        grafted = b"grafted" in names.split(b", ")
        yield _Commit(_time(when), author.decode("utf-8", "replace").lower(), grafted, tuple(changes))


def _change(status: bytes, tokens: Iterator[bytes]) -> Iterator[tuple[str, str]]:
    *before, after = islice(tokens, 2 if status.startswith(_TWO_PATHS) else 1)
    if after.endswith(_PYTHON) and not status.startswith(b"D"):
        yield os.fsdecode(b"".join(before)) if status.startswith(b"R") else "", os.fsdecode(after)


def _counts(commits: tuple[_Commit, ...], until: datetime) -> dict[str, _Count]:
    """Newest first, so that by the time a file's older name comes up it is known what it is called now."""
    now_called: dict[str, str] = {}
    counts: dict[str, _Count] = {}
    for commit in commits:
        for path in dict.fromkeys(now_called.get(after, after) for _, after in commit.changes):
            count = counts.setdefault(path, _Count())
            count.long += 1
            count.short += commit.when > until - SHORT
            count.authors.add(commit.author)
            count.last = max(count.last or commit.when.date(), commit.when.date())
        now_called |= {before: now_called.get(after, after) for before, after in commit.changes if before}
    return counts
