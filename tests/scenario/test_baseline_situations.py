"""Every situation of the table of baselines, with real repositories: what the report says is what the docs say."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.doubles.github import GitHub
from tests.doubles.github_state import Pull, Repository, State, Token
from tests.scenario.baseline_scene import AUTO, LESS_TESTED, NAME, Scene, last_line
from tests.scenario.baseline_situations import SITUATIONS, Situation
from tests.scenario.shop import Ended

Play = Callable[[Scene], Ended]
PLAYS: dict[str, Play] = {}
WELL = "def test_it():\n    pass\n"
FAILING = "def test_it():\n    assert False\n"
ENDLESS = "import threading\n\n\ndef test_it():\n    threading.Event().wait()\n"


@pytest.fixture(scope="module")
def api() -> Iterator[str]:
    pull = Pull(7, "a" * 40, "b" * 40, head_repository=NAME)
    state = State({NAME: Repository(NAME, pulls={7: pull})}, {"ghs_shop": Token("github-actions[bot]")})
    with GitHub(state) as github:
        yield github.url


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory, api: str) -> Scene:
    """A default branch of two commits, of which the second has a snapshot."""
    scene = Scene.made(tmp_path_factory.mktemp("stored") / "forge", api)
    scene.commit({"README.md": "A shop.\n"})
    scene.measured()
    scene.older = scene.base
    return scene


@pytest.fixture
def scene(stored: Scene, api: str, tmp_path: Path) -> Scene:
    return stored.copy(tmp_path / "forge", api)


def situation(name: str) -> Callable[[Play], Play]:
    """Names the row that a function plays."""

    def named(play: Play) -> Play:
        PLAYS[name] = play
        return play

    return named


@situation("exact")
def _exact(scene: Scene) -> Ended:
    return scene.pull_request()


@situation("behind")
def _behind(scene: Scene) -> Ended:
    for number in range(3):
        scene.commit({"README.md": f"{number}\n"})
    return scene.pull_request()


@situation("shallow")
def _shallow(scene: Scene) -> Ended:
    for number in range(3):
        scene.commit({"README.md": f"{number}\n"})
    return scene.pull_request(depth=1)


@situation("none")
def _none(scene: Scene) -> Ended:
    forget(scene)
    return scene.pull_request()


@situation("branch")
def _branch(scene: Scene) -> Ended:
    scene.commit({"README.md": "Shop 1.x\n"}, branch="release")
    return scene.pull_request(branch="release")


@situation("forced")
def _forced(scene: Scene) -> Ended:
    scene.author.git("reset", "--quiet", "--hard", "HEAD~1")
    scene.commit({"README.md": "Another shop.\n"})
    return scene.pull_request()


@situation("corrupt")
def _corrupt(scene: Scene) -> Ended:
    scene.commit({"README.md": "More.\n"})
    scene.measured()
    scene.damage(scene.base)
    return scene.pull_request()


@situation("newer")
def _newer(scene: Scene) -> Ended:
    scene.remote.put_snapshot(scene.base, {**scene.remote.snapshots()[scene.base], "covgate_snapshot": 2})
    return scene.pull_request()


@situation("squash")
def _squash(scene: Scene) -> Ended:
    scene.author.git("checkout", "--quiet", "-b", "feature")
    for number in range(2):
        scene.author.add({"README.md": f"feature {number}\n"})
    scene.author.git("checkout", "--quiet", "-B", "main", scene.base)
    scene.author.git("merge", "--quiet", "--squash", "feature")
    scene.commit({}, "feature (#6)")
    scene.measured()
    return scene.pull_request()


@situation("queue")
def _queue(scene: Scene) -> Ended:
    scene.commit({"README.md": "queued\n"})
    scene.measured("merge_group")
    return scene.pull_request()


@situation("revert")
def _revert(scene: Scene) -> Ended:
    scene.commit({"shop/more.py": "X = 1\n"})
    scene.measured()
    scene.older = scene.base
    scene.author.git("revert", "--no-edit", "HEAD")
    scene.commit({}, "again")
    scene.author.git("reset", "--quiet", "--hard", "HEAD~1")
    scene.base = scene.author.git("rev-parse", "HEAD")
    scene.push()
    return scene.pull_request()


@situation("unreachable")
def _unreachable(scene: Scene) -> Ended:
    scene.offline = True
    return scene.pull_request()


@situation("no remote")
def _no_remote(scene: Scene) -> Ended:
    workspace = scene.checked_out(scene.base)
    workspace.git("remote", "remove", "origin")
    workspace.add({"shop/new.py": "X = 1\n"})
    return workspace.run("--base", scene.base, "--rerun", "auto")


@situation("coverage")
def _coverage(scene: Scene) -> Ended:
    scene.alter(scene.base, version="7.0.0")
    return scene.pull_request()


@situation("python")
def _python(scene: Scene) -> Ended:
    scene.alter(scene.base, python="CPython 3.9.1")
    return scene.pull_request()


@situation("exclusions")
def _exclusions(scene: Scene) -> Ended:
    scene.commit({".coveragerc": "[report]\nexclude_also = if coupon\n"})
    return scene.pull_request()


@situation("rerun")
def _rerun(scene: Scene) -> Ended:
    forget(scene, {".covgate.yml": AUTO})
    return scene.pull_request()


@situation("rerun differs")
def _rerun_differs(scene: Scene) -> Ended:
    scene.commit({".covgate.yml": AUTO})
    scene.measured()
    scene.alter(scene.base, python="CPython 3.9.1")
    return scene.pull_request()


@situation("rerun fails")
def _rerun_fails(scene: Scene) -> Ended:
    forget(scene, {".covgate.yml": AUTO, "tests/test_it.py": FAILING})
    scene.more["tests/test_it.py"] = WELL
    return scene.pull_request()


@situation("rerun ends")
def _rerun_ends(scene: Scene) -> Ended:
    forget(scene, {".covgate.yml": "baseline: {timeout: 3s}\n", "tests/test_it.py": ENDLESS})
    scene.more["tests/test_it.py"] = WELL
    return scene.pull_request()


@situation("rerun cannot")
def _rerun_cannot(scene: Scene) -> Ended:
    forget(scene, {".covgate.yml": "suite: {command: python gone.py}\n"})
    scene.more[".covgate.yml"] = "suite: {command: pytest}\n"
    return scene.pull_request()


@situation("given")
def _given(scene: Scene) -> Ended:
    forget(scene, {".covgate.yml": AUTO})
    measured = scene.pull_request()
    data = scene.folder / "given.data"
    shutil.copy(measured.folder / "coverage.data", data)
    return scene.pull_request(mode="report", data=str(data))


@situation("push")
def _push(scene: Scene) -> Ended:
    forget(scene, {".covgate.yml": AUTO})
    return pushed(scene, "topic")


@situation("default branch")
def _default_branch(scene: Scene) -> Ended:
    return pushed(scene, "main")


def pushed(scene: Scene, branch: str) -> Ended:
    before, sha = scene.base, scene.commit({"tests/test_cart.py": LESS_TESTED}, branch=branch)
    event = {"ref": f"refs/heads/{branch}", "before": before, "after": sha, "created": False}
    return scene.run(scene.checked_out(sha), "push", event, sha, f"refs/heads/{branch}")


def forget(scene: Scene, files: dict[str, str] | None = None) -> None:
    """Takes all snapshots away, with one more commit where files are given."""
    scene.remote.git("update-ref", "-d", "refs/heads/covgate-data")
    if files:
        scene.commit(files)


def test_every_row_is_played() -> None:
    assert set(PLAYS) == {one.id for one in SITUATIONS}


@pytest.mark.parametrize("one", SITUATIONS, ids=[one.id for one in SITUATIONS])
def test_the_report_says_what_the_docs_say(one: Situation, scene: Scene) -> None:
    ended = PLAYS[one.id](scene)
    said = last_line(ended)
    expected = one.says.format(base=scene.base[:7], older=scene.older[:7])
    assert expected in said
    known = not one.says.startswith("baseline n/a")
    assert (ended.report["baseline"]["state"], ended.report["before"] is None) == (
        ("known", False) if known else ("missing", True)
    )
    # The default branch is its own base: what its last commit lost is nobody's change any more.
    dropped = "passed" if one.id == "default branch" else "failed"
    assert ended.rules["drop"] == (dropped if known else "not_applicable")
