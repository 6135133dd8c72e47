"""Whose thresholds hold."""

from fractions import Fraction

import pytest

from covgate.judge.rules.diff_line import DiffLine
from covgate.model.policy import PolicyChange
from covgate.settings.loading import load
from covgate.settings.policy import as_at_base, effective_fail, effective_policy, suite_at_base
from covgate.settings.sections import Settings


def _settings(text: str | None, inputs: dict[str, str] | None = None) -> Settings:
    return load(text, ".covgate.yml", inputs or {}, {})


BASE = _settings("thresholds: {diff: {line: 90}, groups: [{name: pay, paths: [src/pay], line: 95}]}")


def test_a_change_is_judged_by_the_thresholds_of_its_base_and_its_own_are_shown() -> None:
    head = _settings(
        "thresholds:\n"
        "  diff: {line: 62.5, branch: 70}\n"
        "  groups: [{name: pay, paths: [src/pay, lib/pay], line: 95}, {name: api, paths: [api], line: 1}]\n"
        "  on_unknown: pass\n"
        "fail: false\n"
    )

    thresholds, policy = effective_policy(head, BASE, base_had_file=True)

    assert thresholds.of("diff.line") == DiffLine(Fraction(90))
    assert policy.source == "`.covgate.yml` of the base"
    assert policy.changes == (
        PolicyChange("thresholds.diff.line", "90", "62.5"),
        PolicyChange("thresholds.groups.pay.paths", "[src/pay]", "[src/pay, lib/pay]"),
        PolicyChange("thresholds.on_unknown", "fail", "pass"),
        PolicyChange("fail", "true", "false"),
        PolicyChange("thresholds.diff.branch", "", "70"),
        PolicyChange("thresholds.groups.api.paths", "", "[api]"),
        PolicyChange("thresholds.groups.api.line", "", "1"),
    )


def test_a_file_that_says_the_same_otherwise_changes_nothing() -> None:
    head = _settings(
        "# why\nthresholds:\n  groups: [{line: 95.0, paths: [src/pay], name: pay}]\n  diff: {line: 90.00}\n"
    )

    assert effective_policy(head, BASE, base_had_file=True)[1].changes == ()


def test_removing_the_file_changes_what_it_asked_into_the_default() -> None:
    _, policy = effective_policy(_settings(None), BASE, base_had_file=True)

    assert PolicyChange("thresholds.diff.line", "90", "80") in policy.changes
    assert PolicyChange("thresholds.groups.pay.line", "95", "") in policy.changes
    assert PolicyChange("thresholds.drop.points", "", "0") in policy.changes


@pytest.mark.parametrize(
    ("text", "base_had_file", "source"),
    [
        ("thresholds: {total: {line: 1}}", False, "`.covgate.yml` of this change: the base has none"),
        ("thresholds: {total: {line: 1}}", True, "`.covgate.yml` of this change: the base's file cannot be read"),
        (None, False, "covgate's defaults"),
        (None, True, "covgate's defaults: the base's file cannot be read"),
    ],
)
def test_without_a_base_to_go_by_the_heads_own_thresholds_hold_and_it_is_said(
    text: str | None, base_had_file: bool, source: str
) -> None:
    head = _settings(text)

    thresholds, policy = effective_policy(head, None, base_had_file=base_had_file)

    assert thresholds == head.thresholds
    assert (policy.source, policy.changes) == (source, ())


def test_a_change_cannot_let_itself_pass() -> None:
    lenient = _settings("fail: false")

    assert effective_fail(lenient, _settings("fail: true"))
    assert not effective_fail(lenient, None)
    assert not effective_fail(_settings(None, {"fail": "false"}), _settings("fail: true"))
    assert not effective_fail(_settings("fail: true"), lenient)


def test_what_an_input_decides_is_no_change_of_the_file() -> None:
    _, policy = effective_policy(_settings(None, {"fail": "false"}), _settings("fail: true"), base_had_file=True)

    assert policy.changes == ()


