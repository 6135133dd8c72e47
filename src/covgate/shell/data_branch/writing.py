"""Puts a snapshot on the data branch, whole or not at all, whoever else is writing."""

from itertools import count

from covgate.errors import MeasurementError
from covgate.model.history import Stored
from covgate.parse.history_lines import Record, history_records
from covgate.parse.stored_snapshot import stored_bytes, stored_from
from covgate.ports import Kept
from covgate.shell.data_branch.bare import Bare
from covgate.shell.data_branch.layout import HISTORY, MOST_SNAPSHOTS, Tip
from covgate.shell.data_branch.merging import Addition, Pages, merged
from covgate.shell.data_branch.patience import Deadline, UnreachableError
from covgate.shell.data_branch.pushing import Push

MOST_FAILURES = 4
"""Attempts at a remote that does not answer. Losing to others may be repeated until the time is up."""
PERMISSION = "Give this job the permission `contents: write`, in the default branch's workflow only."
RULES = "Let GitHub Actions push to this branch, or name another one as `baseline.branch`."


class Writer:
    """Writes to one branch, in one stretch of time."""

    def __init__(self, bare: Bare, branch: str, deadline: Deadline) -> None:
        self._bare = bare
        self._branch = branch
        self._deadline = deadline
        self._failures = 0
        self._last_words = ""

    def write(self, stored: Stored, pages: Pages) -> Kept:
        """Stores the snapshot, and tries again where somebody else was faster.

        Errors: UnreachableError; MeasurementError for a snapshot that could not be read again.
        """
        content = stored_bytes(stored)
        stored_from(content, "the new snapshot")
        addition = Addition(stored, self._bare.store(content), pages)
        for attempt in count():
            answer = self._attempt(addition)
            if answer:
                return answer
            self._pause(attempt)
        raise AssertionError("unreachable")

    def _attempt(self, addition: Addition) -> Kept | None:
        """One attempt; None where there should be another."""
        try:
            tip = self._bare.tip(self._branch, self._deadline)
            if tip.is_foreign:
                return self._refused(addition, f"the branch holds something else than covgate's data. {RULES}")
            history = self._history(tip)
            if self._is_there(tip, history, addition.stored):
                return self._kept("unchanged", addition, "is on")
            tree = merged(tip, history, addition, self._bare)
            if tree == tip.tree:
                old = f"is older than the {MOST_SNAPSHOTS} that are kept on"
                return self._kept("unchanged", addition, "is on" if addition.stored.sha in tip.snapshots else old)
            return self._answer(self._push(tip, tree, addition.stored), addition)
        except UnreachableError as error:
            self._failed(error)
            return None

    def _push(self, tip: Tip, tree: str, stored: Stored) -> Push:
        commit = self._bare.commit(tree, f"covgate: {stored.sha}", stored.time)
        return self._bare.push(self._branch, commit, tip.sha, self._deadline)

    def _answer(self, push: Push, addition: Addition) -> Kept | None:
        if push.state == "done":
            return self._kept("written", addition, "was stored on")
        if push.state == "denied":
            return self._refused(addition, f"the token may not write ({push.words}). {PERMISSION}")
        if push.state == "forbidden":
            return self._refused(addition, f"a rule of the repository forbids it ({push.words}). {RULES}")
        if push.state == "failed":
            self._failed(UnreachableError(push.words))
        self._last_words = push.words
        return None

    def _pause(self, attempt: int) -> None:
        try:
            self._deadline.pause(attempt)
        except UnreachableError as error:
            raise self._with_last_words(error) from error

    def _failed(self, error: UnreachableError) -> None:
        """Remembers a failure.

        Errors: UnreachableError where another attempt makes no sense.
        """
        if error.lasting:
            raise self._with_last_words(error) from error
        self._failures += 1
        self._last_words = error.words
        if self._failures == MOST_FAILURES:
            raise error

    def _with_last_words(self, error: UnreachableError) -> UnreachableError:
        if not self._last_words:
            return error
        return UnreachableError(f"{error.words}, and the last attempt ended with {self._last_words}")

    def _history(self, tip: Tip) -> tuple[Record, ...]:
        return history_records(self._bare.read(tip.root[HISTORY].name, self._deadline)) if tip.sha else ()

    def _is_there(self, tip: Tip, history: tuple[Record, ...], stored: Stored) -> bool:
        """Whether the branch says the same of this commit: of a run repeated only the seconds differ."""
        line = next((record.known for record in history if record.sha == stored.sha), None)
        name = tip.snapshots.get(stored.sha)
        if line is None or name is None:
            return False
        try:
            there = stored_from(self._bare.read(name, self._deadline), "")
        except MeasurementError:
            return False
        settled = not (there.queued or line.queued)
        if stored.queued and settled and there.sha == stored.sha:
            return True  # the default branch has had its say
        same = (there.sha, there.snapshot) == (stored.sha, stored.snapshot)
        equal = (line.line, line.combined) == (stored.line.line, stored.line.combined)
        return (settled or stored.queued) and same and equal

    def _kept(self, state: str, addition: Addition, words: str) -> Kept:
        told = f"The snapshot of `{addition.stored.sha[:7]}` {words} `{self._branch}`."
        return Kept("written" if state == "written" else "unchanged", told)

    def _refused(self, addition: Addition, reason: str) -> Kept:
        return Kept("refused", not_stored(addition.stored, self._branch, reason))


def not_stored(stored: Stored, branch: str, reason: str) -> str:
    """The line for the reader where nothing was stored."""
    return f"The snapshot of `{stored.sha[:7]}` was not stored on `{branch}`: {reason}"
