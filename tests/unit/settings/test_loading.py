"""Text, inputs and options into one Settings."""

from datetime import date
from fractions import Fraction

import pytest

from covgate.errors import SettingsError
from covgate.judge.rulebook import DEFAULT_THRESHOLDS
from covgate.judge.rules.diff_line import DiffLine
from covgate.judge.rules.groups_line import GroupLine
from covgate.judge.rules.schedule_line import StepLine
from covgate.judge.rules.suite_duration import Duration
from covgate.settings.loading import load
from covgate.settings.mistakes import SettingsMistakesError
from covgate.settings.sections import Settings

EVERYTHING = """\
version: 1
suite:
  command: pytest
  install: auto
  python: 3.10
  source: [src]
  workers: 2
  reruns: 0
  timeout: 1h30m
  env: [DATABASE_URL]
  shards: [unit, integration]
thresholds:
  total: {line: 80, branch: 70}
  diff: {line: 90, branch: 80, allow_missed: 1}
  drop: {points: 0}
  file: {line: 50}
  groups:
    - {name: critical, paths: ["src/shop/auth/**", "src/shop/payments/**"], line: 95, target: 70}
  schedule:
    - {from: 2026-01-01, line: 25}
    - {from: "2026-07-01", line: 40}
  suite: {pass_rate: 98, flaky: 0, duration: 15m}
  exclusions: {new_pragmas: 0}
  tests: {audit: off, hollow: 5}
  mutation: {score: 60}
  on_unknown: pass
gaps: {strategy: impact, target: 50, layers: [views, models], top: 5}
mutation: {budget: 5m}
inventory: [docs/TEST_INVENTORY.md]
baseline: {branch: covgate-data, rerun: auto}
components:
  - {name: api, root: services/api, thresholds: {total: {line: 60}}}
publish: {required: false}
"""


def _load(text: str | None = None, inputs: dict[str, str] | None = None, **options: object) -> Settings:
    return load(text, ".covgate.yml", inputs or {}, options)


def _mistakes(text: str, inputs: dict[str, str] | None = None, **options: object) -> list[str]:
    with pytest.raises(SettingsMistakesError) as told:
        _load(text, inputs, **options)
    return [f"{mistake.where}: {mistake}" for mistake in told.value.mistakes]


def test_no_file_at_all_works() -> None:
    settings = _load()

    assert settings.thresholds == DEFAULT_THRESHOLDS
    assert (settings.suite.timeout_seconds, settings.out, settings.fail, settings.file) == (1800, ".covgate", True, "")
    assert settings.pending() == ()


def test_every_key_is_read() -> None:
    settings = _load(EVERYTHING)

    assert settings.suite.python == "3.10"
    assert settings.suite.workers == "2"
    assert settings.suite.timeout_seconds == 5400
    assert settings.thresholds.on_unknown == "pass"
    assert settings.thresholds.of("diff.line") == DiffLine(Fraction(90), 1)
    assert settings.thresholds.of("suite.duration") == Duration(900)
    assert settings.thresholds.of("schedule.line") == (
        StepLine(since=date(2026, 1, 1), line=Fraction(25)),
        StepLine(since=date(2026, 7, 1), line=Fraction(40)),
    )
    assert settings.thresholds.of("groups.line") == (
        GroupLine(
            name="critical",
            paths=("src/shop/auth/**", "src/shop/payments/**"),
            line=Fraction(95),
            target=Fraction(70),
        ),
    )
    assert settings.thresholds.of("groups.branch") is None
    assert settings.components[0].root == "services/api"


def test_thresholds_are_exactly_what_was_written() -> None:
    settings = _load("thresholds: {total: {line: 79.995}}")

    (pair,) = settings.thresholds.asked
    assert pair[1].line == Fraction(79995, 1000)


def test_thresholds_that_ask_nothing_are_the_default_ones() -> None:
    settings = _load("thresholds: {on_unknown: pass}")

    assert settings.thresholds.asked == DEFAULT_THRESHOLDS.asked
    assert settings.thresholds.on_unknown == "pass"


def test_every_value_remembers_where_it_came_from() -> None:
    settings = _load(EVERYTHING, {"fail": "false", "out": "", "command": "true"}, shard="unit", timeout="5m", data=())

    assert settings.origin("suite.source") == "`.covgate.yml` line 6"
    assert settings.origin("thresholds.groups.critical.line") == "`.covgate.yml` line 18"
    assert settings.origin("thresholds.schedule.2026-01-01.line") == "`.covgate.yml` line 20"
    assert settings.origin("fail") == "input `fail`"
    assert settings.origin("shard") == "option `--shard`"
    assert settings.origin("out") == "default"
    assert (settings.fail, settings.suite.timeout_seconds, settings.suite.command) == (False, 300, "true")


def test_an_option_wins_over_an_input_and_an_input_over_the_file() -> None:
    settings = _load("base: file\nout: file\n", {"base": "input", "out": "input"}, base="option")

    assert (settings.base, settings.out) == ("option", "input")


