"""`covgate gaps` on a clone whose default branch stored a snapshot: nothing is run for it."""

import json
from typing import Any

from tests.scenario.shop import REFUND, Ended
from tests.scenario.test_data_branch import Repository, forge, github, repository

__all__ = ["forge", "github", "repository"]  # fixtures


def gaps(of: Repository, *options: str) -> Ended:
    return of.project.covgate("gaps", "--format", "json", *options)


def found(ended: Ended) -> dict[str, Any]:
    assert ended.code == 0, ended.err
    return dict(json.loads(ended.out))


def test_gaps_of_a_stored_commit_are_read_without_running_the_suite(repository: Repository) -> None:
    sha = repository.push()
    assert repository.on_default_branch().code == 0
    ended = gaps(repository)
    assert (found(ended)["sha"], found(ended)["measured"]) == (sha, "the stored snapshot")
    assert "test session starts" not in ended.err


def test_the_nearest_stored_ancestor_stands_in_and_what_changed_since_is_named(repository: Repository) -> None:
    sha = repository.push()
    assert repository.on_default_branch().code == 0
    project = repository.project
    cart = (project.root / "shop/cart.py").read_text(encoding="utf-8")
    project.add({"shop/cart.py": f"{cart}\n\ndef empty():\n    return []\n", "shop/refund.py": REFUND})
    told = found(gaps(repository))
    assert (told["sha"], told["measured"]) == (sha, "the stored snapshot, 1 commit before the head")
    assert any("`shop/cart.py`" in note and "refund" not in note for note in told["notes"])