def test_what_is_compared_and_read_is_as_at_the_base_unless_an_input_says_it() -> None:
    head = _settings("base: HEAD\nmode: report\ndata: [lies.info]\nout: elsewhere\n", {"data": "measured.xml"})

    followed, moved = as_at_base(head, _settings("base: develop\n"))

    assert (followed.base, followed.mode, followed.data, followed.out) == (
        "develop",
        "run",
        ("measured.xml",),
        "elsewhere",
    )
    assert moved == (PolicyChange("base", "develop", "HEAD"), PolicyChange("mode", "run", "report"))


def test_a_change_cannot_silence_the_comment_that_would_tell_of_it() -> None:
    head = _settings("comment: never\ncheck_run: false\npublish: {required: false, author: somebody}\n")

    followed, moved = as_at_base(head, _settings("check_run: true\npublish: {required: true}\n"))

    assert (followed.comment, followed.check_run, followed.publish.required) == ("auto", True, True)
    assert moved == (
        PolicyChange("comment", "auto", "never"),
        PolicyChange("check_run", "true", ""),
        PolicyChange("publish", '{required: true, author: ""}', "{required: false, author: somebody}"),
    )


def test_where_the_base_has_no_settings_the_head_s_are_followed_but_for_the_base_to_compare_with() -> None:
    head = _settings("base: HEAD\nworking_directory: api\n")

    followed, moved = as_at_base(head, None)

    assert (followed.base, followed.working_directory) == ("", "api")
    assert moved == (PolicyChange("base", "", "HEAD"),)


@pytest.mark.parametrize(
    ("base", "user"),
    [("suite: {user: root}", "root"), ("suite: {user: owner}", "owner"), ("fail: true", "owner"), (None, "owner")],
)
def test_only_the_base_s_file_makes_the_suite_root(base: str | None, user: str) -> None:
    head = _settings("suite: {user: root, workers: 2}")

    settings, moved = as_at_base(head, _settings(base) if base else None)

    assert (settings.suite.user, settings.suite.workers) == (user, "2")
    assert moved == (() if user == "root" else (PolicyChange("suite.user", "owner", "root"),))


def test_a_change_that_wants_no_root_is_followed_once_it_is_merged() -> None:
    settings, moved = as_at_base(_settings(None), _settings("suite: {user: root}"))

    assert settings.suite.user == "root"
    assert moved == (PolicyChange("suite.user", "root", "owner"),)


def test_where_the_base_s_numbers_come_from_is_the_base_s_to_say() -> None:
    head = _settings("baseline: {rerun: never, branch: mine, timeout: 1s}")

    settings, moved = as_at_base(head, _settings("baseline: {rerun: always}"))

    assert (settings.baseline.rerun, settings.baseline.branch) == ("always", "covgate-data")
    assert settings.baseline.timeout_seconds is None
    assert moved == (
        PolicyChange("baseline", "{branch: covgate-data, rerun: always}", "{branch: mine, rerun: never, timeout: 1s}"),
    )


def test_a_person_s_option_wins_over_the_base_s_file_for_that_key_alone() -> None:
    head = load("baseline: {branch: mine}", ".covgate.yml", {}, {"rerun": "always"})

    settings, _ = as_at_base(head, _settings("baseline: {rerun: never, branch: theirs}"))

    assert (settings.baseline.rerun, settings.baseline.branch) == ("always", "theirs")


def test_the_base_s_suite_is_run_as_its_own_file_says_but_for_what_is_given() -> None:
    head = load("suite: {command: pytest -k mine, env: [MINE]}", ".covgate.yml", {"python-version": "3.13"}, {})
    base = _settings("suite: {command: pytest, env: [THEIRS], timeout: 10m, python: '3.9'}")

    suite = suite_at_base(head, base)

    assert (suite.command, suite.env, suite.timeout_seconds, suite.python) == ("pytest", ("THEIRS",), 600, "3.13")


def test_a_base_without_settings_is_run_by_the_head_s() -> None:
    head = _settings("suite: {command: pytest -k mine}")

    assert suite_at_base(head, None) == head.suite
