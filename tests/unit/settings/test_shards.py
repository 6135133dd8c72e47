"""Which shards a verdict waits for."""

import pytest

from covgate.model.policy import PolicyChange
from covgate.settings import SettingsMistakesError, effective_policy, effective_shards
from covgate.settings.loading import load
from covgate.settings.sections import Settings


def settings(text: str | None, **options: str) -> Settings:
    return load(text, ".covgate.yml", {}, options)


BASE = settings("suite: {shards: [unit, web]}")


def test_the_base_s_shards_are_waited_for_and_those_that_the_change_adds() -> None:
    assert effective_shards(settings("suite: {shards: [perf, unit]}"), BASE) == ("unit", "web", "perf")


def test_a_change_that_removes_the_list_removes_nothing() -> None:
    assert effective_shards(settings(None), BASE) == ("unit", "web")


def test_without_a_base_the_head_s_list_holds() -> None:
    assert effective_shards(BASE, None) == ("unit", "web")


def test_what_the_change_does_to_the_list_is_told() -> None:
    changes = effective_policy(settings("suite: {shards: [unit]}"), BASE, base_had_file=True)[1].changes
    assert changes == (PolicyChange("suite.shards", "[unit, web]", "[unit]"),)


def test_numbers_are_names_of_shards_as_they_are_written() -> None:
    assert settings("suite: {shards: [1, 2, 3.10]}").suite.shards == ("1", "2", "3.10")
    assert settings(None, shard="3.10").shard == "3.10"


@pytest.mark.parametrize("name", ["a/b", "..", ".hidden", "-x", "two words", "a:b", "x" * 65, "é"])
def test_what_cannot_be_a_part_of_a_file_s_name_is_no_name(name: str) -> None:
    with pytest.raises(SettingsMistakesError, match="no name for a shard"):
        settings(None, shard=name)
