"""How a push ended, from what servers say; the texts are theirs."""

import pytest

from covgate.model.place import Place
from covgate.shell.data_branch.pushing import Push, push_of
from covgate.shell.data_branch.remote import Remote, remote_of
from covgate.shell.git import FetchCredentials
from covgate.shell.git.process import Answer

TO = "To https://github.com/acme/shop\n"
STALE = f"{TO}!\t1a2b:refs/heads/covgate-data\t[rejected] (stale info)\nDone\n"
LOCKED = f"{TO}!\t1a2b:refs/heads/covgate-data\t[remote rejected] (cannot lock ref 'refs/heads/covgate-data')\nDone\n"
RULES = (
    f"{TO}!\t1a2b:refs/heads/covgate-data\t[remote rejected] (push declined due to repository rule violations)\nDone\n"
)
READS = """\
remote: Permission to acme/shop.git denied to github-actions[bot].
fatal: unable to access 'https://github.com/acme/shop/': The requested URL returned error: 403
"""
VIOLATIONS = """\
remote: error: GH013: Repository rule violations found for refs/heads/covgate-data.
remote: Review all repository rules at https://github.com/acme/shop/rules?ref=refs%2Fheads%2Fcovgate-data
error: failed to push some refs to 'https://github.com/acme/shop'
"""
PROTECTED = "remote: error: GH006: Protected branch update failed for refs/heads/covgate-data.\n"
NO_NAME = "fatal: could not read Username for 'https://github.com': terminal prompts disabled\n"
NO_KEY = "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n"
HANG_UP = "fatal: the remote end hung up unexpectedly\n"


@pytest.mark.parametrize(
    ("out", "err", "push"),
    [
        (STALE, "", Push("lost", "[rejected] (stale info)")),
        (LOCKED, "", Push("lost", "[remote rejected] (cannot lock ref 'refs/heads/covgate-data')")),
        ("", READS, Push("denied", "Permission to acme/shop.git denied to github-actions[bot]")),
        ("", NO_NAME, Push("denied", "could not read Username for 'https://github.com': terminal prompts disabled")),
        ("", NO_KEY, Push("denied", "git@github.com: Permission denied (publickey)")),
        (RULES, VIOLATIONS, Push("forbidden", "GH013: Repository rule violations found for refs/heads/covgate-data")),
        (RULES, "", Push("forbidden", "[remote rejected] (push declined due to repository rule violations)")),
        ("", PROTECTED, Push("forbidden", "GH006: Protected branch update failed for refs/heads/covgate-data")),
        ("", HANG_UP, Push("failed", "the remote end hung up unexpectedly")),
        ("", "", Push("failed", "git gave no reason")),
    ],
)
def test_a_push_that_did_not_work_is_told_from_another(out: str, err: str, push: Push) -> None:
    assert push_of(Answer(1, out.encode(), err.encode())) == push


def test_no_password_is_told() -> None:
    err = "fatal: unable to access 'https://me:secret@github.com/acme/shop/': The requested URL returned error: 403\n"
    assert "secret" not in push_of(Answer(128, b"", err.encode())).words


def test_a_push_that_worked_is_done() -> None:
    assert push_of(Answer(0, TO.encode(), b"remote: GH013 is a nice number")) == Push("done")


RUNNER = Place("github", repository="acme/shop", server_url="https://github.example")
TOKEN = FetchCredentials("https://github.example", "ghs_x")


def test_on_a_runner_the_remote_is_the_one_that_the_runner_names_whatever_the_clone_says() -> None:
    assert remote_of(RUNNER, "https://evil.example/x", TOKEN) == Remote("https://github.example/acme/shop", TOKEN)


def test_on_a_terminal_the_remote_is_the_clone_s_without_any_token() -> None:
    assert remote_of(Place(), "git@github.example:acme/shop.git", TOKEN) == Remote("git@github.example:acme/shop.git")


@pytest.mark.parametrize("origin", ["", "--upload-pack=touch /tmp/x"])
def test_no_address_is_no_remote(origin: str) -> None:
    assert remote_of(Place(), origin, None) is None
