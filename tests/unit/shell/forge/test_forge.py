"""Whether something is posted at all, and the end of the waiting."""

import subprocess
import sys

import pytest

from covgate.model.check_run import CheckRun
from covgate.model.place import Place, PullRequest
from covgate.ports import Forge, Posted
from covgate.shell.forge.forge import Deadline, GitHubForge, NoForge, TooLateError, forge

HERE = Place("github", repository="shop/cart", api_url="nowhere", pull_request=PullRequest(7, "a" * 40, "b" * 40))
LATE = Posted("refused", "late")


def never(seconds: float) -> None:
    raise AssertionError(seconds)


def test_a_terminal_posts_nothing_and_says_so() -> None:
    assert forge(Place(), "ghs_x").post_comment("body", "marker") == Posted(
        "skipped", "not on GitHub: nothing is posted"
    )


def test_a_runner_gets_the_real_forge() -> None:
    assert forge(HERE, "ghs_x", "somebody") == GitHubForge(HERE, "ghs_x", "somebody")


def test_other_reasons_not_to_post_have_their_own_words() -> None:
    silent: Forge = NoForge("no comment is wanted")
    assert silent.post_comment("body", "marker", create=False).words == "no comment is wanted"


@pytest.mark.parametrize(
    ("place", "token", "state", "reason"),
    [(HERE, "", "refused", "no token"), (Place("github", event="push"), "", "skipped", "no pull request")],
)
def test_without_a_token_or_a_pull_request_nothing_is_asked(place: Place, token: str, state: str, reason: str) -> None:
    answer = GitHubForge(place, token, pause=never).post_comment("body", "marker")
    assert (answer.state, answer.failed, reason in answer.words) == (state, state == "refused", True)


def test_an_impossible_address_is_a_refusal_and_no_crash() -> None:
    answer = GitHubForge(HERE, "ghs_x", pause=never).post_comment("body", "marker")
    assert (answer.state, "nothing could be posted" in answer.words) == ("refused", True)


def test_pygithub_is_not_imported_where_nothing_is_posted() -> None:
    program = (
        "import sys\n"
        "from covgate.model.place import Place\n"
        "from covgate.shell.forge.forge import GitHubForge, forge\n"
        "forge(Place(), '').post_comment('body', 'marker')\n"
        "GitHubForge(Place('github'), '').post_comment('body', 'marker')\n"
        "print(sorted({'github', 'requests', 'urllib3'} & set(sys.modules)))\n"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_work_in_time_is_answered_and_work_that_breaks_is_told() -> None:
    def breaks() -> Posted:
        raise KeyError("secret")

    answer = Posted("created", "done")
    assert Deadline(10, never).hold(lambda: answer, LATE) is answer
    assert Deadline(10, never).hold(breaks, LATE).words == "nothing could be posted (KeyError)"


def test_a_wait_that_is_too_long_is_not_begun() -> None:
    with pytest.raises(TooLateError, match="asks to wait 31 seconds"):
        Deadline(60, never).wait(31)


def test_after_the_end_no_wait_leads_on() -> None:
    waited: list[float] = []
    deadline = Deadline(10, waited.append)
    deadline.wait(1)
    deadline.hold(lambda: LATE, LATE)
    with pytest.raises(TooLateError):
        deadline.wait(2)
    with pytest.raises(TooLateError):
        deadline.check()
    assert waited == [1, 2]


def test_without_a_token_or_a_commit_no_check_run_is_made() -> None:
    check = CheckRun("covgate verdict", "success", "Passed", "…")
    for place, token in ((HERE, ""), (Place("github", event="push"), "ghs_x")):
        assert GitHubForge(place, token, pause=never).post_check(check).state == "skipped"
    assert NoForge().post_check(check).state == "skipped"