def test_inputs_of_several_lines_are_lists_and_versions_stay_text() -> None:
    settings = _load(None, {"data": "a.xml\n\n  reports/*.json \n", "python-version": "3.10", "check-run": "true"})

    assert settings.data == ("a.xml", "reports/*.json")
    assert settings.suite.python == "3.10"
    assert settings.check_run is True


def test_not_to_publish_is_never_to_comment() -> None:
    settings = load(None, ".covgate.yml", {}, {"no-publish": True})

    assert (settings.comment, settings.origin("comment")) == ("never", "option `--no-publish`")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = """\
thresholds:
  total: {lin: 80}
  diff: {line: 95%}
  drop: {}
  groups:
    - {name: a, paths: /etc, line: 5}
suite:
  timeout: 30
  env: [A=b]
timeout: 3m
version: 2
comment: nevr
gaps: 4
"""

    assert _mistakes(text, {"fal": "1", "fail": "maybe"}, shard=True) == [
        "input `fail`: fail: 'maybe' is neither true nor false",
        "input `fal`: there is no such input: did you mean fail?",
        "option `--shard`: shard: true is not text: put it in quotes",
        "`.covgate.yml` line 2: thresholds.total.lin: there is no such key: did you mean line?",
        "`.covgate.yml` line 3: thresholds.diff.line: '95%' is text: write 95",
        "`.covgate.yml` line 4: thresholds.drop: sets no threshold: give points or indirect",
        "`.covgate.yml` line 6: thresholds.groups.0.paths: must be a list: write [/etc]",
        "`.covgate.yml` line 8: suite.timeout: 30 has no unit: write 30s or 30m",
        (
            "`.covgate.yml` line 9: suite.env.0: 'A=b' is not the name of a variable: letters, digits and _ only, "
            "without its value"
        ),
        "`.covgate.yml` line 10: timeout: there is no such key: did you mean suite.timeout?",
        "`.covgate.yml` line 11: version: 2 is not a version that covgate 0.1.0 reads: write 1",
        "`.covgate.yml` line 12: comment: 'nevr' is not 'auto', 'always', 'on-failure' or 'never': did you mean never?",
        "`.covgate.yml` line 13: gaps: must hold keys: strategy, target, layers, critical, omit, impact, triage, top",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "thresholds: {diff: {allow_missed: 3}}",
            "thresholds.diff: sets no threshold: give line or branch or combined",
        ),
        ("thresholds: {total: {line: 80, branch: }}", "thresholds.total.branch: has no value"),
        ("thresholds: {total: {line: 100.5}}", "thresholds.total.line: 100.5 is not within 0 and 100"),
        ("thresholds: {groups: [{name: a, line: 5}]}", "thresholds.groups.0.paths: is required"),
        ("thresholds: {schedule: [{from: soon, line: 5}]}", "thresholds.schedule.0.from: 'soon' is not a day"),
        ("thresholds: {line: 80}", "thresholds.line: there is no such key: did you mean thresholds."),
        ("suite: {timout: 5m}", "suite.timout: there is no such key: did you mean timeout?"),
        ("xyz: 1", "xyz: there is no such key: the keys here are version, suite"),
        ("working_directory: ../other", "working_directory: '../other' must be relative"),
        ("working_directory: src/*", "working_directory: 'src/*' is a glob: write one directory"),
        ("suite: {workers: many}", "suite.workers: 'many' is neither auto nor a number from 1 to 999"),
        ("suite: {command: true}", "suite.command: true is not text: put it in quotes"),
        ("comment: false", "comment: false is not 'auto'"),
        ("suite: {shards: [a b]}", "suite.shards.0: 'a b' is no name for a shard"),
        ("shard: ../unit", "shard: '../unit' is no name for a shard"),
        ("suite: 4", "suite: must hold keys: command, install"),
        ("inventory: {a: b}", "inventory: must be a list"),
        (
            "thresholds: {groups: [{name: a, paths: [x], line: 5}, {name: a, paths: [y], line: 5}]}",
            "thresholds.groups: a stands here twice",
        ),
    ],
)
def test_each_mistake_says_what_to_do(text: str, says: str) -> None:
    (mistake,) = _mistakes(text)

    assert mistake.partition(": ")[2].startswith(says)


def test_an_input_does_not_hide_a_mistake_of_the_file() -> None:
    (mistake,) = _mistakes("suite: 4", {"command": "pytest"})

    assert "suite: must hold keys" in mistake


def test_a_single_mistake_names_its_place_once() -> None:
    with pytest.raises(SettingsError) as told:
        _load("fail: perhaps")

    assert str(told.value) == "`.covgate.yml` line 1: fail: 'perhaps' is neither true nor false"


def test_keys_that_nothing_acts_upon_yet_are_named_where_somebody_set_them() -> None:
    settings = _load("suite: {reruns: 2, timeout: 5m}\ncomponents: [{name: a, root: b}]\n", None, shard="x")

    assert settings.pending() == ("suite.reruns",)


def test_an_option_that_stands_for_no_key_is_a_bug_of_the_caller() -> None:
    with pytest.raises(KeyError):
        _load(None, nonsense="x")
