"""Components in the settings: what is wrong with a list of them, and what a change decides of them."""

from fractions import Fraction

import pytest

from covgate.judge.rules.diff_line import DiffLine
from covgate.model.policy import PolicyChange
from covgate.settings import (
    Settings,
    SettingsMistakesError,
    effective_components,
    effective_policy,
    followed,
    load,
    roots,
)

API = "components: [{name: api, root: services/api, thresholds: {diff: {line: 90}}}]\n"
LAX = "components: [{name: api, root: services/api, thresholds: {diff: {line: 10}}}]\n"


def _load(text: str) -> Settings:
    return load(text, ".covgate.yml", {}, {})


def _mistakes(text: str) -> list[tuple[int, str]]:
    with pytest.raises(SettingsMistakesError) as told:
        _load(text)
    return [(mistake.line, str(mistake)) for mistake in told.value.mistakes]


def test_a_component_that_asks_for_nothing_is_judged_by_nothing_of_its_own() -> None:
    for text in ("", ", thresholds: {}", ", thresholds: {on_unknown: pass}"):
        (component,) = _load(f"components: [{{name: api, root: a{text}}}]").components
        assert component.thresholds.asked == ()


def test_components_do_not_share_a_name_or_a_directory() -> None:
    text = "components:\n  - {name: api, root: a}\n  - {name: web, root: ./a/}\n  - name: api\n    root: b\n"
    assert _mistakes(text) == [
        (3, "components.1.root: is the directory of the component 'api' as well"),
        (4, "components.2.name: another component is called 'api': give each a name of its own"),
    ]


def test_tests_are_judged_apart_only_where_the_suite_is() -> None:
    text = "components:\n  - name: api\n    root: a\n    thresholds:\n      suite: {pass_rate: 90}\n"
    ((line, words),) = _mistakes(text)
    assert (line, words.split(":")[0]) == (5, "components.0.thresholds.suite")
    assert "no suite of its own" in words
    assert _load(f"{text}    suite: {{command: pytest}}\n").components[0].suite


def test_a_component_s_own_suite_and_shards_of_the_whole_do_not_go_together() -> None:
    text = "suite: {shards: [one]}\ncomponents:\n  - name: api\n    root: a\n"
    assert _load(text).components
    ((line, words),) = _mistakes(f"{text}    suite: {{command: pytest}}\n")
    assert (line, words.split(":")[0]) == (5, "components.0.suite")
    assert "shards" in words


def test_shards_of_a_component_are_no_key() -> None:
    ((_, words),) = _mistakes("components: [{name: a, root: b, suite: {shards: [one]}}]")
    assert "did you mean suite.shards?" in words


@pytest.mark.parametrize("root", ["/api", "../api", "api/*", "C:/api"])
def test_a_directory_lies_in_the_repository(root: str) -> None:
    assert _mistakes(f"components: [{{name: api, root: '{root}'}}]")[0][0] == 1


def test_what_the_working_directory_s_suite_cannot_see_needs_a_suite_of_its_own() -> None:
    text = "working_directory: services\ncomponents:\n  - name: web\n    root: web\n"
    ((line, words),) = _mistakes(text)
    assert (line, words.split(":")[0]) == (4, "components.0.root")
    assert _load(f"{text}    suite: {{}}\n").components
    assert _load(text.replace("root: web", "root: services/web")).components
    nested = f"{text}    suite: {{}}\n  - {{name: inner, root: web/inner}}\n"
    assert len(_load(nested).components) == 2


def test_the_base_s_thresholds_judge_a_component_and_the_head_s_are_shown() -> None:
    (one,) = effective_components(_load(LAX), _load(API))
    assert one.own.thresholds.of("diff.line") == DiffLine(Fraction(90))
    _, policy = effective_policy(_load(LAX), _load(API), base_had_file=True)
    assert policy.changes == (PolicyChange("components.api.thresholds.diff.line", "90", "10"),)


def test_a_component_cannot_be_removed_to_escape_its_thresholds() -> None:
    (one,) = effective_components(_load(""), _load(API))
    assert (one.own.name, one.own.root, one.added) == ("api", "services/api", False)
    _, policy = effective_policy(_load(""), _load(API), base_had_file=True)
    keys = [(change.key, change.after) for change in policy.changes]
    assert ("components.api.root", "") in keys
    assert ("components.api.thresholds.diff.line", "") in keys


def test_a_component_cannot_be_shrunk_to_escape_its_thresholds() -> None:
    shrunk = _load(API.replace("services/api", "services/api/docs"))
    (one,) = followed(effective_components(shrunk, _load(API)), shrunk, ("services/api/cart.py",))
    assert (one.own.root, one.was) == ("services/api", "services/api")


def test_a_component_whose_directory_moved_is_followed() -> None:
    moved = _load(API.replace("services/api", "api"))
    (one,) = followed(effective_components(moved, _load(API)), moved, ("api/cart.py",))
    assert (one.own.root, one.was) == ("api", "services/api")


def test_a_component_that_the_change_adds_is_judged_by_its_own_thresholds_and_takes_no_file_of_another() -> None:
    head = _load(f"{API[:-2]}, {{name: inner, root: services/api/inner, thresholds: {{diff: {{line: 1}}}}}}]\n")
    one, other = effective_components(head, _load(API))
    assert (one.added, other.added) == (False, True)
    assert other.own.thresholds.of("diff.line") == DiffLine(Fraction(1))
    assert roots((one, other)).owner("services/api/inner/cart.py") == "api"
    _, policy = effective_policy(head, _load(API), base_had_file=True)
    assert policy.changes == ()


def test_a_component_under_another_name_takes_no_directory_from_the_one_that_the_base_knows() -> None:
    renamed = _load(LAX.replace("name: api", "name: gateway"))
    assert [one.own.name for one in effective_components(renamed, _load(API))] == ["api"]


def test_the_head_says_how_a_component_s_suite_is_run_and_cannot_take_it_away() -> None:
    suite = API.replace("thresholds", "suite: {command: pytest -q}, thresholds")
    (kept,) = effective_components(_load(API), _load(suite))
    assert kept.own.suite
    assert kept.own.suite.command == "pytest -q"
    (changed,) = effective_components(_load(suite.replace("-q", "-x")), _load(suite))
    assert changed.own.suite
    assert changed.own.suite.command == "pytest -x"


def test_without_settings_at_the_base_the_head_s_components_hold() -> None:
    (one,) = effective_components(_load(API), None)
    assert one.added
