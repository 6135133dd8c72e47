"""Finds the one commit that a change is measured against, and tells how it was found."""

import difflib
import re
from collections.abc import Callable, Iterator

from covgate.errors import ComparisonError
from covgate.model.diff import Base
from covgate.model.place import Place
from covgate.shell.git.history import History
from covgate.shell.git.process import Git

FULL_HISTORY = "In a workflow, let actions/checkout fetch the history: `fetch-depth: 0`."
PULL_REQUEST_EVENTS = ("pull_request", "pull_request_target")
MERGE_EVENTS = ("pull_request", "merge_group")
_BRANCHES = ("main", "master")
_SHA = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")


def nobody_knows(_base: str, _head: str) -> str:
    """For a place without a forge to ask for a merge base."""
    return ""


class BaseFinder:
    """Looks for the base of the commit that is checked out.

    Shape:  `ask` gives the merge base of two commits as the forge knows it, "" where it does not; it is called where
            this clone is too shallow to tell, before any history is fetched.
    """

    def __init__(self, git: Git, place: Place, ask: Callable[[str, str], str] = nobody_knows) -> None:
        self._git = git
        self._place = place
        self._history = History(git)
        self._ask = ask

    def find(self, wanted: str, head_sha: str) -> Base:
        """The base: the wanted one, the merge commit's first parent, or the merge base with the pull request's branch.

        Errors: ComparisonError where there is none, or no history to find it in, or where what is checked out is not
                what the pull request would merge.
        """
        if wanted:
            return Base(self._common(self._given(wanted), head_sha, wanted), "given")
        self._verify(head_sha)
        parent = self._merge_parent(head_sha)
        if parent:
            return Base(self._present(parent, "the merge commit's first parent"), "merge parent")
        return Base(self._common(self._target(), head_sha, "the base branch"), "merge base")

    def _given(self, wanted: str) -> str:
        """The commit that the user named: a revision here, a branch or a commit of the remote."""
        sha = self._history.commit(wanted) or self._history.commit(f"refs/remotes/{self._history.remote}/{wanted}")
        if sha:
            return sha
        if _SHA.fullmatch(wanted):
            return self._present(wanted, "the base")
        return self._history.fetch_branch(wanted) or self._unknown(wanted)

    def _unknown(self, wanted: str) -> str:
        names = self._git.ask("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
        near = difflib.get_close_matches(wanted, names.decode("utf-8", "replace").split(), n=3, cutoff=0.5)
        meant = f"Did you mean {' or '.join(f'`{name}`' for name in near)}? " if near else ""
        raise ComparisonError(f"There is no commit `{wanted}` to compare with.", hint=meant + FULL_HISTORY)

    def _verify(self, head_sha: str) -> None:
        """Makes sure that the tree that is measured is the pull request's: lines of another one would be told of it.

        Errors: ComparisonError.
        """
        pull_request = self._place.pull_request
        if pull_request is None or head_sha == pull_request.head_sha:
            return
        merged = self._place.event in PULL_REQUEST_EVENTS and self._merged(head_sha)
        if merged != pull_request.head_sha:
            raise ComparisonError(
                f"The commit that is checked out, {head_sha[:12]}, is neither the head of pull request "
                f"{pull_request.number} ({pull_request.head_sha[:12]}) nor a merge of it.",
                hint="Let actions/checkout take what it takes by default, and add no commits before covgate runs. "
                "After a newer push there is a newer run. With `base`, any commit is compared with any other.",
            )

    def _merged(self, head_sha: str) -> str:
        """What a forge's merge commit merged into the base; "" where it is no merge of two."""
        parents = self._history.parents(head_sha)
        return parents[1] if len(parents) == 2 else ""  # noqa: PLR2004  # what forges make

    def _merge_parent(self, head_sha: str) -> str:
        """The first parent of the merge commit that a forge makes for a pull request; "" where HEAD is none."""
        pull_request = self._place.pull_request
        is_head = pull_request is not None and pull_request.head_sha == head_sha
        if self._place.event not in MERGE_EVENTS or is_head or not self._merged(head_sha):
            return ""
        return self._history.parents(head_sha)[0]

    def _present(self, sha: str, what: str) -> str:
        """The commit, fetched where this clone has not got it."""
        if self._history.commit(sha):
            return sha
        complaint = self._history.fetch_commit(sha)
        if complaint:
            raise ComparisonError(
                f"{what[0].upper()}{what[1:]}, {sha[:12]}, is not in this clone and could not be fetched: {complaint}",
                hint=FULL_HISTORY,
            )
        return sha

    def _target(self) -> str:
        """The tip of what this change is going to be merged into."""
        pull_request = self._place.pull_request
        if pull_request and pull_request.base_sha:
            return self._pull_request_target(pull_request.base_sha, pull_request.base_ref)
        tip = next((sha for name in self._default_names() if (sha := self._history.commit(name))), None)
        return tip or self._fetched_default() or self._only_branch()

    def _pull_request_target(self, sha: str, branch: str) -> str:
        """The base that the event names, or its branch's tip where that commit was pushed away since."""
        if self._history.commit(sha):
            return sha
        complaint = self._history.fetch_commit(sha)
        tip = (complaint and branch and self._history.fetch_branch(branch)) or ""
        if complaint and not tip:
            raise ComparisonError(
                f"The pull request's base {sha[:12]} is not in this clone and could not be fetched: {complaint} "
                "It may have been pushed away by force.",
                hint=f"{FULL_HISTORY} After a forced push to the base branch, push to the pull request again.",
            )
        return tip or sha

    def _default_names(self) -> Iterator[str]:
        """Refs that may be the default branch, the likeliest first."""
        remote, known = self._history.remote, self._place.default_branch
        if known:
            yield from (f"refs/remotes/{remote}/{known}", f"refs/heads/{known}")
            return
        yield f"refs/remotes/{remote}/HEAD"
        for place in (f"refs/remotes/{remote}", "refs/heads"):
            yield from (f"{place}/{branch}" for branch in _BRANCHES)
        configured = self._git.try_("config", "--get", "init.defaultBranch").text
        if configured:
            yield f"refs/heads/{configured}"

    def _fetched_default(self) -> str:
        branch = self._place.default_branch or self._history.remote_default()
        return self._history.fetch_branch(branch) if branch else ""

    def _only_branch(self) -> str:
        """A repository with a single branch and no remote has that for its default."""
        names = self._git.ask("for-each-ref", "--format=%(refname)", "refs/heads").decode("utf-8", "replace").split()
        if len(names) != 1 or self._history.has_remote:
            raise ComparisonError(
                "The default branch is not known, so there is no base to compare with.",
                hint=f"Name one with `--base`, for example `--base origin/main`. {FULL_HISTORY}",
            )
        return self._history.commit(names[0])

    def _asked(self, target: str, head_sha: str) -> str:
        """The merge base as the forge knows it, fetched; "" where that cannot be had."""
        sha = self._ask(target, head_sha)
        if not _SHA.fullmatch(sha):
            return ""
        return sha if self._history.commit(sha) or not self._history.fetch_commit(sha) else ""

    def _common(self, target: str, head_sha: str, what: str) -> str:
        """The merge base of target and head: what happened on the target since is not the change's.

        A target that the head was built upon is its own merge base: no history is needed to say so.
        """
        if target in self._history.parents(head_sha):
            return target
        found = self._history.merge_base(target, head_sha)
        if not found and self._history.is_shallow:
            found = self._asked(target, head_sha) or self._history.deepened_merge_base(target, head_sha)
        if found:
            return found
        if self._history.is_shallow:
            raise ComparisonError(
                f"This clone is shallow, and the history between {what} ({target[:12]}) and the head ({head_sha[:12]}) "
                "could not be fetched.",
                hint=FULL_HISTORY,
            )
        raise ComparisonError(
            f"The head ({head_sha[:12]}) and {what} ({target[:12]}) have no common history.",
            hint="Name a base that the head grew from with `--base`.",
        )
